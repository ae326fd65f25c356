"""Every update is stored once, with one job."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from core.adapters.postgres_inbox import chat_of
from core.adapters.wiring import Stores

BOT = 42
MESSAGE = {"update_id": 5, "message": {"message_id": 1, "chat": {"id": 99}, "from": {"id": 7}, "text": "hi"}}


async def jobs(stores: Stores) -> list[tuple[str, str | None]]:
    """Return (task, lock) of every job."""
    return [(job.task_name, job.lock) for job in await stores.jobs.job_manager.list_jobs_async()]


async def test_an_update_is_stored_with_its_job(stores: Stores) -> None:
    """The job waits behind the other updates of its chat."""
    assert await stores.inbox.accept(BOT, MESSAGE)
    assert await stores.inbox.fetch(BOT, 5) == MESSAGE
    assert await jobs(stores) == [("answer_update", "chat:99")]


async def test_a_second_delivery_changes_nothing(stores: Stores) -> None:
    """Telegram repeats what it is not sure of."""
    await stores.inbox.accept(BOT, MESSAGE)
    assert not await stores.inbox.accept(BOT, MESSAGE)
    assert len(await jobs(stores)) == 1


async def test_update_ids_of_two_bots_do_not_collide(stores: Stores) -> None:
    """The same number from another bot is another update."""
    await stores.inbox.accept(BOT, MESSAGE)
    assert await stores.inbox.accept(BOT + 1, MESSAGE)


async def test_an_update_that_cannot_be_stored_does_not_harm_its_neighbours(stores: Stores) -> None:
    """They share a transaction; PostgreSQL holds no NUL."""
    sent = [MESSAGE | {"update_id": number, "x": "\0" if number == 2 else ""} for number in range(5)]
    stored = await asyncio.gather(*(stores.inbox.accept(BOT, each) for each in sent), return_exceptions=True)
    assert [type(outcome) for outcome in stored] == [bool, bool, ValueError, bool, bool]
    assert len(await jobs(stores)) == 4


async def test_young_updates_are_not_pruned(stores: Stores) -> None:
    """Telegram may repeat an update for a day."""
    await stores.inbox.accept(BOT, MESSAGE)
    assert await stores.inbox.prune() == 0


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"update_id": 1, "message": {"chat": {"id": 3}}}, 3),
        ({"update_id": 1, "callback_query": {"from": {"id": 4}, "message": {"chat": {"id": 3}}}}, 3),
        ({"update_id": 1, "callback_query": {"from": {"id": 4}}}, 4),
        ({"update_id": 1, "inline_query": {"from": {"id": 4}}}, 4),
        ({"update_id": 1, "message": {"chat": "nonsense"}}, 0),
        ({"update_id": 1, "message": 5}, 0),
    ],
)
def test_updates_of_one_chat_share_a_number(update: dict[str, Any], chat: int) -> None:
    """A button and a message of the same chat are answered in order; nonsense has a chat of its own."""
    assert chat_of(update) == chat


async def test_updates_that_arrive_together_are_stored_once_each_in_order(stores: Stores) -> None:
    """A repetition in the same moment counts once; jobs stand in the order in which the updates came."""
    numbers = [40, 7, 7, 99, 7, 3]
    accepted = [
        stores.inbox.accept(1, {"update_id": number, "message": {"chat": {"id": number}}}) for number in numbers
    ]
    fresh = await asyncio.gather(*accepted)
    assert fresh.count(True) == 4
    assert [lock for _, lock in await jobs(stores)] == ["chat:40", "chat:7", "chat:99", "chat:3"]


async def test_what_is_no_json_is_refused_alone(stores: Stores) -> None:
    """Infinity raises; what arrives with it is stored."""
    wrong, right = await asyncio.gather(
        stores.inbox.accept(1, {"update_id": 1, "x": float("inf")}),
        stores.inbox.accept(1, {"update_id": 2}),
        return_exceptions=True,
    )
    assert isinstance(wrong, ValueError)
    assert right is True
