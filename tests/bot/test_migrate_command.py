"""`snapspend migrate`: a database of yours is prepared by its owner, and the application gets a role of its own."""

from __future__ import annotations

import psycopg
import pytest

from bot.cli import main
from bot.migrate_command import address_of_application
from core.adapters.wiring import open_stores
from core.errors import Misconfigured
from core.settings import Settings
from tests.owner import as_application


def test_the_address_is_the_owners_with_another_name_and_password() -> None:
    """Supabase's pooler wants the project's reference behind the role's name."""
    owner = "postgresql://postgres.abcd:old@aws-0-eu.pooler.supabase.com:5432/postgres?sslmode=require"
    wanted = "postgresql://snapspend_app.abcd:new@aws-0-eu.pooler.supabase.com:5432/postgres?sslmode=require"
    assert address_of_application(owner, "new") == wanted


def test_a_socket_needs_no_host() -> None:
    """As in `postgresql://postgres@/receipts?host=/run`."""
    assert (
        address_of_application("postgresql://postgres@/x?host=/run", "p") == "postgresql://snapspend_app:p@/x?host=/run"
    )


def test_it_prepares_and_prints_the_address_once(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second time there is nothing to do."""
    monkeypatch.setenv("DATABASE_OWNER_URL", empty_database_url)
    assert main(["migrate", "--new-password"]) == 0
    applied, address = capsys.readouterr().out.splitlines()
    assert "ledger" in applied
    with psycopg.connect(address.removeprefix("DATABASE_URL=")) as connection:
        row = connection.execute("select current_user").fetchone()
    assert row == ("snapspend_app",)
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out == "The database is up to date.\n"


async def test_a_database_that_is_not_prepared_is_told_in_a_sentence(empty_database_url: str) -> None:
    """At the start of every part."""
    settings = Settings.from_environment({"DATABASE_URL": as_application(empty_database_url)})
    with pytest.raises(Misconfigured, match="snapspend migrate"):
        async with open_stores(settings):
            pass


async def test_a_role_that_sees_everything_is_refused(owner_url: str) -> None:
    """Row security would protect nobody from a mistake of ours."""
    settings = Settings.from_environment({"DATABASE_URL": owner_url})
    with pytest.raises(Misconfigured, match="may see everything"):
        async with open_stores(settings):
            pass
