"""How the command line speaks: progress and errors on stderr, results on stdout."""

from __future__ import annotations

import sys


def say(sentence: str) -> None:
    """Tell what is happening; stdout stays free for data."""
    print(sentence, file=sys.stderr, flush=True)


def complain(sentence: str) -> None:
    """Tell in one sentence why it ends here."""
    print(f"zhidai: {sentence}", file=sys.stderr, flush=True)


def in_terminal() -> bool:
    """Whether a person sits there who can press Ctrl-C."""
    return sys.stdin.isatty() and sys.stdout.isatty()
