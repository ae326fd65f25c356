"""The statements by which an album is gathered and arranged; each runs inside its caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.adapters.database import Connection, become
from core.adapters.receipt_rows import COLUMNS, filed_of
from core.albums import Album, Group, Part
from core.errors import Unavailable
from core.ports import Filed


async def open_album(connection: Connection, account: UUID, part: Part) -> None:
    """Open the album or lock the one that is there; the first caption is its caption. Runs as the application."""
    await connection.execute("select private.open_album(%s, %s, %s)", [account, part.album, part.caption])


async def receipts_of(connection: Connection, account: UUID, source: str) -> list[Filed]:
    """Return all receipts of an album, those of single photos first, in the order of the photos."""
    found = await connection.execute(
        f"select {COLUMNS} from receipts where account_id = %s and album = %s"  # noqa: S608
        " order by joins <> '{}', place, opened_at",
        [account, source],
    )
    return [filed_of(row) for row in await found.fetchall()]


async def receipts_if_unchanged(connection: Connection, account: UUID, album: Album) -> list[Filed] | None:
    """Lock the album and return its receipts, or None when its parts or the person's word are not as they were."""
    locked = await connection.execute("select chosen from albums where source = %s for update", [album.source])
    row = await locked.fetchone()
    known = await receipts_of(connection, account, album.source)
    parts = [filed.id for filed in known if not filed.joins]
    same = row is not None and row["chosen"] == album.chosen and parts == [filed.id for filed in album.parts]
    return known if same else None


async def open_joined(connection: Connection, album: Album, group: Group) -> UUID:
    """Open a waiting receipt in several photos; the transaction is the account's before and after."""
    account = group[0].account
    await become(connection, None)
    opened = await connection.execute(
        "select id from private.open_receipt(%s, %s, %s, %s, %s, null, %s)",
        [
            *(account, group[0].photo, "+".join(filed.source for filed in group), group[0].sent_on),
            *(album.source, [filed.id for filed in group]),
        ],
    )
    row = await opened.fetchone()
    await become(connection, account)
    if row is None:
        raise Unavailable("the account is being removed")
    return UUID(str(row["id"]))


async def source_of(connection: Connection, receipt: UUID) -> str:
    """Return where one of the account's receipts came from."""
    found = await connection.execute("select source from receipts where id = %s", [receipt])
    row = await found.fetchone()
    assert row is not None, "the album is locked: its receipts stay"  # noqa: S101
    return str(row["source"])


async def hand_on_message(connection: Connection, before: str, after: str) -> None:
    """Let the answer of one source appear in the message of another. Runs as the application."""
    await connection.execute(
        "insert into answers (source, chat_id, message_id, reply_to)"
        " select %(after)s, chat_id, message_id, reply_to from answers"
        " where source = %(before)s and %(before)s <> %(after)s"
        " on conflict (source) do update set message_id = excluded.message_id",
        {"before": before, "after": after},
    )


async def set_aside(connection: Connection, receipts: Sequence[Filed]) -> None:
    """Let receipts count no more, while others of the same photos do."""
    await connection.execute(
        "update receipts set state = 'set aside' where id = any(%s)", [[filed.id for filed in receipts]]
    )


async def bring_back(connection: Connection, receipt: UUID) -> None:
    """Let a receipt that was set aside stand as what is known of it says."""
    await connection.execute(
        "update receipts set state = case when receipt is not null then 'read'"
        " when problem is not null then 'unusable' else 'waiting' end"
        " where id = %s and state = 'set aside'",
        [receipt],
    )


async def ask_for_answers(connection: Connection, shown: list[str], hidden: list[str]) -> None:
    """Write down which sources are to be shown in the chat (again), and which are not. Runs as the application."""
    await connection.execute(
        "update answers set answered = source = any(%(hidden)s) where source = any(%(both)s)",
        {"hidden": hidden, "both": [*shown, *hidden]},
    )
