"""Rows of the table of receipts as what the rest of the house knows them by."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from psycopg.rows import DictRow

from core.adapters.database import Connection
from core.ports import Filed, State
from core.receipt import DoubtKind, Receipt
from core.removal import BeingRemoved

COLUMNS = "id, account_id, state, photo, sent_on, receipt, settled, problem, source, album, joins, paid_on, version"
WHOLE = f"{COLUMNS}, as_read"
"""With what was first extracted, which is as long as the receipt itself: for one receipt, not for lists."""


def filed_of(row: DictRow) -> Filed:
    """Return the receipt in a row of COLUMNS, or of WHOLE."""
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
        paid_on=row["paid_on"],
        version=row["version"],
        as_read=Receipt.model_validate(row["as_read"]) if row.get("as_read") else None,
    )


async def open_receipt(
    connection: Connection, account: UUID, photo: tuple[str, str, date], album: tuple[str, int] | None = None
) -> tuple[UUID, bool]:
    """Open a waiting receipt for a photo (key, source, day sent), maybe one of an album (source, place).

    Returns its id and whether it is new: a known source changes nothing. Runs as the application.

    Raises BeingRemoved when the account is closed or gone.
    """
    opened = await connection.execute(
        "select id, fresh from private.open_receipt(%s, %s, %s, %s, %s, %s)",
        [account, *photo, *(album or (None, None))],
    )
    row = await opened.fetchone()
    if row is None:
        raise BeingRemoved
    return row["id"], row["fresh"]
