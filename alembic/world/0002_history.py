"""Make history append-only and every journal entry balance."""

from __future__ import annotations

from alembic import op

revision = "0002_history"
down_revision = "0001_kernel"
branch_labels = None
depends_on = None

HISTORY = ("event", "posting")

APPEND_ONLY = """
CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END
$$
"""

BALANCED = """
CREATE FUNCTION entries_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry record;
BEGIN
  SELECT stream, seq, currency, sum(fen) AS off INTO entry
  FROM added GROUP BY stream, seq, currency HAVING sum(fen) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the entry of %:% is off by % fen %',
      entry.stream, entry.seq, entry.off, entry.currency USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$
"""


def upgrade() -> None:
    op.execute(APPEND_ONLY)
    for table in HISTORY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()"
        )
    op.execute(BALANCED)
    op.execute(
        "CREATE TRIGGER balanced AFTER INSERT ON posting REFERENCING NEW TABLE AS added"
        " FOR EACH STATEMENT EXECUTE FUNCTION entries_balance()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER balanced ON posting")
    op.execute("DROP FUNCTION entries_balance()")
    for table in HISTORY:
        op.execute(f"DROP TRIGGER append_only ON {table}")
    op.execute("DROP FUNCTION history_is_append_only()")
