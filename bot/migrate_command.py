"""`snapspend migrate`: prepares a database of yours for the application, as its owner."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from core.adapters.migrate import APPLICATION, migrate_as
from core.errors import Misconfigured, Unavailable
from core.settings import Settings

EPILOG = """examples:
  DATABASE_OWNER_URL=postgresql://postgres.abcd:…@….pooler.supabase.com:5432/postgres snapspend migrate --new-password
  DATABASE_OWNER_URL=postgresql://postgres@/receipts snapspend migrate

It applies what is missing and leaves what is there; run it again after every new version. `snapspend up` with its own
database does this by itself.
"""


def add_parser(commands: Any) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "migrate",
        help="prepare a database of yours, as its owner",
        description="Makes tables, row security and the role that the application logs in as (snapspend_app).",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--new-password", action="store_true", help="give snapspend_app a new password and print its DATABASE_URL"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Migrate and say what was done. Raises Misconfigured or Unavailable."""
    settings = Settings.from_environment()
    owner = settings.database_owner_url
    if owner is None:
        raise Misconfigured(faults="DATABASE_OWNER_URL is not set; in Supabase: Connect, Session pooler")
    applied = asyncio.run(migrate_as(owner))
    sys.stdout.write(f"Applied: {', '.join(applied)}.\n" if applied else "The database is up to date.\n")
    if settings.supabase_url and asyncio.run(make_bucket(settings)):
        sys.stdout.write(f"Made the private bucket {settings.supabase_bucket}.\n")
    if arguments.new_password:
        sys.stdout.write(f"DATABASE_URL={new_password(owner)}\n")
    return 0


async def make_bucket(settings: Settings) -> bool:
    """Make the bucket of the photos unless it is there, and tell whether it was made. Raises Unavailable."""
    from core.adapters.supabase_photos import prepare_bucket
    from core.adapters.supabase_project import open_project

    async with open_project(settings) as project:
        return await prepare_bucket(project)


def new_password(owner: str) -> str:
    """Give the application's role a password and return the address it logs in at. Raises Unavailable."""
    password = secrets.token_urlsafe(24)
    statement = sql.SQL("alter role {} password {}").format(sql.Identifier(APPLICATION), sql.Literal(password))
    try:
        with psycopg.connect(owner, autocommit=True, connect_timeout=10) as connection:
            connection.execute(statement)
    except psycopg.OperationalError as error:
        raise Unavailable("the database of DATABASE_OWNER_URL does not answer") from error
    return address_of_application(owner, password)


def address_of_application(owner: str, password: str) -> str:
    """Return the owner's address with the application's role; Supabase's pooler wants `role.project` as the name."""
    parts = urlsplit(owner)
    _, dot, project = (parts.username or "").partition(".")
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{APPLICATION}{dot}{project}:{password}@{place}"))
