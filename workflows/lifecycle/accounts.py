"""The chart of accounts: what each owner's book may be posted to, and of which type.

A posting names an owner and an account; a debit is positive. ZD-C.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from policies.money import Money, total
from workflows.lifecycle.effects import Posting


class AccountType(Enum):
    """How an account is read; assets and expenses grow by debits, the others by credits."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"
    MEMORANDUM = "memorandum"  # off balance sheet: moves only against its own contra account


CASH = "cash"
LOANS = "loans"
INTEREST_RECEIVABLE = "interest_receivable"
COMPENSATION_RECEIVED = "compensation_received"
PAYABLE_TO_FUND = "payable_to_fund"
RECOVERIES_IN_TRANSIT = "recoveries_in_transit"
INTEREST_INCOME = "interest_income"
IMPAIRMENT_LOSSES = "impairment_losses"
LOAN_ALLOWANCE = "loan_allowance"
ENFORCEMENT_COSTS = "enforcement_costs"
OFF_BALANCE_INTEREST = "off_balance_interest"
OFF_BALANCE_CONTRA = "off_balance_contra"
CONTRIBUTIONS = "contributions"
COMPENSATION_EXPENDITURE = "compensation_expenditure"
RECOVERIES = "recoveries"
BORROWINGS = "borrowings"
INTEREST_PAYABLE = "interest_payable"
INTEREST_EXPENSE = "interest_expense"
DEBT_FORGIVEN = "debt_forgiven"
RECOURSE_WRITTEN_OFF = "recourse_written_off"
RECOURSE_CONTRA = "recourse_contra"
MANAGEMENT_FEES = "management_fees"
FUNDING_COSTS = "funding_costs"

ASSET, LIABILITY, EQUITY, INCOME, EXPENSE, MEMORANDUM = AccountType

# fmt: off
CHART: Mapping[str, Mapping[str, AccountType]] = {
    "bank": {
        CASH:                     ASSET,  # 现金及存放
        LOANS:                    ASSET,  # 贷款本金
        INTEREST_RECEIVABLE:      ASSET,  # 应收利息
        COMPENSATION_RECEIVED:    LIABILITY,  # 已收风险补偿: kept until write-off
        PAYABLE_TO_FUND:          LIABILITY,  # 应付基金追偿款
        RECOVERIES_IN_TRANSIT:    LIABILITY,  # 待分配追偿款
        INTEREST_INCOME:          INCOME,  # 利息收入
        LOAN_ALLOWANCE:           LIABILITY,  # 贷款损失准备: set against loans, used by write-offs
        IMPAIRMENT_LOSSES:        EXPENSE,  # 信用减值损失
        ENFORCEMENT_COSTS:        EXPENSE,  # 追偿费用
        FUNDING_COSTS:            EXPENSE,  # 退还补偿的资金成本
        OFF_BALANCE_INTEREST:     MEMORANDUM,  # 表外应收利息
        OFF_BALANCE_CONTRA:       MEMORANDUM,
    },
    "fund": {
        CASH:                     ASSET,
        CONTRIBUTIONS:            EQUITY,  # 财政出资
        COMPENSATION_EXPENDITURE: EXPENSE,  # 补偿支出: it is expenditure (ZD-3.12.1)
        RECOVERIES:               INCOME,  # 追偿返还收入
        INTEREST_INCOME:          INCOME,  # 存款利息
        MANAGEMENT_FEES:          EXPENSE,  # 管理费
        RECOURSE_WRITTEN_OFF:     MEMORANDUM,  # 已核销追偿权
        RECOURSE_CONTRA:          MEMORANDUM,
    },
    "enterprise": {
        CASH:                     ASSET,
        RECOVERIES_IN_TRANSIT:    ASSET,  # realised, not yet set against the debt
        BORROWINGS:               LIABILITY,  # 借款
        INTEREST_PAYABLE:         LIABILITY,  # 应付利息
        INTEREST_EXPENSE:         EXPENSE,  # 利息支出
        DEBT_FORGIVEN:            INCOME,  # 债务重组收益
        ENFORCEMENT_COSTS:        EXPENSE,
    },
}
# fmt: on


Line = tuple[str, Money]
Entry = tuple[Posting, ...]


class UnknownAccount(LookupError):
    """The owner's chart has no such account."""


class Unbalanced(ValueError):
    """Debits and credits of one owner differ."""


def entry(kind: str, owner: str, *, debit: tuple[Line, ...], credit: tuple[Line, ...]) -> Entry:
    """One owner's entry as lines, amounts of zero left out. Raises UnknownAccount, Unbalanced.

    kind: bank, fund or enterprise; debit and credit: pairs of account and amount.
    """
    for account, _ in (*debit, *credit):
        if account not in CHART[kind]:
            raise UnknownAccount(f"a {kind} keeps no account {account}")
    signed = (*debit, *((account, -amount) for account, amount in credit))
    if total(amount for _, amount in signed):
        raise Unbalanced(f"{kind}:{owner}: {signed}")
    book = f"{kind}:{owner}"
    return tuple(Posting(book, account, amount) for account, amount in signed if amount)
