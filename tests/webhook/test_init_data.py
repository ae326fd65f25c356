"""What opens a Mini App is believed only when Telegram wrote it just now."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from core.accounts import TelegramUser
from webhook.init_data import BadInitData, verified

TOKEN = "4242:" + "A" * 35
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ADA = {"id": 7, "first_name": "Ada", "last_name": "Löwe & Co", "language_code": "de"}


def signed(token: str = TOKEN, moment: datetime = NOW, **fields: str) -> str:
    """Return init data as Telegram writes it."""
    given = {
        "query_id": "AAE",
        "user": json.dumps(ADA, ensure_ascii=False),
        "auth_date": str(int(moment.timestamp())),
        "signature": "third-party",
        **fields,
    }
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    check = "\n".join(f"{name}={given[name]}" for name in sorted(given))
    return urlencode({**given, "hash": hmac.new(key, check.encode(), hashlib.sha256).hexdigest()})


def test_what_telegram_wrote_names_the_person() -> None:
    """With the last name, and the language."""
    assert verified(signed(), TOKEN, NOW).person == TelegramUser(7, "Ada Löwe & Co", "de")


@pytest.mark.parametrize(("age", "good"), [(0, True), (299, True), (301, False), (-59, True), (-61, False)])
def test_it_is_believed_for_five_minutes(age: int, good: bool) -> None:
    """Replayed later, or from ahead of time, it is refused."""
    given = signed(moment=NOW - timedelta(seconds=age))
    if good:
        assert verified(given, TOKEN, NOW)
    else:
        with pytest.raises(BadInitData):
            verified(given, TOKEN, NOW)


FORGED = [
    "",
    "hash=",
    "x",
    "%",
    "a" * 10_000,
    signed().replace("Ada", "Eve"),
    signed().replace("hash=", "hush="),
    signed() + "&hash=" + "0" * 64,
    signed() + "&user=%7B%22id%22%3A8%7D",
    signed().replace("&signature=third-party", ""),
    signed(token="4243:" + "A" * 35),
    signed(user=""),
    signed(user="[]"),
    signed(user="[" * 3000),
    signed(user='{"id": "7"}'),
    signed(user='{"id": true}'),
    signed(user='{"id": -7}'),
    signed(user='{"id": 7.5}'),
    signed(user='{"id": 1e400}'),
    signed(user='{"id": 99999999999999999999}'),
    signed(user='{"id": 7, "is_bot": true}'),
    signed(auth_date="soon"),
    signed(auth_date="-1"),
    signed(auth_date="١٢٣"),
    signed(auth_date="9" * 5000),
    signed() + "&x=" + "é" * 10,
    "hash=é&user=\ud800",
    "&".join(f"f{number}=1" for number in range(100)),
]


@pytest.mark.parametrize("given", FORGED, ids=range(len(FORGED)))
def test_anything_else_is_refused(given: str) -> None:
    """One sentence, whatever was wrong."""
    with pytest.raises(BadInitData):
        verified(given, TOKEN, NOW)
