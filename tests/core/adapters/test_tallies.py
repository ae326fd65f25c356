"""What is kept of an account's receipts is what its receipts come to, whatever happens to them."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from core.accounts import Account, TelegramUser
from core.adapters.database import Connection
from core.adapters.sum_rows import pieces
from core.adapters.wiring import Stores
from core.ports import State
from core.receipt import Category, Receipt
from tests.owner import as_owner

PLAIN = {
    "tallies": "select account_id, state, count(*) from receipts group by 1, 2",
    "period_sums": "select account_id, span, date_trunc(span, counted_on)::date, currency, category,"
    " left(merchant, 200), count(*), sum(total) from receipts, unnest(array['month', 'quarter', 'year']) as span"
    " where state = 'read' and total is not null group by 1, 2, 3, 4, 5, 6",
    "day_sums": "select account_id, counted_on, currency, count(*), sum(total) from receipts"
    " where state = 'read' and total is not null group by 1, 2, 3",
    "field_tallies": "select account_id, span, date_trunc(span, sent_on)::date, field, count(*), sum(asked::integer),"
    " sum(corrected::integer), sum(confirmed::integer), sum(unasked::integer)"
    " from receipts, private.how_read(as_read, receipt, settled), unnest(array['day', 'month']) as span"
    " where state = 'read' group by 1, 2, 3, 4",
}
READ = """'{{"read_by": ["local"], "total": "{total}", "doubts": [{{"kind": "total unclear", "field": "total"}}]}}'"""
CHANGES = (
    "state = (array['waiting', 'read', 'unusable', 'deleted', 'set aside'])[1 + floor(random() * 5)]",
    "total = nullif(floor(random() * 4), 3), state = 'read'",
    "merchant = (array['Rewe', 'Aldi', null, repeat('long', 90)])[1 + floor(random() * 4)]",
    "category = (array['groceries', 'fuel', null])[1 + floor(random() * 3)]",
    "currency = (array['EUR', 'USD', null])[1 + floor(random() * 3)]",
    "bought_on = case when random() < 0.8 then date '2026-01-25' + floor(random() * 20)::integer end",
    "problem = 'blurred'",
    f"state = 'read', as_read = {READ.format(total=1)}, receipt = {READ.format(total=1)}",
    f"receipt = {READ.format(total=2)}",
    "receipt = case when random() < 0.5 then as_read end",
    "as_read = receipt",
    "sent_on = date '2026-01-30' + floor(random() * 4)::integer",
    "as_read = '{}', receipt = '{\"total\": \"1\"}', state = 'read'",
    "settled = case when random() < 0.5 then array['total unclear'] else '{}' end",
)


async def differences(owner: Connection) -> list[object]:
    """Return what is kept and was not counted, and the other way round."""
    found: list[object] = []
    for table, plain in PLAIN.items():
        kept = f"select * from {table} where receipts <> 0 or '{table}' <> 'tallies'"
        for less in (f"({kept}) except ({plain})", f"({plain}) except ({kept})"):
            found += await (await owner.execute(less.encode())).fetchall()
    return found


async def open_one(owner: Connection, account: UUID, source: str) -> None:
    """Open a receipt."""
    await owner.execute("select private.open_receipt(%s, 'photo', %s, '2026-01-31')", [account, source])


async def change_some(owner: Connection, dice: random.Random, accounts: list[UUID]) -> None:
    """Do one random thing to one receipt or to several."""
    chosen = "id in (select id from receipts order by random() limit 1 + floor(random() * 3))"
    match dice.randrange(10):
        case 0 | 1:
            await open_one(owner, dice.choice(accounts), str(dice.random()))
        case 2:
            await owner.execute(f"delete from receipts where {chosen}".encode())
        case 3:
            await owner.execute(f"update receipts set account_id = %s where {chosen}".encode(), [dice.choice(accounts)])
        case _:
            await owner.execute(f"update receipts set {dice.choice(CHANGES)} where {chosen}".encode())


@pytest.mark.parametrize("seed", range(3))
async def test_tallies_are_right_whatever_happens(stores: Stores, seed: int) -> None:
    """Hundreds of openings, corrections, moves and deletions in transactions of any length, some rolled back."""
    dice = random.Random(seed)
    accounts = [(await stores.accounts.of(TelegramUser(number, "Ada"))).id for number in range(3)]
    async with as_owner(stores) as owner:
        await owner.commit()
        await owner.execute(f"select setseed(0.{seed})".encode())
        for number in range(30):
            await open_one(owner, dice.choice(accounts), f"first {number}")
        for _ in range(100):
            for _ in range(dice.randrange(1, 8)):
                await change_some(owner, dice, accounts)
            await (owner.rollback() if dice.random() < 0.1 else owner.commit())
            assert await differences(owner) == []
        await owner.execute("select private.tally_anew()")
        assert await differences(owner) == []


async def test_an_account_takes_its_tallies_with_it(stores: Stores, account: Account) -> None:
    """Also when its receipts were changed just before."""
    async with as_owner(stores) as owner:
        await open_one(owner, account.id, "a")
        await owner.commit()
        await owner.execute("update receipts set state = 'read', total = 3")
        await owner.execute("delete from accounts")
        await owner.commit()
        assert await differences(owner) == []
        assert await (await owner.execute("table tallies")).fetchall() == []


async def test_receipts_saved_at_once_are_all_counted(stores: Stores, account: Account) -> None:
    """Several workers save receipts of one account in the same moment."""

    async def save(number: int) -> None:
        opened = await stores.ledger.open(account.id, "photo", str(number), date(2026, 1, 31))
        filed = await stores.ledger.find(account.id, opened)
        assert filed is not None
        receipt = Receipt(merchant="Rewe", currency="EUR", total=Decimal(2), category=Category.GROCERIES)
        await stores.ledger.save(replace(filed, state=State.READ, receipt=receipt), None)

    await asyncio.gather(*(save(number) for number in range(40)))
    async with as_owner(stores) as owner:
        assert await differences(owner) == []
    assert (await stores.ledger.newest(account.id, 1, 0))[1] == 40
    assert await stores.ledger.waiting(account.id) == 0


async def test_nobody_waits_for_a_receipt_while_another_waits_for_tallies(stores: Stores, account: Account) -> None:
    """One transaction changes two receipts while another saves the second: neither is refused."""
    async with as_owner(stores) as one, as_owner(stores) as other:
        for source in "ab":
            await open_one(one, account.id, source)
        await one.commit()
        await one.execute("update receipts set state = 'read', total = 1 where source = 'a'")
        await other.execute("update receipts set state = 'read', total = 1 where source = 'b'")
        waiting = asyncio.create_task(one.execute("update receipts set total = 2 where source = 'b'"))
        await asyncio.sleep(0.2)
        await other.commit()
        await waiting
        await one.commit()
        assert await differences(one) == []


DAYS = [date(2023, 10, 1), date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 31), date(2024, 4, 15)]
LATER = [date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 30), date.max]
MONTHS = {"year": 12, "quarter": 3, "month": 1}


@pytest.mark.parametrize("until", [*DAYS, *LATER])
@pytest.mark.parametrize("since", [date.min, *DAYS, date(9999, 12, 30)])
def test_a_period_is_cut_without_gaps_or_overlaps(since: date, until: date) -> None:
    """Each piece follows the one before, and holds whole years, quarters or months, or fewer days than a month."""
    cut = pieces(since, until)
    days = [(piece.first.toordinal(), piece.last.toordinal()) for piece in cut]
    assert [first for first, _ in days[1:]] == [last + 1 for _, last in days[:-1]]
    assert not cut or (cut[0].first, cut[-1].last) == (since, until)
    assert bool(cut) == (since <= until)
    for piece in cut:
        if piece.span == "day":
            assert (piece.last - piece.first).days < 60
        else:
            months = MONTHS[piece.span]
            assert (piece.first.day, (piece.first.month - 1) % months, piece.last.month % months) == (1, 0, 0)
            assert piece.last == date.max or (piece.last + timedelta(days=1)).day == 1


async def test_sums_are_those_of_the_rows_whatever_the_period(stores: Stores, account: Account) -> None:
    """Receipts on every day of two years, added up over random periods."""
    async with as_owner(stores) as owner:
        await owner.execute(
            "insert into receipts (account_id, source, photo, sent_on, state, currency, merchant, category, total)"
            " select %s, day::text, '', date '2024-01-01' + day, 'read', 'EUR', 'Rewe', 'fuel', day"
            " from generate_series(0, 730) as day",
            [account.id],
        )
    dice = random.Random(7)
    for _ in range(60):
        first, last = sorted(dice.choices(range(-40, 770), k=2))
        since, until = (date(2024, 1, 1) + timedelta(days=day) for day in (first, last))
        found = await stores.ledger.sums(account.id, since, until)
        spent = [day for day in range(731) if first <= day <= last]
        assert [(one.receipts, one.total) for one in found] == ([(len(spent), Decimal(sum(spent)))] if spent else [])
