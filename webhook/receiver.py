"""The receiver: checks an update from Telegram, stores it with its job, and only then answers 200."""

from __future__ import annotations

import hmac
import json
import logging
import math
import re
from typing import Any

from aiohttp import web

from core.adapters.postgres_inbox import PostgresInbox
from core.adapters.storable import storable
from core.errors import Unavailable
from webhook.metrics import Metrics

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
LARGEST_BODY = 1024 * 1024
LARGEST_ID = 2**63 - 1
UNSTORABLE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])|\xed[\xa0-\xbf]")
"""Where NUL or a surrogate may stand, escaped or not."""

log = logging.getLogger(__name__)


class Receiver:
    """Takes Telegram's updates for one bot."""

    def __init__(self, inbox: PostgresInbox, bot_id: int, secret: str, metrics: Metrics) -> None:
        """Take where updates are stored, whose they are, what Telegram proves itself with, and where to count."""
        self._inbox = inbox
        self._bot_id = bot_id
        self._secret = secret.encode()
        self._metrics = metrics

    async def on_update(self, request: web.Request) -> web.Response:
        """Answer POST /telegram: 200 with an empty body once stored; 401, 400, 413, 415 or 503 otherwise."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return self._refused(401, "secret")
        if request.content_type != "application/json":
            return self._refused(415, "type")
        try:
            update = _update(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return self._refused(413, "size")
        except web.RequestPayloadError:  # it is not encoded as it says
            return self._refused(400, "no update")
        if update is None:
            return self._refused(400, "no update")
        return await self._stored(update)

    async def _stored(self, update: dict[str, Any]) -> web.Response:
        try:
            is_new = await self._inbox.accept(self._bot_id, update)
        except (ValueError, RecursionError):  # nested so deep that it can be read but not written
            return self._refused(400, "no update")
        except Unavailable as error:
            log.warning("update not stored, Telegram will repeat it: %s", error)
            return self._refused(503, "database")
        (self._metrics.accepted if is_new else self._metrics.repeated).inc()
        return web.Response()

    def _refused(self, status: int, reason: str) -> web.Response:
        self._metrics.refused.labels(reason).inc()
        return web.Response(status=status)


def _update(body: bytes) -> dict[str, Any] | None:
    """Return the update in a request's body, or None when it is none."""
    try:
        update = json.loads(body, parse_constant=_refuse, parse_float=_finite)
        if UNSTORABLE.search(body):
            update = storable(update)
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= LARGEST_ID:
        return None
    return dict(update)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _finite(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise ValueError("too great for a number")
    return number
