"""Search in a real PostgreSQL: words in any script, filters, pages, and nobody else's receipts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from core.accounts import Account, TelegramUser
from core.adapters.migrate import HISTORY, migrations
from core.adapters.wiring import Stores
from core.ports import Filed, State
from core.receipt import Category, Doubt, DoubtKind, Line, LineItem, Reading, Receipt
from core.searching import Wanted
from tests.owner import as_owner

SENT = date(2026, 11, 20)
CAFE = Receipt(
    merchant="Café Löwe",
    bought_on=date(2026, 11, 19),
    currency="EUR",
    total=Decimal("12.50"),
    items=(LineItem(description="Flat white"), LineItem(description="Crème brûlée")),
    category=Category.EATING_OUT,
)
PRINT = "CAFÉ LÖWE\nStraße des 17. Juni 5\nΚΑΦΕΣ ∙ Łódź\n1.212,50 €\nبطاقة\nक़हवा\n星巴克咖啡\nกาแฟเย็น"


async def filed(stores: Stores, account: Account, source: str, receipt: Receipt, text: str = "") -> Filed:
    """File a read receipt with a reading and return it."""
    opened = await stores.ledger.open(account.id, f"photo of {source}", source, SENT)
    waiting = await stores.ledger.find(account.id, opened)
    assert waiting is not None
    read = replace(waiting, state=State.READ, receipt=receipt, version=None)
    await stores.ledger.save(read, Reading(lines=tuple(Line(text=line) for line in text.split("\n"))))
    return read


async def sources(stores: Stores, account: Account, wanted: Wanted) -> list[str]:
    """Return where the receipts found came from."""
    found = await stores.search.search(account.id, wanted)
    assert (found.count, found.more_than) == (len(found.receipts), False)
    return [receipt.source for receipt in found.receipts]


@pytest.mark.parametrize(
    "text",
    [
        *("cafe", "CAFÉ löwe", "lowe caf", "strasse", "17. Juni", "creme", "brulee flat", "καφες", "ΚΑΦΈΣ", "lodz"),
        *("1.212,50", "1.212.50", "بطاقة", "क़हवा", "咖啡", "咖", "巴克咖", "แฟเย", "café, löwe!"),
    ],
)
async def test_words_are_found_whatever_their_case_accents_and_script(
    stores: Stores, account: Account, text: str
) -> None:
    """In the merchant, the items and the printed text; the last word may be the beginning of one."""
    await filed(stores, account, "a", CAFE, PRINT)
    await filed(stores, account, "b", Receipt(merchant="Shell"), "Diesel")
    assert await sources(stores, account, Wanted(text)) == ["a"]


@pytest.mark.parametrize(
    "text", ["caf lowe", "lowe tea", "' | q", "!!!", "#sure", "1212", "q:*", "'", "\\", "\0", "咖克", "x" * 5000]
)
async def test_what_is_not_there_is_not_found(stores: Stores, account: Account, text: str) -> None:
    """Only the last word may be a beginning, all words must be there, and no sign has a meaning of its own."""
    await filed(stores, account, "a", CAFE, PRINT)
    assert await sources(stores, account, Wanted(text)) == []


async def test_filters_narrow_what_is_found(stores: Stores, account: Account) -> None:
    """Days, category, currency and open doubts, alone or together with words."""
    doubt = Doubt(kind=DoubtKind.TOTAL_UNCLEAR, field="total")
    await filed(stores, account, "a", CAFE)
    unsure = await filed(stores, account, "b", CAFE.model_copy(update={"currency": "USD", "doubts": (doubt,)}))
    old = CAFE.model_copy(update={"bought_on": date(2024, 2, 29), "category": None})
    await filed(stores, account, "c", old)
    assert await sources(stores, account, Wanted()) == ["b", "a", "c"]
    assert await sources(stores, account, Wanted(doubted=True)) == ["b"]
    assert await sources(stores, account, Wanted("cafe", doubted=False)) == ["a", "c"]
    assert await sources(stores, account, Wanted(currency="USD", category=Category.EATING_OUT)) == ["b"]
    assert await sources(stores, account, Wanted(category=Category.OTHER)) == ["c"]
    assert await sources(stores, account, Wanted("cafe", until=date(2024, 2, 29))) == ["c"]
    assert await sources(stores, account, Wanted("cafe", since=date(2024, 3, 1), until=date(2026, 11, 18))) == []
    assert await sources(stores, account, Wanted(since=date(2026, 11, 19))) == ["b", "a"]
    await stores.ledger.save(replace(unsure, settled=(DoubtKind.TOTAL_UNCLEAR,)), None)
    assert await sources(stores, account, Wanted(doubted=True)) == []


async def test_a_correction_is_found_and_so_is_what_was_printed(stores: Stores, account: Account) -> None:
    """A save without a reading leaves the printed words."""
    read = await filed(stores, account, "a", CAFE, "CAFE LOEWE")
    await stores.ledger.save(replace(read, receipt=CAFE.model_copy(update={"merchant": "Tiger"})), None)
    assert await sources(stores, account, Wanted("tiger")) == await sources(stores, account, Wanted("loewe")) == ["a"]
    assert await sources(stores, account, Wanted("lowe")) == []


async def test_deleted_receipts_are_not_found(stores: Stores, account: Account) -> None:
    """Neither by words nor without."""
    read = await filed(stores, account, "a", CAFE)
    await stores.ledger.save(replace(read, state=State.DELETED), None)
    assert await sources(stores, account, Wanted("cafe")) == await sources(stores, account, Wanted()) == []


async def test_pages_go_on_where_the_one_before_ended(stores: Stores, account: Account) -> None:
    """The count is that of all pages."""
    for number in range(5):
        day = date(2026, 6 + number, 1)
        await filed(stores, account, str(number), CAFE.model_copy(update={"bought_on": day}))
    for text in ("cafe", None):
        found = await stores.search.search(account.id, Wanted(text, limit=2, offset=2))
        assert ([receipt.source for receipt in found.receipts], found.count) == (["2", "1"], 5)


async def test_beyond_a_thousand_it_says_more(stores: Stores, account: Account) -> None:
    """With words, with days alone, and on a page beyond."""
    async with as_owner(stores) as owner:
        await owner.execute(
            "insert into receipts (account_id, source, photo, sent_on, state, named)"
            " select %s, number::text, '', date '2020-01-01' + number, 'read', 'tea'"
            " from generate_series(1, 1002) as number",
            [account.id],
        )
    for wanted in (Wanted("tea"), Wanted(), Wanted("tea", offset=1001), Wanted(offset=1001)):
        found = await stores.search.search(account.id, wanted)
        assert (found.count, found.more_than) == (1000, True)
        assert len(found.receipts) == (1 if wanted.offset else 10)
    exact = await stores.search.search(account.id, Wanted("tea", since=date(2020, 1, 4)))
    assert (exact.count, exact.more_than) == (1000, False)


async def test_another_account_finds_nothing(stores: Stores, account: Account) -> None:
    """Neither through the port nor by calling the function with everything in it."""
    await filed(stores, account, "a", CAFE)
    other = await stores.accounts.of(TelegramUser(8, "Eve"))
    assert await sources(stores, other, Wanted("cafe")) == await sources(stores, other, Wanted()) == []


async def test_accounts_whose_ids_begin_alike_find_their_own(stores: Stores) -> None:
    """The index's entries begin with a part of the account's id alone."""
    twins = [UUID(f"12345678-0000-4000-8000-00000000000{number}") for number in range(2)]
    async with as_owner(stores) as owner:
        for twin in twins:
            await owner.execute("insert into accounts (id, email) values (%s, %s)", [twin, f"{twin}@example.org"])
    for twin in twins:
        await filed(stores, Account(twin), f"of {twin}", CAFE)
    for twin in twins:
        assert await sources(stores, Account(twin), Wanted("cafe")) == [f"of {twin}"]


async def test_a_receipt_that_moves_is_found_where_it_went(stores: Stores, account: Account) -> None:
    """A guest's receipts go to the account that the guest is linked to."""
    await filed(stores, account, "a", CAFE, PRINT)
    async with as_owner(stores) as owner:
        await owner.execute("insert into accounts (id, email) values (gen_random_uuid(), 'ada@example.org')")
        await owner.execute("select private.tie(7, 'Ada', (select id from accounts where email is not null))")
    joined = await stores.accounts.of(TelegramUser(7, "Ada"))
    assert joined.id != account.id
    assert await sources(stores, joined, Wanted("strasse")) == ["a"]
    assert await sources(stores, account, Wanted("strasse")) == []


async def test_receipts_that_were_read_before_there_was_a_search_are_found(empty_database_url: str) -> None:
    """The migration writes their words, nearly as they are written now."""
    before = [statements for version, _, statements in migrations() if version < "20261124000008"]
    (search,) = [statements for version, _, statements in migrations() if version == "20261124000008"]
    async with await psycopg.AsyncConnection.connect(empty_database_url) as owner:
        for statements in (HISTORY, *before):
            await owner.execute(statements.encode())
        await owner.execute(
            "with opened as (insert into public.accounts default values returning id), kept as ("
            " insert into public.receipts (account_id, source, photo, sent_on, state, merchant, receipt)"
            " select id, 'a', '', '2026-11-20', 'read', %s, %s from opened returning id, account_id)"
            " insert into public.readings select id, %s, account_id from kept",
            [
                CAFE.merchant,
                Jsonb(CAFE.model_dump(mode="json")),
                Jsonb({"lines": [{"text": "TOTAL:"}, {"text": "3.50 E."}]}),
            ],
        )
        await owner.execute(search.encode())
        found = await (await owner.execute("select named, printed from public.receipts")).fetchone()
    assert found == ("cafe lowe flat white creme brulee", "total 3.50 e")
