"""Everything in an account as one ZIP."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from core.exports.archive import Archive, archive_name, ending
from core.exports.csv_tables import cell
from core.ports import Filed, State
from core.receipt import Doubt, DoubtKind, LineItem, Receipt, TaxLine
from tests.owner import as_owner

SENT = date(2026, 11, 20)
PHOTO = b"\xff\xd8\xff\xe0 a photo "
DINNER = Receipt(
    merchant='=HYPERLINK("http://evil")',
    bought_on=date(2026, 11, 19),
    currency="EUR",
    total=Decimal("-1234.50"),
    taxes=(TaxLine(label="MwSt", rate=Decimal(7), amount=Decimal("0.23")),),
    items=(LineItem(description="@Ente, süß", quantity=Decimal("0.345"), total=Decimal("-3.50")),),
    doubts=(Doubt(kind=DoubtKind.DATE_UNCLEAR, field="bought_on"),),
)


async def kept(stores: Stores, account: Account, photo: bytes, receipt: Receipt = DINNER) -> Filed:
    """Keep a photo and file its receipt."""
    key = await stores.photos.keep(account.id, photo)
    opened = await stores.ledger.open(account.id, key, key, SENT)
    waiting = await stores.ledger.find(account.id, opened)
    assert waiting is not None
    await stores.ledger.save(replace(waiting, state=State.READ, receipt=receipt), None)
    return waiting


async def unzipped(chunks: AsyncIterator[bytes]) -> zipfile.ZipFile:
    """Return the whole ZIP, which is seen to be sound."""
    opened = zipfile.ZipFile(io.BytesIO(b"".join([chunk async for chunk in chunks])))
    assert opened.testzip() is None
    return opened


def rows(opened: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    """Return a table's rows as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(opened.read(name).decode("utf-8-sig"), newline="")))


async def test_the_tables_say_what_the_receipts_do_and_name_their_photos(stores: Stores, account: Account) -> None:
    """Amounts stay amounts, and text that would be run as a formula stays text."""
    filed = await kept(stores, account, PHOTO)
    opened = await unzipped(Archive(stores.ledger, stores.photos).of(account.id))
    (receipt,), (item,) = rows(opened, "receipts.csv"), rows(opened, "items.csv")
    assert opened.read("receipts.csv").startswith(b"\xef\xbb\xbfid,")
    assert receipt["id"] == item["receipt_id"] == str(filed.id)
    assert receipt["merchant"] == '\'=HYPERLINK("http://evil")'
    assert (receipt["total"], receipt["currency"], receipt["taxes"]) == ("-1234.50", "EUR", "MwSt 7%: 0.23")
    assert (receipt["date"], receipt["due_on"], receipt["open_questions"]) == ("2026-11-19", "", "date unclear")
    assert (item["description"], item["quantity"], item["total"]) == ("'@Ente, süß", "0.345", "-3.50")
    assert receipt["photos"] == f"photos/{filed.id}.jpg"
    assert opened.read(receipt["photos"]) == PHOTO
    assert "missing.txt" not in opened.namelist()


async def test_a_photo_that_cannot_be_had_is_named_and_breaks_nothing(
    stores: Stores, account: Account, tmp_path: Path
) -> None:
    """The receipt is in the tables, the others' photos are there, and a file says what is missing."""
    lost, found = await kept(stores, account, PHOTO), await kept(stores, account, b"%PDF-1.7 a bill")
    photo = (await stores.ledger.find(account.id, lost.id) or lost).photo
    await stores.photos.remove([photo])
    opened = await unzipped(Archive(stores.ledger, stores.photos).of(account.id))
    assert [row["photos"] for row in rows(opened, "receipts.csv")] == ["", f"photos/{found.id}.pdf"]
    assert opened.read("missing.txt").decode().startswith(f"photos/{lost.id}: ")


async def test_a_receipt_in_several_photos_has_them_all(stores: Stores, account: Account) -> None:
    """In their order; the single photos' own receipts, which are set aside, are no rows."""
    parts = [await kept(stores, account, PHOTO + bytes([place])) for place in range(2)]
    whole = await kept(stores, account, PHOTO + b"whole")
    async with as_owner(stores) as connection:
        await connection.execute("update receipts set state = 'set aside' where id <> %s", [whole.id])
        await connection.execute(
            "update receipts set joins = %s where id = %s", [[part.id for part in parts], whole.id]
        )
    opened = await unzipped(Archive(stores.ledger, stores.photos).of(account.id))
    (row,) = rows(opened, "receipts.csv")
    names = row["photos"].split("; ")
    assert names == [f"photos/{whole.id}-1.jpg", f"photos/{whole.id}-2.jpg"]
    assert [opened.read(name) for name in names] == [PHOTO + b"\0", PHOTO + b"\1"]


async def test_an_empty_account_and_anothers_receipts_give_empty_tables(stores: Stores, account: Account) -> None:
    """Nobody gets what is another's, and there is no table of what does not count."""
    await kept(stores, await stores.accounts.of(TelegramUser(8, "Eve")), PHOTO)
    opened = await unzipped(Archive(stores.ledger, stores.photos).of(account.id))
    assert opened.namelist() == ["receipts.csv", "items.csv"]
    assert rows(opened, "receipts.csv") == []


async def test_what_does_not_count_is_taken_along_beside_the_receipts(stores: Stores, account: Account) -> None:
    """What was deleted, could not be used or waits: its photo, and why it is no receipt."""
    read = await kept(stores, account, PHOTO)
    changes = ((State.DELETED, None), (State.UNUSABLE, "=It is too dark."), (State.WAITING, None))
    aside = [await kept(stores, account, PHOTO + str(state).encode()) for state, _ in changes]
    for filed, (state, problem) in zip(aside, changes, strict=True):
        await stores.ledger.save(replace(filed, state=state, problem=problem, version=None), None)
    opened = await unzipped(Archive(stores.ledger, stores.photos).of(account.id))
    assert [row["id"] for row in rows(opened, "receipts.csv")] == [str(read.id)]
    other = rows(opened, "other.csv")
    assert [(row["id"], row["sent"], row["state"], row["reason"]) for row in other] == [
        (str(aside[0].id), "2026-11-20", "deleted", ""),
        (str(aside[1].id), "2026-11-20", "unusable", "'=It is too dark."),
        (str(aside[2].id), "2026-11-20", "waiting", ""),
    ]
    assert [opened.read(row["photos"]) for row in other] == [PHOTO + str(state).encode() for state, _ in changes]


async def test_every_receipt_comes_once_however_many_pages_there_are(stores: Stores, account: Account) -> None:
    """Also those that were opened in the same moment."""
    async with as_owner(stores) as connection:
        await connection.execute(
            "insert into receipts (account_id, source, photo, sent_on, state, opened_at)"
            " select %s, 'many:' || n, 'none', '2026-01-01', 'read', now() from generate_series(1, 1201) as n",
            [account.id],
        )
    found = [filed.id async for filed in stores.ledger.every(account.id)]
    assert len(found) == len(set(found)) == 1201


async def test_the_photos_never_stand_in_memory_together(stores: Stores, account: Account) -> None:
    """Forty photos of a megabyte need no forty megabytes."""
    for number in range(40):
        await kept(stores, account, PHOTO + bytes([number]) * 1_000_000)
    tracemalloc.start()
    size = 0
    async for chunk in Archive(stores.ledger, stores.photos).of(account.id):
        size += len(chunk)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 40_000_000
    assert peak < 8_000_000


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra", " =1", "＝1"])
def test_no_text_is_a_formula(text: str) -> None:
    """Whatever a receipt was made to say."""
    assert cell(text) == f"'{text}"
    assert cell(Decimal("-1.50")) == "-1.50"


def test_files_have_the_names_that_programs_expect() -> None:
    """By their first bytes."""
    assert [ending(photo) for photo in (PHOTO, b"\x89PNG\r\n\x1a\n", b"%PDF-1.4", b"II*\0", b"?")] == [
        *("jpg", "png", "pdf", "tif", "bin")
    ]
    assert archive_name(SENT) == "snapspend-2026-11-20.zip"
