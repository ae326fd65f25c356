"""The doctor looks at a Supabase project's keys and bucket, and says what to do about each fault."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot import doctor_command, doctor_supabase
from bot.findings import Finding
from bot.migrate_command import make_bucket
from core.settings import Settings
from tests.doors import supabase_settings
from tests.supabase.project import Bucket, Project
from tests.supabase.server import run_supabase

OTHER = Project("old")
"""Another project, whose keys somebody copied."""


@pytest.fixture(params=["new", "old"])
async def project(request: pytest.FixtureRequest) -> AsyncIterator[Project]:
    """Give a project with keys of either kind."""
    async with run_supabase(Project(request.param, "ES256" if request.param == "new" else "HS256")) as running:
        yield running


async def test_a_project_is_well_once_migrate_made_its_bucket(project: Project) -> None:
    """And a second time it makes none."""
    settings = supabase_settings(project)
    assert await make_bucket(settings) is True
    assert await make_bucket(settings) is False
    assert [(await doctor_supabase.accounts(settings)).state, (await doctor_supabase.photos(settings)).state] == [
        "ok",
        "ok",
    ]


async def test_looking_changes_nothing_and_mails_nobody(project: Project) -> None:
    """Everything but asking is left to others."""
    settings = supabase_settings(project)
    await doctor_supabase.accounts(settings)
    await doctor_supabase.photos(settings)
    assert {method for method, _ in project.requests} == {"GET"}
    assert project.mails == []


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SUPABASE_KEY": OTHER.publishable}, "SUPABASE_KEY"),
        ({"SUPABASE_SECRET_KEY": OTHER.secret}, "SUPABASE_SECRET_KEY"),
        ({"SUPABASE_KEY": OTHER.secret}, "service_role"),
        ({"SUPABASE_SECRET_KEY": OTHER.publishable}, "anon"),
        ({"SUPABASE_URL": "http://127.0.0.1:1"}, "SUPABASE_URL"),
    ],
)
async def test_a_wrong_key_or_address_is_named_and_not_shown(
    project: Project, given: dict[str, str], named: str
) -> None:
    """With the place where the right one is."""
    finding = await doctor_supabase.accounts(supabase_settings(project, **given))
    told(finding, named)
    assert not any(secret in f"{finding}" for secret in (*given.values(), project.secret) if secret.startswith("ey"))


@pytest.mark.parametrize("way", ["html", "text 503", "cut", "500 unexpected_failure Oops"])
async def test_a_project_that_gives_no_usable_answer_is_a_fault(project: Project, way: str) -> None:
    """Such as one that is paused."""
    project.fail("/auth/", way, times=9)
    project.fail("/storage/", way, times=9)
    told(await doctor_supabase.accounts(supabase_settings(project)), "SUPABASE_URL")
    told(await doctor_supabase.photos(supabase_settings(project)), "Storage")


async def test_a_project_that_confirms_no_addresses_is_a_fault_with_admins(project: Project) -> None:
    """Whoever registers an admin's address there would be one."""
    project.autoconfirm = True
    assert (await doctor_supabase.accounts(supabase_settings(project))).state == "ok"
    told(await doctor_supabase.accounts(supabase_settings(project, ADMIN_EMAILS="ada@home.example")), "Confirm email")


@pytest.mark.parametrize(
    ("bucket", "named"),
    [
        (None, "snapspend migrate"),
        (Bucket(public=True), "public"),
        (Bucket(file_size_limit=1024 * 1024), "1 MB"),
        (Bucket(allowed_mime_types=["image/jpeg"]), "application/pdf"),
    ],
)
async def test_a_buckets_fault_is_named(project: Project, bucket: Bucket | None, named: str) -> None:
    """It is private, and takes what people send."""
    project.buckets = {"receipts": bucket} if bucket else {}
    told(await doctor_supabase.photos(supabase_settings(project)), named)


@pytest.mark.parametrize("bucket", [Bucket(), Bucket(allowed_mime_types=["*/*"], file_size_limit=50 * 1024 * 1024)])
async def test_a_bucket_without_limits_is_well(project: Project, bucket: Bucket) -> None:
    """Ours are checked before."""
    project.buckets = {"receipts": bucket}
    assert (await doctor_supabase.photos(supabase_settings(project))).state == "ok"


@pytest.mark.parametrize("check", [doctor_supabase.accounts, doctor_supabase.photos])
async def test_without_supabase_it_is_no_fault(check: doctor_command.Check) -> None:
    """Both are kept here then."""
    assert (await check(Settings.from_environment({}))).state == "off"


async def test_a_database_that_is_prepared_is_well(database_url: str) -> None:
    """As the application's role."""
    settings = Settings.from_environment({"DATABASE_URL": database_url})
    assert (await doctor_command.database(settings)).state == "ok"


async def test_a_role_that_sees_everything_is_a_fault(owner_url: str) -> None:
    """Row security would not hold for it."""
    told(await doctor_command.database(Settings.from_environment({"DATABASE_URL": owner_url})), "snapspend_app")


async def test_a_database_that_is_not_prepared_is_a_fault(empty_database_url: str) -> None:
    """Whoever owns it runs one command."""
    settings = Settings.from_environment({"DATABASE_URL": empty_database_url})
    told(await doctor_command.database(settings), "snapspend migrate")


def told(finding: Finding, named: str) -> None:
    """See that it is a fault, with a way out, and that both name this."""
    assert finding.state == "FAULT"
    assert finding.advice
    assert named in f"{finding.found} {finding.advice}"
