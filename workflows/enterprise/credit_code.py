"""Unified social credit code: 18 characters with a check character (GB 32100-2015).

Decides whether a code is well formed. Whether it belongs to the firm is the registry's answer.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
LENGTH = 18
_BASE = 3  # the weight of place i is 3**i modulo 31


def check_character(body: str) -> str:
    """The 18th character that belongs to the first 17. Raises ValueError on a foreign one."""
    modulus = len(ALPHABET)
    weighted = sum(
        ALPHABET.index(char) * pow(_BASE, place, modulus) for place, char in enumerate(body)
    )
    return ALPHABET[-weighted % modulus]


def is_credit_code(code: str) -> bool:
    """Whether the code has 18 known characters and the right check character."""
    if len(code) != LENGTH or any(char not in ALPHABET for char in code):
        return False
    return code[-1] == check_character(code[:-1])
