"""Clauses of a loan's life after approval that are no parameter of a policy."""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from policies.reading.pack import Grade
from workflows.lifecycle.clauses import PLATFORM_RULES, Clause

# fmt: off
APPROVED_AMOUNT = Clause(PLATFORM_RULES, "3.6 one drawing within the approved amount", Grade.ASSUMED)
PLEDGE_FIRST    = Clause(PLATFORM_RULES, "appendix C.4 no disbursement before registration", Grade.ASSUMED)
PAYMENT         = Clause("民法典 (S42)", "art. 561 payment of debts", Grade.PUBLIC)
NEXT_DAY        = Clause("贷款逾期规则 (S46)", "overdue from the day after the due date", Grade.PUBLIC)
MONITORING      = Clause(PLATFORM_RULES, "3.8 overdue monitoring", Grade.ASSUMED)
ACCELERATION    = Clause(PLATFORM_RULES, "0.4.2 only unmatured principal is called in", Grade.ASSUMED)
SETTLEMENT      = Clause(PLATFORM_RULES, "3.6 settled when nothing is owed", Grade.ASSUMED)
AFTER_PAYMENT   = Clause(PLATFORM_RULES, "3.14 case 19: paid after compensation is a recovery", Grade.ASSUMED)
COVER           = Clause(PLATFORM_RULES, "3.7 programme filing", Grade.ASSUMED)
LATE_COVER      = Clause(PLATFORM_RULES, "3.7 late filing: no cover for what came before", Grade.ASSUMED)
CLAIM_RULES     = Clause(PLATFORM_RULES, "3.9 claim and compensation", Grade.ASSUMED)
OTHER_REVIEWER  = Clause(PLATFORM_RULES, "2.2 reviewers differ from the filing acceptor", Grade.ASSUMED)
OTHER_TEAM      = Clause(PLATFORM_RULES, "3.9 an objection is heard by another team", Grade.ASSUMED)
REJECT_CODES    = Clause(PLATFORM_RULES, "3.9 reject codes", Grade.ASSUMED)
OLDEST_FIRST    = Clause("基金以余额为限 (S16, S53)", "3.12 liability limited to the balance; oldest first", Grade.ASSUMED)
FUND_BALANCE    = Clause("基金以余额为限 (S16, S53)", "fund cash is never negative", Grade.PUBLIC)
FINAL_LOSS      = Clause(PLATFORM_RULES, "3.9 settled when the final loss is known", Grade.ASSUMED)
RECOVERY_RULES  = Clause(PLATFORM_RULES, "3.10 recovery and return", Grade.ASSUMED)
FUND_RULES      = Clause(PLATFORM_RULES, "3.12 fund", Grade.ASSUMED)
# fmt: on
