"""Commands of the enterprise noun and what each reads."""

from __future__ import annotations

from typing import Any

from services.enterprises.queries import fund_programme, live_loans, live_twins
from services.enterprises.tables import enterprise
from services.kernel.registry import Handle, Noun
from workflows.enterprise.records import BlacklistEnterprise, LeaveLibrary, RegisterEnterprise
from workflows.enterprise.table import ENTERPRISE as LIFECYCLE

ENTERPRISE = Noun(LIFECYCLE, enterprise)

NOUNS = (ENTERPRISE,)
HANDLES: dict[type[Any], Handle] = {
    **{command: Handle("enterprise") for command in LIFECYCLE.commands},
    RegisterEnterprise: Handle("enterprise", facts=live_twins),
    BlacklistEnterprise: Handle("enterprise", facts=fund_programme),
    LeaveLibrary: Handle("enterprise", facts=live_loans),
}
