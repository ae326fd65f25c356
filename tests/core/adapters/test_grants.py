"""Who may do what by the catalogue: on the embedded PostgreSQL, and on a project that is made like Supabase's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from psycopg.rows import dict_row

from core.accounts import TelegramUser
from core.adapters.embedded_postgres import EmbeddedPostgres
from core.adapters.migrate import migrate_as
from core.adapters.wiring import Stores, open_stores
from core.errors import Misconfigured
from core.ports import State
from core.receipt import Receipt
from core.searching import Wanted
from core.settings import Settings
from tests.grants import holes
from tests.owner import as_owner

OWNER = "supabase_like_owner"
PROJECT = f"""
create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role {OWNER} login createrole createdb bypassrls replication;
grant anon, authenticated, service_role to {OWNER} with admin option;
create schema auth;
create function auth.uid() returns uuid language sql stable as
    $$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
grant usage on schema auth to anon, authenticated, service_role, {OWNER};
alter database postgres owner to {OWNER};
grant usage on schema public to anon, authenticated, service_role;
alter default privileges for role {OWNER} in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role {OWNER} in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges for role {OWNER} in schema public grant all on sequences to anon, authenticated, service_role;
"""
"""A new project as Supabase makes it: its owner is no superuser, and whatever it makes in `public` is for everybody."""


async def test_nobody_may_more_than_they_need(stores: Stores) -> None:
    """Forced row security, policies that ask who it is, no grants for anon, no function for everybody."""
    async with as_owner(stores) as owner:
        assert await holes(owner) == []


async def test_nothing_is_granted_by_default(stores: Stores) -> None:
    """What a later migration makes is nobody's until it says whose."""
    async with as_owner(stores) as owner:
        assert await (await owner.execute("select * from pg_default_acl")).fetchall() == []


@pytest.mark.parametrize(
    "mistake",
    [
        "create table public.later (account_id uuid)",
        "create table private.later (id integer)",
        "create view public.later as select * from public.receipts",
        "create function public.later() returns integer language sql as 'select 1'",
        "create function private.later() returns integer language sql security definer as 'select 1';"
        " revoke all on function private.later() from public",
        "alter table public.links no force row level security",
        "create policy later on public.links for select to authenticated using (true)",
        "create policy later on public.links for insert to authenticated with check (true)",
        "create policy later on public.links for select to anon using (account_id = (select auth.uid()))",
        "grant select (name) on public.links to anon",
        "grant truncate on public.links to authenticated",
        "grant select on public.links to snapspend_app",
        "grant usage on schema private to authenticated",
        "grant service_role to snapspend_app",
        "grant execute on all functions in schema private to snapspend_app",
        "create sequence public.later; grant usage on sequence public.later to public",
    ],
)
async def test_a_mistake_in_a_later_migration_is_seen(stores: Stores, mistake: str) -> None:
    """Each of these opens a hole."""
    async with as_owner(stores) as owner:
        await owner.execute(mistake.encode())
        assert await holes(owner) != []
        await owner.rollback()


@pytest.fixture(scope="module")
def project() -> Iterator[str]:
    """Run a PostgreSQL of its own, made like a new project of Supabase's, and give its owner's address."""
    folder = TemporaryDirectory(prefix="snapspend-", ignore_cleanup_errors=True)
    with folder as path, EmbeddedPostgres(Path(path) / "postgres") as address:
        with psycopg.connect(address, autocommit=True) as mighty:
            mighty.execute(PROJECT.encode())
        yield address.replace("postgres@", f"{OWNER}@", 1)


@pytest.fixture
async def opened(project: str, tmp_path: Path) -> AsyncIterator[Stores]:
    """Give the stores over the project's database, prepared by its owner."""
    await migrate_as(project)
    url = project.replace(f"{OWNER}@", "snapspend_app@", 1)
    async with open_stores(Settings.from_environment({"DATABASE_URL": url, "SNAPSPEND_DATA": str(tmp_path)})) as stores:
        yield stores


async def test_an_owner_who_is_no_superuser_prepares_a_project(opened: Stores) -> None:
    """A receipt is filed, found, summed, and moves when its chat is linked."""
    guest = await opened.accounts.of(TelegramUser(7, "Ada"))
    receipt = await opened.ledger.open(guest.id, "photo", "chat:1", date(2026, 11, 20))
    filed = await opened.ledger.find(guest.id, receipt)
    assert filed is not None
    bought = Receipt(merchant="Café Löwe", currency="EUR", total=Decimal("3.50"))
    await opened.ledger.save(replace(filed, state=State.READ, receipt=bought), None)
    found = await opened.search.search(guest.id, Wanted("lowe"))
    assert [entry.id for entry in found.receipts] == [receipt]
    days = await opened.ledger.by_day(guest.id, date(2026, 1, 1), date(2026, 12, 31))
    assert [day.total for day in days] == [Decimal("3.50")]


async def test_a_project_that_grants_everything_by_default_has_no_holes(opened: Stores, project: str) -> None:
    """Supabase's default privileges give what is made in `public` to everybody; the migrations take it back."""
    async with await psycopg.AsyncConnection.connect(project, row_factory=dict_row) as owner:
        assert await holes(owner) == []


async def test_the_owner_is_refused_as_the_application(opened: Stores, project: str, tmp_path: Path) -> None:
    """It looks beyond row security."""
    settings = Settings.from_environment({"DATABASE_URL": project, "SNAPSPEND_DATA": str(tmp_path)})
    with pytest.raises(Misconfigured):
        async with open_stores(settings):
            pass
