"""Where IP rights and pledges are kept."""

from __future__ import annotations

from sqlalchemy import Index, text

from services.kernel.columns import noun_table
from services.kernel.states import quoted
from workflows.asset.records import IpAsset
from workflows.asset.states import FREE_AGAIN, AssetState
from workflows.pledge.records import Pledge
from workflows.pledge.states import PledgeState

asset = noun_table(
    "asset",
    IpAsset,
    AssetState,
    {
        "policy": "policy the right was declared under",
        "ip_type": "PATENT, TRADEMARK, COPYRIGHT, GI",
        "number": "the right's official number",
        "owners": "enterprise ids or names of co-owners",
        "term_ends_on": "the right's last day",
        "fee_due_on": "next annual fee falls due",
        "verified_on": "the registry's feed agreed",
        "failed_for": "why verification failed",
        "annual_fee": "the whole fee of that day, fen",
        "well_known": "a mark well known, by the registry",
        "similar_to": "ids of the firm's similar marks",
        "attacked_on": "an invalidation is pending since",
        "revalue_by": "last day of the next revaluation",
        "value": "last appraised value, fen",
        "appraised_on": "value as of",
        "method": "approach of the appraisal",
        "appraiser": "engaged to value it; empty for none",
        "bank": "pledgee while encumbered",
        "pledge": "pledge that rests on it; empty for none",
        "grace_until": "last day to pay a missed fee",
        "ended_on": "the right ended or was realised",
        "alerts": "attacks and orders on the right",
    },
    Index("ix_asset_enterprise", "enterprise"),
    Index(
        "uq_asset_live_right",
        "ip_type",
        "number",
        unique=True,
        postgresql_where=text(f"state NOT IN ({quoted(FREE_AGAIN)})"),
    ),
)

pledge = noun_table(
    "pledge",
    Pledge,
    PledgeState,
    {
        "policy": "policy of the application",
        "enterprise": "pledgor's firm",
        "bank": "pledgee",
        "assets": "ids of the pledged rights",
        "contract": "number of the pledge contract",
        "debt": "secured amount, fen",
        "debt_due_on": "last day of the secured debt",
        "documents": "papers filed",
        "channel": "ONLINE or PAPER; empty before",
        "due_by": "last day of whoever acts next",
        "registered_on": "the pledge exists since",
        "certificate": "number of the registration certificate",
        "insisted": "waivable grounds set aside at the parties' wish",
        "ground": "why it was refused or struck",
        "ended_on": "the pledge ended",
    },
    Index("ix_pledge_application", "application"),
)
