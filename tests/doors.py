"""Both keepers of passwords behind one door, for the claims that hold for either."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from core.adapters.local_auth import LocalAuth
from core.adapters.mail_folder import MailFolder
from core.adapters.supabase_auth import SupabaseAuth
from core.adapters.supabase_project import SupabaseProject, open_project
from core.adapters.wiring import Stores
from core.settings import Settings
from core.signing_in import AuthGateway
from tests.owner import as_owner
from tests.supabase.project import Project
from tests.supabase.server import run_supabase

ADMIN = "ada@snapspend.example"
"""An address that either keeper confirms by a code."""
PACE = 0.05
DATABASE = "postgresql://snapspend_app@127.0.0.1/never-asked"


class Door(ABC):
    """A keeper of passwords, its mail, and its clock."""

    gateway: AuthGateway

    @abstractmethod
    def mails(self, address: str) -> list[str]:
        """Return the codes that were mailed to an address, the last one last."""

    @abstractmethod
    async def pass_time(self, seconds: float) -> None:
        """Let it be so much later."""


class LocalDoor(Door):
    """LocalAuth over a fresh database."""

    def __init__(self, stores: Stores, folder: Path) -> None:
        """Take the database and the mail's folder."""
        self._stores, self._folder = stores, folder
        self.gateway = LocalAuth(stores.pool, MailFolder(folder), frozenset({ADMIN}), PACE)

    def mails(self, address: str) -> list[str]:
        """Read the files in the order they were written."""
        files = sorted(self._folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        found = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
        texts = [message.get_content() for message in found if message["To"] == address]
        return [re.findall(r"^    (\d{6})$", text, re.MULTILINE)[0] for text in texts]

    async def pass_time(self, seconds: float) -> None:
        """Make all codes older."""
        async with as_owner(self._stores) as connection:
            await connection.execute(
                "update identities set code_at = code_at - make_interval(secs => %s)", [float(seconds)]
            )


class SupabaseDoor(Door):
    """SupabaseAuth before the stand-in."""

    def __init__(self, project: Project, client: SupabaseProject, pace: float = PACE) -> None:
        """Take the stand-in and what reaches it."""
        self.project, self.client = project, client
        self.gateway = SupabaseAuth(client, frozenset({ADMIN}), pace)

    def mails(self, address: str) -> list[str]:
        """Ask the stand-in."""
        return [mail.code for mail in self.project.mails if mail.to == address]

    async def pass_time(self, seconds: float) -> None:
        """Put the stand-in's clock forward."""
        self.project.later += seconds


def supabase_settings(project: Project, **more: str) -> Settings:
    """Return settings that point to the stand-in."""
    return Settings.from_environment({"DATABASE_URL": DATABASE, **project.environment, **more})


@asynccontextmanager
async def supabase_door(project: Project) -> AsyncIterator[SupabaseDoor]:
    """Serve a project and lend the door before it."""
    async with run_supabase(project), open_project(supabase_settings(project)) as client:
        yield SupabaseDoor(project, client)
