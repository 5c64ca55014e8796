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
    NONE = "NONE"  # no part in lending: signs in by a grant only
    SYS = "SYS"  # platform clock and policy engine


# The attribute of a row that names the organisation a role must belong to.
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
    Role.FIN: "fiscal",
    Role.VAL: "appraiser",
    Role.GU: "guarantor",
    Role.INS: "insurer",
    Role.SPV: "plan",
    Role.NONE: "nobody",
}
# Offices act for a place: the row's own, else the whole area of its programme.
PLACED = frozenset({Role.FIN, Role.IPA, Role.REG, Role.AUD})


class Kind(Enum):
    """What an organisation is; its people have the roles of its kind. ZD-2.1."""

    ENTERPRISE = (Role.ENT, Role.ENT_S)
    BANK = (Role.BK_M, Role.BK_V, Role.BK_A, Role.BK_C, Role.BK_L, Role.BK_R)
    FUND = (Role.FM_M, Role.FM_A, Role.FM_F, Role.FC)
    FISCAL = (Role.FIN,)
    IP_OFFICE = (Role.IPA,)
    REGISTRY = (Role.REG,)
    APPRAISER = (Role.VAL,)
    GUARANTOR = (Role.GU,)
    INSURER = (Role.INS,)
    PLAN_MANAGER = (Role.SPV,)
    AUDITOR = (Role.AUD,)
    PLATFORM = (Role.NONE, Role.SYS)

    @property
    def office(self) -> bool:
        """Whether it serves a place."""
        return any(role in PLACED for role in self.value)


KIND_OF = {role: kind for kind in Kind for role in kind.value}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the platform) in one role of one organisation.

    region: division code (GB/T 2260) of the place an office serves; empty for everybody else.
    """

    user: str
    role: Role
    organisation: str
    region: str = ""


PLATFORM = Actor("platform", Role.SYS, "platform")
