"""A database that an older version filled is prepared for this one, with all that is in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import psycopg
from procrastinate.schema import SchemaManager

from core.accounts import TelegramUser
from core.adapters.migrate import HISTORY, migrations
from core.adapters.wiring import open_stores
from core.ports import State
from core.searching import Wanted
from core.settings import Settings
from tests.owner import prepared

FIRST_OF_NOW = "20261124"
FILLED = """
insert into accounts (id, language) values ('00000000-0000-0000-0000-000000000001', 'de');
insert into links (telegram_id, account_id, name) values (7, '00000000-0000-0000-0000-000000000001', 'Ada');
insert into albums (source, account_id) values ('album', '00000000-0000-0000-0000-000000000001');
insert into receipts (account_id, source, photo, sent_on, state, merchant, bought_on, currency, total, receipt, album)
values ('00000000-0000-0000-0000-000000000001', 'a', 'k/1', '2026-11-20', 'read', 'Corner Bakery', '2026-11-19', 'EUR',
        10.45, '{"merchant": "Corner Bakery", "currency": "EUR", "total": "10.45"}', 'album'),
       ('00000000-0000-0000-0000-000000000001', 'b', 'k/2', '2026-11-20', 'waiting', null, null, null, null, null,
        null);
insert into readings (receipt_id, reading)
select id, '{"lines": [{"text": "Sourdough"}], "pages": [], "reader": "x"}' from receipts where source = 'a';
insert into updates (bot_id, update_id, body) values (1, 5, '{"update_id": 5}');
insert into answers (source, chat_id, message_id) values ('a', 7, 3);
"""


async def filled_by_the_version_before(owner: str) -> None:
    """Apply what the version of 2026-11-23 had, with rows in every table that matters."""
    async with await psycopg.AsyncConnection.connect(owner, autocommit=True) as connection:
        await connection.execute(HISTORY.encode())
        for version, name, statements in migrations():
            if version < FIRST_OF_NOW:
                await connection.execute(statements.encode())
                await connection.execute(
                    "insert into supabase_migrations.schema_migrations (version, name) values (%s, %s)", [version, name]
                )
        await connection.execute(FILLED)
        await connection.execute("create schema jobs")
        await connection.execute("set search_path to jobs")
        await connection.execute(SchemaManager.get_schema().encode())


async def test_everything_of_before_is_there_and_counts(empty_database_url: str, tmp_path: Path) -> None:
    """The account, its receipts, sums, words, readings, updates and answers."""
    await filled_by_the_version_before(empty_database_url)
    database = await prepared(empty_database_url)
    settings = Settings.from_environment({"DATABASE_URL": database, "SNAPSPEND_DATA": str(tmp_path)})
    async with open_stores(settings) as stores:
        account = await stores.accounts.of(TelegramUser(7, "Ada"))
        assert (account.language, account.is_guest) == ("de", True)
        receipts, count = await stores.ledger.newest(account.id, 10, 0)
        assert (count, receipts[0].state, await stores.ledger.waiting(account.id)) == (1, State.READ, 1)
        reading = await stores.ledger.reading(account.id, receipts[0].id)
        assert reading is not None
        assert reading.text == "Sourdough"
        for word in ("bakery", "sourdough"):
            assert (await stores.search.search(account.id, Wanted(text=word))).count == 1, word
        sums = await stores.ledger.sums(account.id, date(2026, 11, 1), date(2026, 11, 30))
        assert [str(one.total) for one in sums] == ["10.45"]
        assert await stores.inbox.fetch(1, 5) == {"update_id": 5}
        assert await stores.replies.receipt_in(account.id, 7, 3) == receipts[0].id
        assert await stores.albums.find(account.id, "album") is not None
