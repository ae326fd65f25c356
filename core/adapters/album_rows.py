"""The statements by which an album is gathered and arranged; each runs inside its caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.adapters.database import Connection
from core.adapters.receipt_rows import COLUMNS, filed_of
from core.albums import Album, Group, Part
from core.ports import Filed


async def open_album(connection: Connection, account: UUID, part: Part) -> None:
    """Open the album or lock the one that is there; the first caption is its caption."""
    await connection.execute(
        "insert into albums (source, account_id, caption) values (%s, %s, %s)"
        " on conflict (source) do update set caption = coalesce(albums.caption, excluded.caption)",
        [part.album, account, part.caption],
    )


async def known_receipt(connection: Connection, source: str) -> UUID:
    """Return the receipt of a source that is there."""
    found = await connection.execute("select id from receipts where source = %s", [source])
    row = await found.fetchone()
    assert row is not None, "a receipt that conflicted is there"  # noqa: S101
    return UUID(str(row["id"]))


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
    """Open a waiting receipt in several photos."""
    opened = await connection.execute(
        "insert into receipts (account_id, photo, source, sent_on, album, joins) values (%s, %s, %s, %s, %s, %s)"
        " returning id",
        [
            *(group[0].account, group[0].photo, "+".join(filed.source for filed in group), group[0].sent_on),
            *(album.source, [filed.id for filed in group]),
        ],
    )
    row = await opened.fetchone()
    assert row is not None, "what was inserted is returned"  # noqa: S101
    return UUID(str(row["id"]))


async def hand_on_message(connection: Connection, before: UUID, after: UUID) -> None:
    """Let the answer of one receipt appear in the message of another."""
    await connection.execute(
        "insert into answers (source, chat_id, message_id, reply_to)"
        " select after.source, chat_id, message_id, reply_to from answers"
        " join receipts as before using (source), receipts as after"
        " where before.id = %(before)s and after.id = %(after)s and before.id <> after.id"
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


async def ask_for_answers(connection: Connection, shown: list[UUID], hidden: list[UUID]) -> None:
    """Write down which receipts are to be shown in the chat (again), and which are not."""
    await connection.execute(
        "update answers set answered = receipts.id = any(%(hidden)s) from receipts"
        " where receipts.source = answers.source and receipts.id = any(%(both)s)",
        {"hidden": hidden, "both": [*shown, *hidden]},
    )
