"""Parts of an album as they may arrive: out of order, with pauses, late, twice, and to two workers."""

from __future__ import annotations

import pytest

from bot.sentences import ONE_RECEIPT, PART_OF_ONE, SEPARATE_RECEIPTS
from core.adapters.album_jobs import QUIET_MILLISECONDS
from tests.album import (
    BAKERY,
    BOT,
    BOTTOM,
    TOP,
    Delivery,
    counted,
    has_button,
    idle,
    make_older,
    states,
    teach,
    until,
)
from tests.conversation import Conversation
from tests.person import Person, said


@pytest.fixture(autouse=True)
def photos(talk: Conversation) -> None:
    """Let the reader know the photos of these tests."""
    teach(talk)


async def test_parts_that_arrive_out_of_order_are_one_receipt(ada: Person, talk: Conversation) -> None:
    """The place in the chat counts, not the time of arrival."""
    album = await Delivery.of(talk, ada, TOP, BOTTOM)
    await album.bring(1)
    await album.bring(0)
    answer = await ada.until_said("25.80")
    assert said(answer).index("Apples") < said(answer).index("Garlic")
    await ada.until_said(PART_OF_ONE)


async def test_a_pause_shorter_than_the_wait_changes_nothing(ada: Person, talk: Conversation) -> None:
    """The first photo is read long before the second comes, and is not answered by itself."""
    album = await Delivery.of(talk, ada, TOP, BOTTOM)
    await album.bring(0)
    await idle(talk, "readings")
    await make_older(talk.stores, QUIET_MILLISECONDS - 700)
    await album.bring(1)
    await ada.until_said("25.80")
    await ada.until_said(PART_OF_ONE)
    assert await states(talk.stores) == ["read", "set aside", "set aside"]


async def test_a_part_that_comes_late_is_joined_all_the_same(ada: Person, talk: Conversation) -> None:
    """The first was answered by itself meanwhile; its message becomes the whole receipt."""
    album = await Delivery.of(talk, ada, TOP, BOTTOM)
    await album.bring(0)
    await ada.until_shown(has_button(ONE_RECEIPT))
    await album.bring(1)
    await until(ada, lambda messages: "25.80" in said(messages[0]) and said(messages[-1]) == PART_OF_ONE)
    assert await counted(talk.stores) == "25.80"


async def test_a_late_part_follows_what_the_person_said(ada: Person, talk: Conversation) -> None:
    """They said that the photos are separate receipts; so is the one that comes now."""
    album = await Delivery.of(talk, ada, TOP, BOTTOM, BAKERY)
    await album.bring(0)
    await album.bring(1)
    answer = await ada.until_shown(has_button(SEPARATE_RECEIPTS))
    await ada.press(answer, SEPARATE_RECEIPTS)
    await ada.until_shown(has_button(ONE_RECEIPT))
    await album.bring(2)
    await ada.until_said("10.45")
    assert (await states(talk.stores)).count("read") == 3


async def test_a_part_delivered_twice_is_one_photo(ada: Person, talk: Conversation) -> None:
    """The same update again, and the same message in another update."""
    album = await Delivery.of(talk, ada, TOP, BOTTOM)
    update = await album.bring(0)
    await talk.stores.inbox.accept(BOT, update)
    await album.bring(0)
    await album.bring(1)
    await ada.until_said("25.80")
    await idle(talk)
    assert await states(talk.stores) == ["read", "set aside", "set aside"]
    assert len(await ada.answers()) == 2


async def test_two_workers_settle_an_album_once(talk: Conversation) -> None:
    """Each part may be read by another worker: one receipt, one answer."""
    async with talk.working(), talk.working():
        people = [await talk.person(name) for name in ("Ada", "Eve", "Ida")]
        for person in people:
            await person.send_file(TOP, BOTTOM, BAKERY)
        for person in people:
            await until(
                person,
                lambda messages: (
                    len(messages) == 3
                    and "25.80" in said(messages[0])
                    and said(messages[1]) == PART_OF_ONE
                    and "10.45" in said(messages[2])
                ),
            )
        await idle(talk)
        assert [len(await person.answers()) for person in people] == [3, 3, 3]
    assert (await states(talk.stores)).count("read") == 2 * 3
