"""Applies the numbered migrations and the queue's schema, once, as the database's owner; and tells whether all are."""

from __future__ import annotations

from hashlib import sha256
from importlib import resources

import psycopg
from procrastinate.schema import SchemaManager

from core.adapters.database import Connection, Pool, build_pool, single, transaction
from core.errors import Misconfigured

APPLICATION = "snapspend_app"
"""The role that the application logs in as; see 20261124000001_roles.sql."""

LOCK = 7_276_111  # any fixed number: who holds it applies migrations, the others wait
HISTORY = """
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
    version text primary key, statements text[], name text
)
"""


def migrations() -> list[tuple[str, str, str]]:
    """Return (version, name, SQL) of every migration, oldest first; the form is that of Supabase's command line."""
    folder = resources.files("core.adapters") / "supabase" / "migrations"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return [(*file.name.removesuffix(".sql").split("_", 1), file.read_text("utf-8")) for file in files]  # type: ignore[misc]


async def migrate_as(owner: str) -> list[str]:
    """Migrate the database at an address that logs in as its owner; see `migrate`."""
    pool = build_pool(owner, 1)
    try:
        await pool.open(wait=False)
        return await migrate(pool)
    finally:
        await pool.close()


async def migrate(pool: Pool) -> list[str]:
    """Apply what is missing in one transaction and return the names applied; the pool is the owner's.

    Raises Misconfigured when the pool's role may not do that, Unavailable when the database does not answer.
    """
    try:
        async with transaction(pool) as connection:
            await _check_owner(connection)
            return await _migrate(connection)
    except psycopg.errors.InsufficientPrivilege as error:
        reason = error.diag.message_primary
        raise Misconfigured(faults=f"DATABASE_OWNER_URL does not log in as the owner ({reason})") from None


async def check_migrated(pool: Pool) -> None:
    """See that a pool's role is the application's, and the database is as this version needs it.

    Raises Misconfigured, which says what to do, or Unavailable when the database does not answer.
    """
    async with single(pool) as connection:
        found = await connection.execute(
            "select rolsuper or rolbypassrls or rolinherit as mighty,"
            " to_regprocedure('private.applied()') is null as empty"
            " from pg_roles where rolname = current_user"
        )
        row = await found.fetchone()
        if row is None or row["empty"]:
            raise Misconfigured(faults="the database is not prepared; run `snapspend migrate`")
        if row["mighty"]:
            raise Misconfigured(
                faults=f"DATABASE_URL logs in as a role that may see everything; let it log in as {APPLICATION} "
                "(`snapspend migrate --new-password` prints the address)"
            )
        applied = {row["applied"] for row in await (await connection.execute("select private.applied()")).fetchall()}
    missing = [name for version, name, _ in migrations() if version not in applied]
    if missing:
        raise Misconfigured(faults=f"the database lacks {', '.join(missing)}; run `snapspend migrate`")


async def _check_owner(connection: Connection) -> None:
    """See that functions of this role can look beyond row security. Raises Misconfigured."""
    found = await connection.execute(
        "select rolsuper or rolbypassrls as able from pg_roles where rolname = current_user"
    )
    row = await found.fetchone()
    if row is None or not row["able"]:
        raise Misconfigured(faults="DATABASE_OWNER_URL must log in as the owner with BYPASSRLS (Supabase: postgres)")


async def _migrate(connection: Connection) -> list[str]:
    await connection.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    await connection.execute(HISTORY)
    found = await connection.execute("select version from supabase_migrations.schema_migrations")
    known = {row["version"] for row in await found.fetchall()}
    missing = [entry for entry in migrations() if entry[0] not in known]
    for version, name, statements in missing:
        await _apply(connection, version, name, statements)
    queue = await _create_queue(connection)
    return [*(name for _, name, _ in missing), *queue]


async def _apply(connection: Connection, version: str, name: str, statements: str) -> None:
    await connection.execute(statements.encode())
    await connection.execute(
        "insert into supabase_migrations.schema_migrations (version, name, statements) values (%s, %s, %s)",
        [version, name, [statements]],
    )


async def _create_queue(connection: Connection) -> list[str]:
    """Create procrastinate's tables in a schema of their own unless they are there, and bring our part up to date."""
    extras = (resources.files("core.adapters") / "queue_extras.sql").read_bytes()
    mark = sha256(extras).hexdigest()
    found = await connection.execute(
        "select to_regclass('jobs.procrastinate_jobs') is not null as there,"
        " obj_description(to_regnamespace('jobs'), 'pg_namespace') as mark"
    )
    row = await found.fetchone() or {"there": False, "mark": None}
    if row["mark"] == mark:
        return []
    if not row["there"]:
        await connection.execute("create schema if not exists jobs")
        await connection.execute("set local search_path to jobs, public")
        await connection.execute(SchemaManager.get_schema().encode())
        await connection.execute("set local search_path to public, private, jobs")
    await connection.execute(extras)
    await connection.execute(f"comment on schema jobs is '{mark}'".encode())
    return ["jobs"]
