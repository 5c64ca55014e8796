"""The list of reasons for which a bank refuses credit. ZD-3.4."""

from __future__ import annotations

from enum import Enum


class RejectReason(Enum):
    """Why a bank refuses credit (ZD-3.4)."""

    CREDIT_HISTORY = "CREDIT_HISTORY"
    CASHFLOW = "CASHFLOW"
    IP_VALUE = "IP_VALUE"
    IP_DEFECT = "IP_DEFECT"
    PURPOSE = "PURPOSE"
    NEGATIVE_LIST = "NEGATIVE_LIST"
    DOCUMENTS = "DOCUMENTS"
    POLICY_LIMIT = "POLICY_LIMIT"
    CONCENTRATION = "CONCENTRATION"
    OTHER = "OTHER"
