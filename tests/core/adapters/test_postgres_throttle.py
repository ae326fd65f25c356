"""The throttle counts over all processes, exactly, and forgets."""

from __future__ import annotations

import asyncio

from core.adapters.postgres_throttle import PRUNED_EVERY, PostgresThrottle
from core.adapters.wiring import Stores
from tests.owner import as_owner


async def rows(stores: Stores) -> int:
    """Return how many tries are kept."""
    async with as_owner(stores) as connection:
        found = await (await connection.execute("select count(*) as tries from attempts")).fetchone()
    return int(found["tries"]) if found else 0


async def test_so_many_are_let_through_and_no_more(stores: Stores) -> None:
    """Another key is counted by itself."""
    assert [await stores.throttle.allow("a", 3, 15) for _ in range(5)] == [True, True, True, False, False]
    assert await stores.throttle.allow("b", 3, 15)


async def test_tries_at_once_are_counted_one_by_one(stores: Stores) -> None:
    """Two processes, twenty tries in the same moment, five let through."""
    other = PostgresThrottle(stores.pool)
    tries = [throttle.allow("a", 5, 15) for throttle in (stores.throttle, other) for _ in range(10)]
    assert sum(await asyncio.gather(*tries)) == 5


async def test_time_lets_through_again(stores: Stores) -> None:
    """Who kept trying meanwhile is no worse off."""
    for _ in range(5):
        await stores.throttle.allow("a", 2, 15)
    async with as_owner(stores) as connection:
        await connection.execute("update attempts set at = at - interval '16 minutes'")
    assert await stores.throttle.allow("a", 2, 15)


async def test_the_key_itself_is_not_kept(stores: Stores) -> None:
    """It may be an address."""
    await stores.throttle.allow("sign in ada@example.org", 3, 15)
    async with as_owner(stores) as connection:
        kept = await (await connection.execute("select * from attempts")).fetchall()
    assert b"ada" not in bytes(kept[0]["key"])


async def test_old_tries_go_though_nobody_asks_for_their_key(stores: Stores) -> None:
    """Each process sweeps now and then."""
    await stores.throttle.allow("a", 3, 15)
    async with as_owner(stores) as connection:
        await connection.execute("update attempts set at = at - interval '3 days'")
    for _ in range(PRUNED_EVERY):
        await stores.throttle.allow("b", 1, 15)
    assert await rows(stores) == 1
