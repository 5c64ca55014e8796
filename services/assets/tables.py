"""Where IP rights and pledges are kept."""

from __future__ import annotations

from sqlalchemy import Index

from services.kernel.columns import (
    day,
    day_or_none,
    money,
    noun_table,
    several,
    words,
    words_or_none,
)
from workflows.asset.states import AssetState
from workflows.pledge.states import PledgeState

asset = noun_table(
    "asset",
    AssetState,
    words("policy", "policy the right was declared under"),
    words("enterprise"),
    words("ip_type", "PATENT, TRADEMARK, COPYRIGHT, GI"),
    words("number", "the right's official number"),
    words("title"),
    several("owners", "enterprise ids or names of co-owners"),
    day("term_ends_on", "the right's last day"),
    day_or_none("fee_due_on", "next annual fee falls due"),
    day_or_none("verified_on", "the registry's feed agreed"),
    several("failed_for", "why verification failed"),
    money("value", "last appraised value"),
    day_or_none("appraised_on", "value as of"),
    words("method", "approach of the appraisal"),
    words_or_none("bank", "pledgee while encumbered"),
    words("pledge", "pledge that rests on it; empty for none"),
    day_or_none("grace_until", "last day to pay a missed fee"),
    day_or_none("ended_on", "the right ended or was realised"),
    several("alerts", "attacks and orders on the right"),
    Index("ix_asset_enterprise", "enterprise"),
)

pledge = noun_table(
    "pledge",
    PledgeState,
    words("policy", "policy of the application"),
    words("application"),
    words("enterprise", "pledgor's firm"),
    words("bank", "pledgee"),
    several("assets", "ids of the pledged rights"),
    words("contract", "number of the pledge contract"),
    money("debt", "secured amount"),
    day("debt_due_on", "last day of the secured debt"),
    several("documents", "papers filed"),
    day_or_none("due_by", "last day of whoever acts next"),
    day_or_none("registered_on", "the pledge exists since"),
    words("certificate", "number of the registration certificate"),
    several("insisted", "waivable grounds set aside at the parties' wish"),
    words("ground", "why it was refused or struck"),
    day_or_none("ended_on", "the pledge ended"),
    Index("ix_pledge_application", "application"),
)
