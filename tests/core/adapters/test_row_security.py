"""Attacks on another account's rows: every table and every verb, by everybody who may come in at the database."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import ForeignKeyViolation, InsufficientPrivilege, UniqueViolation

from core.accounts import TelegramUser
from core.adapters.database import Connection, owned, transaction
from core.adapters.wiring import Stores
from core.albums import Part
from core.ports import State
from core.receipt import Line, Reading, Receipt
from tests.cloud_rows import add_cloud_rows
from tests.owner import as_owner

SENT = date(2026, 11, 20)
SCHEMAS = ["public", "private", "jobs"]
BOUGHT = Receipt(merchant="Café Löwe", currency="EUR", total=Decimal("3.50"))
EVE, CLAIMLESS, EMPTY = "another account", "authenticated without claims", "authenticated with empty claims"
ANON, APPLICATION = "anon", "the application without an account"
Values = Sequence[object] | Mapping[str, object] | None
WHO = [EVE, CLAIMLESS, EMPTY, ANON, APPLICATION]


class Attack:
    """The owner's connection, which takes an attacker's place for a statement and then looks at what it did."""

    def __init__(self, owner: Connection, victim: UUID, eve: UUID, who: str = EVE) -> None:
        """Take who attacks whom."""
        self.owner, self.victim, self.eve, self.who = owner, victim, eve, who

    async def become(self) -> None:
        """Take the attacker's place."""
        role = {ANON: "anon", APPLICATION: "snapspend_app"}.get(self.who, "authenticated")
        subject = json.dumps({"sub": str(self.eve), "role": role})
        claims = {EVE: subject, EMPTY: json.dumps({"role": role})}.get(self.who, "")
        await self.owner.execute(
            "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)", [role, claims]
        )

    async def run(self, statement: sql.Composable | str, values: Values = None) -> list[dict[str, object]]:
        """Run a statement in the attacker's place and return its rows; what is refused changes nothing."""
        query = statement.encode() if isinstance(statement, str) else statement.as_bytes(self.owner)
        async with self.owner.transaction():
            await self.become()
            done = await self.owner.execute(query, values)
            rows = await done.fetchall() if done.description else []
            await self.owner.execute("select set_config('role', 'none', true)")
        return rows

    async def refused(self, statement: sql.Composable | str, values: Values = None) -> bool:
        """Tell whether the attacker is refused."""
        try:
            await self.run(statement, values)
        except InsufficientPrivilege:
            return True
        return False

    async def rows(self, table: sql.Composable) -> list[str]:
        """Return all rows of a table that are not the attacker's, each with where it lies and who wrote it last."""
        await self.owner.execute("select set_config('role', 'none', true)")
        found = await self.owner.execute(
            sql.SQL("select ctid::text || xmin::text || to_jsonb(it)::text as row from {} as it order by 1").format(
                table
            )
        )
        return [row["row"] for row in await found.fetchall() if str(self.eve) not in row["row"]]


async def filled(stores: Stores, person: int) -> UUID:
    """Give somebody a row in every table of accounts' data, and two receipts without a reading."""
    account = (await stores.accounts.of(TelegramUser(person, f"Person {person}"))).id
    for number in range(3):
        source = f"chat:{person}:{number}"
        receipt = await stores.albums.gather(account, f"photo {person}", Part(f"album {person}", number, source), SENT)
        filed = await stores.ledger.find(account, receipt)
        assert filed is not None
        reading = Reading(lines=(Line(text="TOTAL 3.50"),)) if number == 0 else None
        await stores.ledger.save(replace(filed, state=State.READ, receipt=BOUGHT), reading)
    await add_cloud_rows(stores, account, receipt)
    return account


@pytest.fixture
async def attack(stores: Stores) -> AsyncIterator[Attack]:
    """Give an attack of Eve's on somebody who has rows in every table of accounts' data; Eve has her own."""
    victim, eve = await filled(stores, 7), await filled(stores, 8)
    async with as_owner(stores) as owner:
        yield Attack(owner, victim, eve)
        await owner.rollback()


async def tables(owner: Connection) -> list[sql.Identifier]:
    """Return every table and view there is in our schemas, whichever migration made it."""
    found = await owner.execute(
        "select relnamespace::regnamespace::text as schema, relname as name from pg_class"
        " where relnamespace::regnamespace::text = any(%s) and relkind in ('r', 'p', 'v', 'm', 'f')",
        [SCHEMAS],
    )
    return [sql.Identifier(row["schema"], row["name"]) for row in await found.fetchall()]


async def columns(owner: Connection, table: sql.Identifier) -> list[str]:
    """Return a table's columns that may be written."""
    found = await owner.execute(
        "select attname as name from pg_attribute where attrelid = %s::regclass and attnum > 0"
        " and not attisdropped and attgenerated = '' order by attnum",
        [table.as_string(owner)],
    )
    return [row["name"] for row in await found.fetchall()]


def is_public(table: sql.Identifier) -> bool:
    """Tell whether it is a table of accounts' data."""
    return table._obj[0] == "public"


async def test_the_attacks_have_something_to_find(attack: Attack) -> None:
    """Each table of accounts' data has rows of the victim: fill a new one in `filled`."""
    for table in await tables(attack.owner):
        if is_public(table):
            assert any(str(attack.victim) in row for row in await attack.rows(table)), table


@pytest.mark.parametrize("who", WHO)
async def test_nobody_reads_anothers_rows(attack: Attack, who: str) -> None:
    """Whole tables, single rows, locks and copies."""
    attack.who = who
    for table in await tables(attack.owner):
        for statement in (
            "select to_jsonb(it)::text as row from {} as it",
            "select ctid, count(*) as row from {} group by 1",
        ):
            try:
                seen = await attack.run(sql.SQL(statement).format(table))
            except InsufficientPrivilege:
                continue
            if is_public(table) or who != APPLICATION:
                assert who == EVE or seen == [], (table, who)
                assert str(attack.victim) not in str(seen), table
        assert is_public(table) or who == APPLICATION or await attack.refused(sql.SQL("table {}").format(table)), table


@pytest.mark.parametrize("who", WHO)
async def test_nobody_changes_or_deletes_anothers_rows(attack: Attack, who: str) -> None:
    """Each column of each table, without WHERE: not even a write that changes nothing reaches the victim's rows."""
    attack.who = who
    for table in [table for table in await tables(attack.owner) if is_public(table) or who != APPLICATION]:
        before = await attack.rows(table)
        verbs = [sql.SQL("delete from {}").format(table), sql.SQL("truncate {} cascade").format(table)]
        verbs += [sql.SQL("select from {} for update").format(table)]
        for column in map(sql.Identifier, await columns(attack.owner, table)):
            verbs.append(sql.SQL("update {} set {} = {}").format(table, column, column))
            verbs.append(sql.SQL("update {} set {} = default").format(table, column))
        for verb in verbs:
            try:
                await attack.run(verb)
            except (InsufficientPrivilege, psycopg.IntegrityError):
                continue
            assert before == await attack.rows(table), (table, verb)


@pytest.mark.parametrize("who", WHO)
async def test_nobody_adds_rows_to_another_account(attack: Attack, who: str) -> None:
    """A copy of each of the victim's rows with other keys is refused before any key is looked at."""
    attack.who = who
    for table in await tables(attack.owner):
        if not is_public(table):
            assert who == APPLICATION or await attack.refused(sql.SQL("insert into {} default values").format(table))
            continue
        found = await attack.owner.execute(sql.SQL("select to_jsonb(it) as row from {} as it").format(table))
        row = next(each["row"] for each in await found.fetchall() if str(attack.victim) in str(each["row"]))
        for fresh in ({}, {"id": str(uuid4()), "receipt_id": str(uuid4()), "source": "fresh", "telegram_id": 99}):
            names = await columns(attack.owner, table)
            statement = sql.SQL("insert into {0} ({1}) select {1} from jsonb_populate_record(null::{0}, %s)").format(
                table, sql.SQL(", ").join(map(sql.Identifier, names))
            )
            changed = {**row, **{name: value for name, value in fresh.items() if name in row}}
            assert await attack.refused(statement, [json.dumps(changed)]), (table, fresh)


async def test_nobody_hangs_a_reading_on_anothers_receipt(attack: Attack) -> None:
    """Neither as their own, nor by writing over the one that is there, nor by moving their own there."""
    found = await attack.owner.execute(
        "select id, exists (select from readings where receipt_id = id) as is_read from receipts where account_id = %s",
        [attack.victim],
    )
    before = await attack.rows(sql.Identifier("public", "readings"))
    for row in await found.fetchall():
        insert = "insert into public.readings (receipt_id, account_id, reading) values (%s, %s, '{}')"
        with pytest.raises(UniqueViolation if row["is_read"] else ForeignKeyViolation):
            await attack.run(insert, [row["id"], attack.eve])
        over = insert + " on conflict (receipt_id) do update set reading = excluded.reading"
        with pytest.raises(InsufficientPrivilege if row["is_read"] else ForeignKeyViolation):
            await attack.run(over, [row["id"], attack.eve])
        assert await attack.refused("update public.readings set receipt_id = %s", [row["id"]])
    assert await attack.rows(sql.Identifier("public", "readings")) == before


async def test_nobody_gives_away_a_row_or_takes_anothers_photo(attack: Attack) -> None:
    """Whose a row is, where it came from, and which photo it shows, is written by the application's functions alone."""
    for table in [table for table in await tables(attack.owner) if is_public(table)]:
        for column in ("account_id", "id", "photo", "source", "album", "role", "email", "blocked", "telegram_id"):
            if column in await columns(attack.owner, table):
                statement = sql.SQL("update {} set {} = {}").format(table, *[sql.Identifier(column)] * 2)
                assert await attack.refused(statement), (table, column)


async def test_only_four_functions_can_be_called_and_they_tell_of_oneself(attack: Attack) -> None:
    """Everything that searches an account searches the caller's; see tests/grants.py for who may call what."""
    search = "select ids from public.search_receipts(%s, %s, '-infinity', 'infinity', 1000, 0, 1000)"
    assert str(attack.victim)[:8] != str(attack.eve)[:8]
    mine = await attack.owner.execute("select id from receipts where account_id = %s", [attack.eve])
    own = sorted(row["id"] for row in await mine.fetchall())
    for words in (["cafe"], ["lowe"], ["total"], [""]):
        found = (await attack.run(search, [words, []]))[0]["ids"]
        assert set(found) <= set(own)  # type: ignore[call-overload]
    assert sorted((await attack.run(search, [["cafe"], []]))[0]["ids"]) == own  # type: ignore[call-overload]
    for who in (CLAIMLESS, EMPTY):
        attack.who = who
        assert await attack.run(search, [["cafe"], []]) == [{"ids": []}]
    for who in (ANON, APPLICATION):
        attack.who = who
        assert await attack.refused(search, [["cafe"], []])


@pytest.mark.parametrize("who", [EVE, CLAIMLESS, ANON])
async def test_the_applications_functions_are_out_of_reach(attack: Attack, who: str) -> None:
    """Those that look beyond one account, and the queue's."""
    attack.who = who
    for call in (
        "select private.account_of_person(7)",
        "select private.tie(8, 'Eve', %(victim)s)",
        "select private.set_role(%(eve)s, 'admin')",
        "select private.tally_anew()",
        "select jobs.accept_updates('[]')",
        "create table public.mine (id integer)",
        "create function public.mine() returns integer language sql as 'select 1'",
    ):
        assert await attack.refused(call, {"victim": attack.victim, "eve": attack.eve}), call


async def test_the_application_that_forgets_whose_place_it_takes_is_refused(stores: Stores, attack: Attack) -> None:
    """Over its own login, not only in its place."""
    for table in [table for table in await tables(attack.owner) if is_public(table)]:
        with pytest.raises(InsufficientPrivilege):
            async with transaction(stores.pool) as connection:
                await connection.execute(sql.SQL("select from {}").format(table))
    for role in ("set role postgres", "set role service_role", "set role anon", "set session authorization postgres"):
        with pytest.raises(InsufficientPrivilege):
            async with transaction(stores.pool) as connection:
                await connection.execute(role.encode())
    async with owned(stores.pool, attack.eve) as connection:
        found = await connection.execute("select distinct account_id from receipts")
        assert [row["account_id"] for row in await found.fetchall()] == [attack.eve]


@pytest.mark.parametrize(
    ("hole", "proof"),
    [
        ("create policy later on receipts for select to authenticated using (true)", test_nobody_reads_anothers_rows),
        ("alter table albums disable row level security", test_nobody_reads_anothers_rows),
        (
            "create policy later on receipts for update to authenticated using (true)",
            test_nobody_changes_or_deletes_anothers_rows,
        ),
        (
            "grant delete on readings to authenticated;"
            " create policy later on readings for delete to authenticated using (true)",
            test_nobody_changes_or_deletes_anothers_rows,
        ),
        (
            "grant insert on links to authenticated;"
            " create policy later on links for insert to authenticated with check (true)",
            test_nobody_adds_rows_to_another_account,
        ),
        (
            "create policy later on readings for insert to authenticated with check (true)",
            test_nobody_adds_rows_to_another_account,
        ),
    ],
)
async def test_a_hole_is_seen(attack: Attack, hole: str, proof: Callable[[Attack, str], Awaitable[None]]) -> None:
    """Where there is one, the proofs above fail: what is not refused ends in a broken key, or is found out."""
    await attack.owner.execute(hole.encode())
    with pytest.raises((AssertionError, psycopg.IntegrityError)):
        await proof(attack, EVE)
