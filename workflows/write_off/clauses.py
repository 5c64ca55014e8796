"""Rules of the write-off that are no parameter of a policy."""
# ruff: noqa: E501 - one clause a line

from __future__ import annotations

from policies.reading.pack import Grade
from workflows.lifecycle.clauses import PLATFORM_RULES, Clause

BAD_DEBT_RULES = "金融企业呆账核销管理办法（财金〔2017〕90号）"
# fmt: off
GROUNDS        = Clause(BAD_DEBT_RULES, "arts 4, 5: recognised grounds; days past due or class loss alone are none; ZD-3.13", Grade.PUBLIC)
PAPERS         = Clause(BAD_DEBT_RULES, "art. 8: report on collection, legal opinion, ruling or record of pursuit; ZD-3.13", Grade.PUBLIC)
REVIEW         = Clause(BAD_DEBT_RULES, "art. 12: collective review, then an authorised approver; ZD-3.13", Grade.PUBLIC)
RESPONSIBILITY = Clause(BAD_DEBT_RULES, "art. 19: a finding on responsibility within two years; ZD-3.13", Grade.PUBLIC)
APART          = Clause(PLATFORM_RULES, "ZD-2.4 who proposes a write-off neither reviews nor approves it", Grade.ASSUMED)
# fmt: on
