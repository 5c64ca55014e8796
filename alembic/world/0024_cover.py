"""Keep running totals of fund and bank, and breakers that are evaluated when they have changed."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0024_cover"
down_revision = "0023_inspections"
branch_labels = None
depends_on = None

BREAKER_STATES = "'CLOSED', 'WARNING', 'TRIPPED', 'HALF_OPEN'"
FIGURES = (
    ("loans", sa.Integer(), "covered, not compensated, owing"),
    ("balance", sa.BigInteger(), "their principal, fen"),
    ("bad", sa.BigInteger(), "of it substandard or worse, fen"),
    ("gone", sa.BigInteger(), "compensated, not come back, fen"),
    ("promised", sa.BigInteger(), "approved claims unpaid, fen"),
    ("lent", sa.BigInteger(), "principal of all loans, fen"),
)
NAMES = ", ".join(name for name, *_ in FIGURES)
# What one loan adds to the totals while it is covered; {0} stands for its row.
LOANS = "({0}.compensated = 0 AND {0}.outstanding > 0)::int"
BALANCE = "CASE WHEN {0}.compensated = 0 THEN {0}.outstanding ELSE 0 END"
BAD = (
    "CASE WHEN {0}.compensated = 0 AND {0}.classification IN ('SUBSTANDARD', 'DOUBTFUL', 'LOSS')"
    " THEN {0}.outstanding ELSE 0 END"
)
GONE = (
    "CASE WHEN {0}.compensated > 0"
    " THEN {0}.outstanding + {0}.written_off + {0}.forgiven - {0}.late_recovered ELSE 0 END"
)
PARTS = (LOANS, BALANCE, BAD, GONE)
PROMISED = (
    "CASE WHEN {0}.state IN ('APPROVED', 'PAYABLE', 'PARTIALLY_PAID')"
    " THEN {0}.fund_share - {0}.paid ELSE 0 END"
)


def _added(row: str) -> str:
    return ", ".join(f"sum(r.sign * ({part.format(row)}))" for part in PARTS)


# Rows before count minus, rows after plus: what an update left as it was cancels out before
# anything is looked up, and each lookup is by key, whatever the planner knows of these rows.
SIGNED = "SELECT 1 AS sign, n.* FROM made n UNION ALL SELECT -1, o.* FROM left_behind o"
MADE = "SELECT 1 AS sign, n.* FROM made n"
LOAN = (
    "id, fund, bank, outstanding, compensated, classification, written_off, forgiven,"
    " late_recovered"
)
COVER = "LATERAL (SELECT f.id FROM filing f WHERE f.id = r.id AND f.state = 'COVERED' LIMIT 1) f"
NOTE = f"""INSERT INTO cover_change (fund, bank, {NAMES})
    SELECT * FROM ({{}}) one(fund, bank, {NAMES})
    WHERE loans <> 0 OR balance <> 0 OR bad <> 0 OR gone <> 0 OR promised <> 0 OR lent <> 0"""


def _loans(rows: str) -> str:
    covered = ", ".join(
        f"coalesce(sum(r.sign * ({part.format('r')})) FILTER (WHERE f.id IS NOT NULL), 0)"
        for part in PARTS
    )
    return f"""
        SELECT r.fund, r.bank, {covered}, 0, sum(r.sign * r.outstanding)
        FROM (SELECT {LOAN}, sum(sign) AS sign FROM ({rows}) s GROUP BY {LOAN}
              HAVING sum(sign) <> 0) r
        LEFT JOIN {COVER} ON true GROUP BY r.fund, r.bank"""


def _filings(rows: str) -> str:
    return f"""
        SELECT r.fund, r.bank, {_added("l")}, 0, 0
        FROM (SELECT id, fund, bank, sum(sign) AS sign FROM ({rows}) s WHERE state = 'COVERED'
              GROUP BY id, fund, bank HAVING sum(sign) <> 0) r
        JOIN LATERAL (SELECT l.* FROM loan l WHERE l.id = r.id LIMIT 1) l ON true
        GROUP BY r.fund, r.bank"""


def _claims(rows: str) -> str:
    return f"""
        SELECT r.fund, r.bank, 0, 0, 0, 0, sum(r.sign * ({PROMISED.format("r")})), 0
        FROM ({rows}) r GROUP BY r.fund, r.bank"""


FUNCTIONS = {
    "note_loans_made": _loans(MADE),
    "note_loans_changed": _loans(SIGNED),
    "note_filings_made": _filings(MADE),
    "note_filings_changed": _filings(SIGNED),
    "note_claims_made": _claims(MADE),
    "note_claims_changed": _claims(SIGNED),
}
TRIGGERS = (
    ("loan", "INSERT", "note_loans_made"),
    ("loan", "UPDATE", "note_loans_changed"),
    ("filing", "INSERT", "note_filings_made"),
    ("filing", "UPDATE", "note_filings_changed"),
    ("claim", "INSERT", "note_claims_made"),
    ("claim", "UPDATE", "note_claims_changed"),
)
# A book that changed today is looked at tomorrow, by the breaker of the programme and of the bank.
WATCH = """
    INSERT INTO timer (stream, kind, due_on, command, payload)
    SELECT DISTINCT 'breaker/' || b.id, 'monitor', c.business_date + 1, 'EvaluateBreaker',
           jsonb_build_object('breaker', b.id, 'fund', m.fund, 'bank', b.bank)
    FROM made m CROSS JOIN clock c
    CROSS JOIN LATERAL (VALUES (m.fund, ''), (m.fund || '.' || m.bank, m.bank)) AS b(id, bank)
    WHERE m.fund <> '' AND (m.loans <> 0 OR m.balance <> 0 OR m.bad <> 0 OR m.gone <> 0)
    ORDER BY 1 ON CONFLICT (stream, kind) DO NOTHING
"""
BACKFILL = f"""
    INSERT INTO cover_total (fund, bank, {NAMES})
    SELECT fund, bank, sum(loans), sum(balance), sum(bad), sum(gone), sum(promised), sum(lent)
    FROM (
        SELECT l.fund, l.bank, 0 AS loans, 0 AS balance, 0 AS bad, 0 AS gone, 0 AS promised,
               l.outstanding AS lent FROM loan l
        UNION ALL
        SELECT f.fund, f.bank, {", ".join(p.format("l") for p in PARTS)}, 0, 0
        FROM filing f JOIN loan l ON l.id = f.id WHERE f.state = 'COVERED'
        UNION ALL
        SELECT c.fund, c.bank, 0, 0, 0, 0, {PROMISED.format("c")}, 0 FROM claim c
    ) one GROUP BY fund, bank
"""


def upgrade() -> None:
    _totals()
    _breakers()
    _fund()
    op.create_index("ix_filing_fund_accepted_on", "filing", ["fund", "accepted_on"])
    op.create_index(
        "ix_loan_undrawn", "loan", ["fund"], postgresql_where=sa.text("state = 'APPROVED'")
    )
    for name, query in FUNCTIONS.items():
        _function(name, NOTE.format(query))
    _function("watch_cover", WATCH)
    for table, event, function in TRIGGERS:
        old = " OLD TABLE AS left_behind" if event == "UPDATE" else ""
        op.execute(
            f"CREATE TRIGGER {function} AFTER {event} ON {table}"
            f" REFERENCING{old} NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )
    op.execute(
        "CREATE TRIGGER watch_cover AFTER INSERT ON cover_change"
        " REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION watch_cover()"
    )
    op.execute(BACKFILL)


def downgrade() -> None:
    op.execute("DROP TRIGGER watch_cover ON cover_change")
    for table, _, function in TRIGGERS:
        op.execute(f"DROP TRIGGER {function} ON {table}")
    for function in (*FUNCTIONS, "watch_cover"):
        op.execute(f"DROP FUNCTION {function}()")
    op.drop_index("ix_loan_undrawn", "loan")
    op.drop_index("ix_filing_fund_accepted_on", "filing")
    _cash("cash = contributed - paid_out + returned")
    _states("'ACTIVE', 'EXHAUSTED'")
    for name in ("committed", "fees", "interest"):
        op.drop_column("fund", name)
    op.drop_table("breaker")
    op.drop_table("cover_change")
    op.drop_table("cover_total")


def _totals() -> None:
    op.create_table(
        "cover_total",
        sa.Column("fund", sa.Text(), comment="empty: loans that no fund covers"),
        sa.Column("bank", sa.Text()),
        *_figures(),
        sa.PrimaryKeyConstraint("fund", "bank", name=op.f("pk_cover_total")),
    )
    op.create_table(
        "cover_change",
        sa.Column("id", sa.BigInteger(), autoincrement=True),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        *_figures(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_change")),
    )
    op.create_index("ix_cover_total_bank", "cover_total", ["bank"])
    op.create_index("ix_cover_change_fund", "cover_change", ["fund"])
    op.create_index("ix_cover_change_bank", "cover_change", ["bank"])


def _figures() -> list[sa.Column[object]]:
    return [sa.Column(name, kind, nullable=False, comment=about) for name, kind, about in FIGURES]


def _breakers() -> None:
    op.create_table(
        "breaker",
        _needed("id", sa.Text(), "business key; the stream is <noun>/<id>"),
        _needed("state", sa.Text(), "name of the lifecycle's state"),
        _needed("version", sa.Integer(), "sequence of the stream's last event"),
        _needed("chain", sa.LargeBinary(), "SHA-256 of the stream's last event"),
        _needed("fund", sa.Text()),
        _needed("bank", sa.Text(), "empty: the whole programme"),
        _needed("policy", sa.Text(), "Policy.ref: case@fingerprint:date"),
        _needed("ratio", sa.Numeric(), "bad and compensated over covered and compensated"),
        _needed("loans", sa.Integer(), "covered"),
        _needed("balance", sa.BigInteger(), "covered, fen"),
        _needed("evaluated_on", sa.Date()),
        sa.Column(
            "below_since",
            sa.Date(),
            nullable=True,
            comment="the ratio has been below breaker_reset since then",
        ),
        sa.Column("tripped_on", sa.Date(), nullable=True),
        _needed("rectification", sa.Text()),
        sa.Column("half_opened_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True, comment="without a new trip"),
        _needed("monthly_room", sa.BigInteger(), "accepted a month while half open, fen"),
        sa.CheckConstraint(f"state IN ({BREAKER_STATES})", name=op.f("ck_breaker_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breaker")),
    )


def _fund() -> None:
    for name, about in (
        ("interest", "fen, of the account"),
        ("fees", "fen, of management"),
        ("committed", "fen, top-ups promised"),
    ):
        zero = sa.text("0")
        op.add_column(
            "fund",
            sa.Column(name, sa.BigInteger(), nullable=False, server_default=zero, comment=about),
        )
        op.alter_column("fund", name, server_default=None)
    _cash("cash = contributed + interest - fees - paid_out + returned")
    _states("'ACTIVE', 'WATCH', 'EXHAUSTED', 'TOPPED_UP'")


def _cash(rule: str) -> None:
    op.drop_constraint("ck_fund_cash_adds_up", "fund", type_="check")
    op.create_check_constraint(op.f("ck_fund_cash_adds_up"), "fund", rule)


def _states(names: str) -> None:
    op.drop_constraint("ck_fund_state", "fund", type_="check")
    op.create_check_constraint(op.f("ck_fund_state"), "fund", f"state IN ({names})")


def _function(name: str, body: str) -> None:
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$ BEGIN {body}; RETURN NULL; END $$"
    )


def _needed(
    name: str, kind: sa.types.TypeEngine[object], comment: str | None = None
) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False, comment=comment)
