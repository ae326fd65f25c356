"""The policy on Supabase's Storage: with the public key one sees one's own photos and writes nothing.

The schema is cut down from Supabase's own: its table of objects, its function and its grants.
"""

from __future__ import annotations

import json
from uuid import UUID

import psycopg
import pytest

from core.adapters.migrate import migrate_as

ADA, BOB = UUID(int=1), UUID(int=2)
STORAGE = """
create role anon nologin noinherit;
create role authenticated nologin noinherit;
create schema storage;
create table storage.objects (id uuid primary key default gen_random_uuid(), bucket_id text, name text);
alter table storage.objects enable row level security;
create function storage.foldername(name text) returns text[] language sql immutable as
    $$ select (string_to_array(name, '/'))[1 : array_length(string_to_array(name, '/'), 1) - 1] $$;
grant usage on schema storage to anon, authenticated;
grant all on storage.objects to anon, authenticated;
"""


@pytest.fixture
async def project_url(empty_database_url: str) -> str:
    """Give a database that has Storage, is migrated, and has photos of two people and another bucket's."""
    statements = STORAGE
    async with await psycopg.AsyncConnection.connect(empty_database_url, autocommit=True) as connection:
        found = await connection.execute("select rolname from pg_roles where rolname in ('anon', 'authenticated')")
        for (name,) in await found.fetchall():
            statements = statements.replace(f"create role {name} nologin noinherit;", "")
        await connection.execute(statements.encode())
        await migrate_as(empty_database_url)
        for bucket, name in (("receipts", f"{ADA}/a"), ("receipts", f"{BOB}/b"), ("others", f"{ADA}/c")):
            await connection.execute("insert into storage.objects (bucket_id, name) values (%s, %s)", [bucket, name])
    return empty_database_url


async def as_role(address: str, role: str, sub: UUID | None, statement: str) -> list[tuple[str, ...]]:
    """Run a statement as Supabase's REST interface does; give its rows."""
    claims = json.dumps({"role": role, **({"sub": str(sub)} if sub else {})})
    async with await psycopg.AsyncConnection.connect(address) as connection:
        await connection.execute(
            "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)", [role, claims]
        )
        done = await connection.execute(statement.encode())
        return await done.fetchall() if done.description else []


@pytest.mark.parametrize(("who", "seen"), [(ADA, [(f"{ADA}/a",)]), (BOB, [(f"{BOB}/b",)]), (UUID(int=3), [])])
async def test_people_see_their_own_photos(project_url: str, who: UUID, seen: list[tuple[str]]) -> None:
    """In the one bucket."""
    assert await as_role(project_url, "authenticated", who, "select name from storage.objects") == seen


async def test_the_public_key_alone_sees_nothing(project_url: str) -> None:
    """Nobody is signed in."""
    assert await as_role(project_url, "anon", None, "select name from storage.objects") == []


@pytest.mark.parametrize(
    "statement",
    [
        "update storage.objects set name = 'x'",
        "delete from storage.objects",
    ],
)
async def test_nobody_changes_or_removes_a_photo(project_url: str, statement: str) -> None:
    """Not even their own: the pages do that."""
    assert await as_role(project_url, "authenticated", ADA, f"with done as ({statement} returning 1) table done") == []
    await as_role(project_url, "authenticated", ADA, statement)
    assert await as_role(project_url, "postgres", None, "select name from storage.objects order by 1") == [
        (f"{ADA}/a",),
        (f"{ADA}/c",),
        (f"{BOB}/b",),
    ]


async def test_nobody_adds_a_photo(project_url: str) -> None:
    """Past the limits of the pages and the chat."""
    statement = f"insert into storage.objects (bucket_id, name) values ('receipts', '{ADA}/x') returning name"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await as_role(project_url, "authenticated", ADA, statement)
