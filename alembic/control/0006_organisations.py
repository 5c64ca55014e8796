"""Keep organisations: what they are, what people call them, the place an office serves."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0006_organisations"
down_revision = "0005_console_session"
branch_labels = None
depends_on = None

KINDS = {
    "ENTERPRISE": ("ENT", "ENT-S"),
    "BANK": ("BK-M", "BK-V", "BK-A", "BK-C", "BK-L", "BK-R"),
    "FUND": ("FM-M", "FM-A", "FM-F", "FC"),
    "FISCAL": ("FIN",),
    "IP_OFFICE": ("IPA",),
    "REGISTRY": ("REG",),
    "APPRAISER": ("VAL",),
    "GUARANTOR": ("GU",),
    "INSURER": ("INS",),
    "PLAN_MANAGER": ("SPV",),
    "AUDITOR": ("AUD",),
}
PLACE = "GB/T 2260 code of the place an office serves"


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="name of a Kind: BANK, FUND .."),
        sa.Column("name", sa.Text(), nullable=False, comment="what people call it"),
        sa.Column("region", sa.Text(), nullable=False, comment=PLACE),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    known = sa.text(
        "INSERT INTO organisation (id, kind, name, region)"
        " SELECT DISTINCT organisation, :kind, organisation, '' FROM app_user"
        " WHERE role = ANY(:roles) ON CONFLICT DO NOTHING"
    )
    for kind, roles in KINDS.items():
        op.get_bind().execute(known, {"kind": kind, "roles": list(roles)})


def downgrade() -> None:
    op.drop_table("organisation")
