"""Who acts: the roles of ZD-2.1, and which organisation each must belong to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """The actors of ZD-2.1; the value is the code used there."""

    ENT = "ENT"  # enterprise (borrower)
    ENT_S = "ENT-S"  # authorised signatory of the enterprise
    BK_M = "BK-M"  # bank account manager
    BK_V = "BK-V"  # bank reviewer, between investigation and approval
    BK_A = "BK-A"  # bank approver
    BK_C = "BK-C"  # bank credit committee
    BK_L = "BK-L"  # bank loan-operations officer
    BK_R = "BK-R"  # bank risk / asset preservation
    IPA = "IPA"  # IP administration
    REG = "REG"  # registry
    FIN = "FIN"  # fiscal department
    FM_M = "FM-M"  # fund manager, case officer
    FM_A = "FM-A"  # fund manager, approver
    FM_F = "FM-F"  # fund finance
    FC = "FC"  # fund decision committee
    GU = "GU"  # guarantor
    INS = "INS"  # insurer
    VAL = "VAL"  # appraiser
    SPV = "SPV"  # plan manager
    AUD = "AUD"  # auditor
    SYS = "SYS"  # platform clock and policy engine


# The attribute of a row that names the organisation a role must belong to. Roles that are not
# listed serve the whole programme (registry, administration, fiscal department, auditor, SYS).
ORGANISATION_OF: dict[Role, str] = {
    Role.ENT: "enterprise",
    Role.ENT_S: "enterprise",
    Role.BK_M: "bank",
    Role.BK_V: "bank",
    Role.BK_A: "bank",
    Role.BK_C: "bank",
    Role.BK_L: "bank",
    Role.BK_R: "bank",
    Role.FM_M: "fund",
    Role.FM_A: "fund",
    Role.FM_F: "fund",
    Role.FC: "fund",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the platform) in one role of one organisation."""

    user: str
    role: Role
    organisation: str


PLATFORM = Actor("platform", Role.SYS, "platform")
