"""What a Telegram Mini App is opened with (initData), and whether Telegram itself wrote it just now.

See "Validating data received via the Mini App" in https://core.telegram.org/bots/webapps.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from core.accounts import TelegramUser
from core.errors import NotAllowed

OLDEST = timedelta(minutes=5)
AHEAD = timedelta(minutes=1)
"""How far Telegram's clock may be before ours."""
LONGEST = 8192
MOST_FIELDS = 32
LARGEST_ID = 2**53


class BadInitData(NotAllowed):
    """Telegram did not open this page just now. Please close it and open it again from the bot's menu."""


@dataclass(frozen=True)
class InitData:
    """Who opened the Mini App, and the hash by which this opening is known."""

    person: TelegramUser
    hash: str


def verified(given: str, bot_token: str, now: datetime) -> InitData:
    """Return who opened the Mini App; `now` has a zone. Raises BadInitData for what is forged, old or from ahead."""
    fields = _fields(given)
    claimed = fields.pop("hash", "")
    written = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.digest(b"WebAppData", bot_token.encode(), hashlib.sha256)
    right = hmac.new(key, written.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(right.encode(), claimed.encode()):
        raise BadInitData
    age = now.timestamp() - _number(fields.get("auth_date", ""))
    if not -AHEAD.total_seconds() <= age <= OLDEST.total_seconds():
        raise BadInitData
    return InitData(_person(fields.get("user", "")), right)


def _fields(given: str) -> dict[str, str]:
    """Return the fields, each of which is there once. Raises BadInitData."""
    if len(given) > LONGEST:
        raise BadInitData
    try:
        pairs = parse_qsl(given, keep_blank_values=True, strict_parsing=True, max_num_fields=MOST_FIELDS)
        given.encode() + "".join(value for _, value in pairs).encode()
    except ValueError:  # no form, or no text
        raise BadInitData from None
    if len(dict(pairs)) < len(pairs):
        raise BadInitData
    return dict(pairs)


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) <= 12):
        raise BadInitData
    return int(written)


def _person(written: str) -> TelegramUser:
    """Return the user that Telegram names. Raises BadInitData when there is none."""
    try:
        user = json.loads(written)
    except (ValueError, RecursionError):
        raise BadInitData from None
    known = user.get("id") if isinstance(user, dict) else None
    if not isinstance(known, int) or isinstance(known, bool) or not 0 < known < LARGEST_ID or user.get("is_bot"):
        raise BadInitData
    names = [str(user.get(part) or "") for part in ("first_name", "last_name")]
    return TelegramUser(known, " ".join(filter(None, names)) or str(known), str(user.get("language_code") or "en"))
