"""Applies the numbered SQL migrations and the queue's schema, once, however many processes start together."""

from __future__ import annotations

from importlib import resources

from procrastinate.schema import SchemaManager

from core.adapters.database import Connection, Pool, transaction

LOCK = 7_276_111  # any fixed number: who holds it applies migrations, the others wait
HISTORY = """
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
    version text primary key, statements text[], name text
)
"""


def migrations() -> list[tuple[str, str, str]]:
    """Return (version, name, SQL) of every migration, oldest first; the form is that of Supabase's command line."""
    folder = resources.files("core.adapters") / "migrations"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return [(*file.name.removesuffix(".sql").split("_", 1), file.read_text("utf-8")) for file in files]  # type: ignore[misc]


async def migrate(pool: Pool) -> list[str]:
    """Apply what is missing in one transaction and return the names applied. Raises Unavailable."""
    async with transaction(pool) as connection:
        await connection.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        await connection.execute(HISTORY)
        found = await connection.execute("select version from supabase_migrations.schema_migrations")
        known = {row["version"] for row in await found.fetchall()}
        applied = [entry for entry in migrations() if entry[0] not in known]
        for version, name, statements in applied:
            await _apply(connection, version, name, statements)
        if await _create_queue(connection):
            applied.append(("", "jobs", ""))
    return [name for _, name, _ in applied]


async def _apply(connection: Connection, version: str, name: str, statements: str) -> None:
    await connection.execute(statements.encode())
    await connection.execute(
        "insert into supabase_migrations.schema_migrations (version, name, statements) values (%s, %s, %s)",
        [version, name, [statements]],
    )


async def _create_queue(connection: Connection) -> bool:
    """Create procrastinate's tables in a schema of their own, unless they are there."""
    found = await connection.execute("select to_regclass('jobs.procrastinate_jobs') as jobs")
    row = await found.fetchone()
    if row is not None and row["jobs"] is not None:
        return False
    await connection.execute("create schema if not exists jobs")
    await connection.execute("set local search_path to jobs, public")
    await connection.execute(SchemaManager.get_schema().encode())
    await connection.execute("set local search_path to public, jobs")
    extras = resources.files("core.adapters") / "queue_extras.sql"
    await connection.execute(extras.read_bytes())
    return True
