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
EXTENSION       = Clause("贷款通则, 流动资金贷款管理办法 (S45, S46)", "extension asked before the due date; ZD-3.6.5", Grade.PUBLIC)
SURETIES        = Clause("担保制度解释 (S42)", "art. 16: sureties agree to a change; ZD-3.6.5", Grade.PUBLIC)
FUND_AGREES     = Clause(PLATFORM_RULES, "ZD-2.2 the fund agrees to a change of a loan it covers", Grade.ASSUMED)
RENEWAL         = Clause("金规〔2024〕13号 (S48)", "renewal without repayment; ZD-3.6.13", Grade.PUBLIC)
WAY_BACK        = Clause("令〔2023〕1号 (S43)", "art. 30: an upgrade in three steps; ZD-3.8.3", Grade.PUBLIC)
# fmt: on
