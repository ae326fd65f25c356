"""Mail as files in a folder, for an installation without a mail server: whoever runs it can read them there."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import time
from contextlib import suppress
from email.message import EmailMessage
from email.policy import default
from email.utils import formatdate
from pathlib import Path
from uuid import UUID

from core.errors import Unavailable

SENDER = "SnapSpend <snapspend@localhost>"
KEPT_SECONDS = 24 * 3600
"""A mail is removed with the first one that is written so long after it: its code is void by then."""
logger = logging.getLogger(__name__)


class MailFolder:
    """Writes messages as `<identity>-<random>.eml` that only this user can read."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made with the first message."""
        self._folder = folder

    async def put(self, identity: UUID, address: str, subject: str, text: str) -> Path:
        """Write a message to an identity's address and return its file. Raises Unavailable."""
        message = EmailMessage(default.clone(utf8=True))
        message["From"] = SENDER
        message["To"] = address
        message["Subject"] = subject
        message["Date"] = formatdate()
        message.set_content(text)
        file = self._folder / f"{identity}-{secrets.token_hex(4)}.eml"
        await asyncio.to_thread(self._write, file, message.as_bytes())
        logger.info("a mail was written to %s: there is no mail server", file)
        return file

    async def clear(self, identity: UUID) -> None:
        """Remove every message to an identity. Raises Unavailable."""
        await asyncio.to_thread(self._remove, f"{identity}-*.eml", 0)

    def _write(self, file: Path, content: bytes) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
                opened.write(content)
        except OSError as error:
            raise Unavailable(f"mail folder: {type(error).__name__}") from error
        self._remove("*.eml", KEPT_SECONDS)

    def _remove(self, pattern: str, older: float) -> None:
        """Remove the messages of a pattern that are older than so many seconds; others may be at it as well."""
        try:
            for file in self._folder.glob(pattern):
                with suppress(FileNotFoundError):
                    if not older or file.stat().st_mtime < time.time() - older:
                        file.unlink()
        except OSError as error:
            raise Unavailable(f"mail folder: {type(error).__name__}") from error
