"""Rows of the table of receipts as what the rest of the house knows them by."""

from __future__ import annotations

from psycopg.rows import DictRow

from core.ports import Filed, State
from core.receipt import DoubtKind, Receipt

COLUMNS = "id, account_id, state, photo, sent_on, receipt, settled, problem, source, album, joins"


def filed_of(row: DictRow) -> Filed:
    """Return the receipt in a row of COLUMNS."""
    return Filed(
        id=row["id"],
        account=row["account_id"],
        state=State(row["state"]),
        photo=row["photo"],
        sent_on=row["sent_on"],
        receipt=Receipt.model_validate(row["receipt"]) if row["receipt"] else None,
        settled=tuple(DoubtKind(kind) for kind in row["settled"]),
        problem=row["problem"],
        source=row["source"],
        album=row["album"],
        joins=tuple(row["joins"]),
    )
