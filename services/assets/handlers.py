"""Commands of IP rights and pledges, and what each reads."""

from __future__ import annotations

from typing import Any

from services.assets.queries import (
    live_rights,
    may_cancel,
    may_prepare,
    may_register,
    may_substitute,
    rights,
    secured_loans,
)
from services.assets.tables import asset, pledge
from services.kernel.registry import Handle, Noun
from workflows.asset.records import DeclareIp, EncumberIp, VerifyIp
from workflows.asset.table import ASSET as ASSET_LIFECYCLE
from workflows.pledge.records import (
    CancelPledge,
    ChangePledge,
    CorrectPledge,
    ExamineSecurity,
    FilePledge,
    PreparePledge,
    PrepareSubstitute,
    RegisterPledge,
    RevokePledge,
)
from workflows.pledge.table import PLEDGE as PLEDGE_LIFECYCLE

ASSET = Noun(ASSET_LIFECYCLE, asset)
PLEDGE = Noun(PLEDGE_LIFECYCLE, pledge)

NOUNS = (ASSET, PLEDGE)
HANDLES: dict[type[Any], Handle] = {
    **{command: Handle("asset") for command in ASSET_LIFECYCLE.commands},
    DeclareIp: Handle("asset", reads=("enterprise",), facts=live_rights),
    VerifyIp: Handle("asset", facts=live_rights),
    EncumberIp: Handle("asset", reads=("pledge",)),
    **{command: Handle("pledge") for command in PLEDGE_LIFECYCLE.commands},
    PreparePledge: Handle("pledge", reads=("application",), facts=may_prepare),
    PrepareSubstitute: Handle("pledge", reads=("loan",), facts=may_substitute),
    RegisterPledge: Handle("pledge", facts=may_register),
    ExamineSecurity: Handle("pledge", facts=secured_loans),
    RevokePledge: Handle("pledge", facts=secured_loans),
    ChangePledge: Handle("pledge", facts=rights),
    FilePledge: Handle("pledge", facts=rights),
    CorrectPledge: Handle("pledge", facts=rights),
    CancelPledge: Handle("pledge", facts=may_cancel),
}
