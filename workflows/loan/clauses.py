"""Rules of a loan's life that are no parameter of a policy."""
# ruff: noqa: E501 - one clause a line

from __future__ import annotations

from policies.reading.pack import Grade
from workflows.lifecycle.clauses import PLATFORM_RULES, Clause

# fmt: off
APPROVED_AMOUNT = Clause(PLATFORM_RULES, "ZD-3.6.8 drawings within the approved amount", Grade.ASSUMED)
PLEDGE_FIRST    = Clause(PLATFORM_RULES, "ZD-C.4 no disbursement before registration", Grade.ASSUMED)
PAYMENT         = Clause("民法典 (S42)", "art. 561 payment of debts; ZD-3.6.9", Grade.PUBLIC)
NEXT_DAY        = Clause("贷款逾期规则 (S46)", "overdue from the day after the due date; ZD-3.6", Grade.PUBLIC)
MONITORING      = Clause(PLATFORM_RULES, "ZD-3.8 overdue monitoring", Grade.ASSUMED)
ACCELERATION    = Clause(PLATFORM_RULES, "ZD-3.6.2 only unmatured principal is called in", Grade.ASSUMED)
ENTRUSTED       = Clause("流动资金贷款管理办法 (2024)", "entrusted payment names payee, account and contract, text not opened; ZD-3.6.6", Grade.ASSUMED)
BREACH          = Clause(PLATFORM_RULES, "ZD-3.6.2 called in upon a breach: security lost, use diverted, false papers", Grade.ASSUMED)
SETTLEMENT      = Clause(PLATFORM_RULES, "ZD-3.6.12 settled when nothing is owed", Grade.ASSUMED)
AFTER_PAYMENT   = Clause(PLATFORM_RULES, "ZD-3.6.1 paid after compensation is a recovery", Grade.ASSUMED)
# fmt: on
