"""Logging: one line an event, with no secret and no receipt text in it."""

from __future__ import annotations

import logging
import re
import traceback

BOT_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{30,}")
PASSWORD = re.compile(r"(?<=://)[^/@\s]*:[^/@\s]+(?=@)")


class PlainFormatter(logging.Formatter):
    """Writes records on one line and blots out bot tokens and passwords in addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without secrets."""
        return BOT_TOKEN.sub("<token>", PASSWORD.sub("<password>", super().format(record)))

    def formatException(self, ei: object) -> str:  # noqa: N802
        """Return where the exception came from, without its message: that may quote a receipt."""
        error = ei[1] if isinstance(ei, tuple) else None
        return where(error) if isinstance(error, BaseException) else ""


def configure_logging(level: str, part: str) -> None:
    """Send everything to standard error as lines that begin with time and `part`."""
    handler = logging.StreamHandler()
    handler.setFormatter(PlainFormatter(f"%(asctime)s {part} %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("httpx", "httpcore", "procrastinate", "aiohttp.access", "asyncio", "psycopg.pool"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelName(level)))


def where(error: BaseException) -> str:
    """Return the exception's type and stack, as a log may hold it."""
    return "".join([*traceback.format_tb(error.__traceback__), type(error).__name__])
