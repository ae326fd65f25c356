"""A database full of receipts for the bench of the ledger: five years of one large account and of many others."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from uuid import UUID

from core.adapters.database import Connection
from core.receipt import Category, Doubt, DoubtKind, LineItem, Receipt
from core.search_words import different_words

LARGE, SMALL = UUID("00000001-0000-4000-8000-000000000000"), UUID("00000002-0000-4000-8000-000000000000")
"""The account with a fifth of all receipts, and one of the many with about 1,000."""
TODAY = date(2026, 11, 20)
OTHERS_HAVE = 1_000
TEMPLATES = 20_000
MERCHANTS = 400
VOCABULARY = 15_000
SYLLABLES = [consonant + vowel for consonant in "bklmnrst" for vowel in "aeio"]
CURRENCIES = {"EUR": 92, "USD": 5, "CHF": 2, "GBP": 1}

TEMPLATE = """
create temporary table templates (
    id serial primary key, merchant text, category text, currency text, total numeric, receipt jsonb, named text,
    printed text
)"""
OPEN = """
insert into public.accounts (id, email)
select (lpad(to_hex(number), 8, '0') || '-0000-4000-8000-000000000000')::uuid, number || '@example.org'
from generate_series(1, %(others)s + 1) as number
"""
FILL = """
insert into public.receipts (account_id, source, photo, sent_on, opened_at, read_at, state, merchant, category,
    bought_on, due_on, currency, total, receipt, named, printed, as_read)
select (lpad(to_hex(case when number %% 5 = 0 then 1 else 2 + number / 5 %% %(others)s end), 8, '0')
        || '-0000-4000-8000-000000000000')::uuid,
    'bench:' || number, 'photo ' || number, day, day + interval '1 second' * (number %% 86400), now(),
    case when number %% 50 = 7 then 'deleted' when number %% 997 = 3 then 'unusable'
        when number %% 5003 = 1 then 'waiting' else 'read' end,
    merchant, category, day, case when number %% 40 = 3 then day + 30 end, currency, total + number %% 100, receipt,
    named, printed,
    -- short, and never the whole receipt: some field or other was corrected in each
    jsonb_build_object('merchant', merchant, 'currency', currency, 'category', category, 'kind', 'receipt')
        - (array['merchant', 'currency', 'category', 'kind', 'none'])[1 + number / 5 %% 5]
from (
    select number, %(today)s::date - floor(random() * 1826)::integer as day,
        1 + floor(random() * %(templates)s)::integer as template
    from generate_series(1, %(receipts)s) as number
) as drawn join templates on id = template
order by day
"""


def word(number: int) -> str:
    """Return a made-up word; different numbers give different words."""
    number, letters = number + len(SYLLABLES), ""
    while number:
        number, at = divmod(number, len(SYLLABLES))
        letters += SYLLABLES[at]
    return letters


def common(values: int) -> list[float]:
    """Return cumulative weights by which the first value is the commonest, as words and merchants are (Zipf)."""
    return list(accumulate(1 / (rank + 1) for rank in range(values)))


def templates(dice: random.Random) -> Iterator[tuple[object, ...]]:
    """Yield what receipts say: a merchant, some items, and the words printed around them."""
    words, frequent = [word(number) for number in range(VOCABULARY)], common(VOCABULARY)
    merchants, visited = [f"{word(number)} {word(7 * number)} GmbH" for number in range(MERCHANTS)], common(MERCHANTS)
    kinds, currencies = list(Category), dice.choices(list(CURRENCIES), list(CURRENCIES.values()), k=MERCHANTS)
    for _ in range(TEMPLATES):
        shop = dice.choices(range(MERCHANTS), cum_weights=visited)[0]
        drawn = dice.choices(words, cum_weights=frequent, k=dice.randrange(20, 70))
        items = tuple(LineItem(description=" ".join(drawn[at : at + 2])) for at in range(0, 12, 2))
        doubts = (Doubt(kind=DoubtKind.TOTAL_UNCLEAR, field="total"),) if dice.random() < 0.03 else ()
        receipt = Receipt(
            merchant=merchants[shop],
            category=kinds[shop % len(kinds)],
            currency=currencies[shop],
            items=items,
            doubts=doubts,
        )
        total = dice.randrange(100, 9_999) / 100
        named = different_words([receipt.merchant, *(item.description for item in items)])
        printed = different_words([merchants[shop], *drawn, f"{total} total"])
        body = json.dumps(receipt.model_dump(mode="json"))
        yield (receipt.merchant, receipt.category, receipt.currency, total, body, named, printed)


async def fill(owner: Connection, receipts: int) -> None:
    """Fill a migrated database; indexes and tallies are made when all rows are there."""
    await owner.execute("set synchronous_commit = off")
    await owner.execute("set maintenance_work_mem = '1GB'")
    await owner.execute(TEMPLATE)
    async with owner.cursor().copy(
        "copy templates (merchant, category, currency, total, receipt, named, printed) from stdin"
    ) as copy:
        for row in templates(random.Random(7)):
            await copy.write_row(row)
    values = {"receipts": receipts, "others": max(1, receipts * 4 // 5 // OTHERS_HAVE), "today": TODAY}
    await owner.execute("select setseed(0.5)")
    await owner.execute(OPEN, values)
    indexes = await _drop_indexes(owner)
    await owner.execute("alter table public.receipts disable trigger user")
    await owner.execute(FILL, {**values, "templates": TEMPLATES})
    await owner.execute("alter table public.receipts enable trigger user")
    for index in indexes:
        await owner.execute(index.encode())
    await owner.execute("select private.tally_anew()")
    await owner.commit()
    await owner.set_autocommit(True)
    await owner.execute("vacuum analyze")


async def _drop_indexes(owner: Connection) -> list[str]:
    """Drop the indexes of the receipts that are no constraints, and return the statements that make them again."""
    found = await owner.execute(
        "select indexname as name, indexdef as made from pg_indexes where schemaname = 'public'"
        " and tablename = 'receipts' and indexname not in (select conname from pg_constraint)"
    )
    indexes = await found.fetchall()
    for index in indexes:
        await owner.execute(f"drop index public.{index['name']}".encode())
    return [index["made"] for index in indexes]
