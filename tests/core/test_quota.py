"""How many photos an account may send in a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.accounts import Account, TelegramUser
from core.adapters.postgres_quota import PostgresPhotoCount
from core.adapters.wiring import Stores
from core.quota import Quota, QuotaReached
from tests.owner import as_owner


async def send(stores: Stores, account: Account, count: int) -> None:
    """Open receipts for so many photos."""
    for number in range(count):
        await stores.ledger.open(account.id, "photo", f"chat:{account.id}:{number}", date(2026, 11, 20))


async def test_the_photo_after_the_last_is_refused(stores: Stores, account: Account) -> None:
    """With the number, and when to come back; nobody else is refused."""
    quota = Quota(PostgresPhotoCount(stores.pool), 2)
    await send(stores, account, 1)
    await quota.check(account.id, datetime.now(UTC))
    await send(stores, account, 2)
    with pytest.raises(QuotaReached) as refused:
        await quota.check(account.id, datetime.now(UTC))
    assert "2 photos" in refused.value.sentence
    assert refused.value.sentence.endswith("in 24 hours.")
    await quota.check((await stores.accounts.of(TelegramUser(8, "Eve"))).id, datetime.now(UTC))


async def test_a_day_later_there_is_room_again(stores: Stores, account: Account) -> None:
    """What was sent 24 hours ago does not count."""
    await send(stores, account, 2)
    async with as_owner(stores) as connection:
        await connection.execute("update receipts set opened_at = opened_at - interval '24 hours'")
    await Quota(PostgresPhotoCount(stores.pool), 1).check(account.id, datetime.now(UTC))


@pytest.mark.parametrize(("left", "said"), [(1, "1 minute"), (61, "2 minutes"), (3600, "1 hour"), (3601, "2 hours")])
async def test_the_wait_is_said_in_words(stores: Stores, account: Account, left: int, said: str) -> None:
    """Rounded up, so that nobody comes too early."""
    await send(stores, account, 1)
    again = await PostgresPhotoCount(stores.pool).full_until(account.id, 1)
    assert again is not None
    with pytest.raises(QuotaReached, match=f"in {said}"):
        await Quota(PostgresPhotoCount(stores.pool), 1).check(account.id, again - timedelta(seconds=left))
