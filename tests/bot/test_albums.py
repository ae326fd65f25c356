"""Albums as the person in the chat sees them: several receipts, one receipt in several photos, and their own word."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from uuid import UUID

import pytest

from bot.presses import OnAlbum
from bot.sentences import NOT_YOURS, NOW_SEPARATE, OLD_BUTTON, ONE_RECEIPT, PART_OF_ONE, SEPARATE_RECEIPTS
from core.adapters.album_jobs import QUIET_MILLISECONDS
from core.adapters.database import transaction
from core.adapters.wiring import Stores
from core.albums import Choice
from core.errors import Unavailable
from tests.bot.fakes import filed, how, open_chat
from tests.conversation import SECRET, TOKEN, Conversation, written
from tests.person import PATIENCE, Body, Found, Person, said
from webhook.local_chat.faults import Fault

ROWS = """
Green Grocer
12 Mill Lane, Springfield
18/11/2026 17:32
Apples                 3.20
Brown rice             2.45
Carrots                1.10
Dark chocolate         4.75
Eggs                   2.90
Flour                  1.85
Garlic                 0.80
Honey                  6.40
SUBTOTAL              23.45
TAX 10%                2.35
TOTAL               $ 25.80
CASH                  30.00
CHANGE                 4.20
""".strip().splitlines()
BAKERY_TEXT = """
Corner Bakery
1 High Street, Springfield
19/11/2026 08:41
Rye bread              4.20
Croissant              2.30
Coffee                 3.00
SUBTOTAL               9.50
TAX 10%                0.95
TOTAL               $ 10.45
"""
BAKERY, TOP, BOTTOM, END = (b"%PDF-1.4 " + name for name in (b"bakery", b"top", b"bottom", b"end"))
BOT = int(TOKEN.split(":")[0])
NUMBERS = count(1_000_000)


@pytest.fixture(autouse=True)
def photos(talk: Conversation) -> None:
    """Let the reader know the photos of these tests: the bottom overlaps the top, the end does not."""
    talk.reader.known |= {
        BAKERY: written(BAKERY_TEXT),
        TOP: written("\n".join(ROWS[:8])),
        BOTTOM: written("\n".join(ROWS[4:])),
        END: written("\n".join(ROWS[9:])),
    }


def has_button(text: str) -> Found:
    """Return what tells whether a message has a button with this text."""
    return lambda message: text in str(message.get("reply_markup"))


async def states(stores: Stores) -> list[str]:
    """Return the states of all receipts, in the order of the alphabet."""
    async with transaction(stores.pool) as connection:
        found = await connection.execute("select state from receipts order by state")
        return [row["state"] for row in await found.fetchall()]


async def counted(stores: Stores) -> str:
    """Return what the receipts that count come to."""
    async with transaction(stores.pool) as connection:
        found = await connection.execute("select sum(total) as total from receipts where state = 'read'")
        row = await found.fetchone()
    return str(row["total"]) if row else ""


def both_offer_one(messages: list[Body]) -> bool:
    """Return whether there are two answers, each with the button that joins them."""
    return len(messages) == 2 and all(ONE_RECEIPT in str(message) for message in messages)


async def until(person: Person, fits: Callable[[list[Body]], bool]) -> None:
    """Wait until there are messages of the bot and all of them are as wanted."""
    while not (messages := await person.answers()) or not fits(messages):
        await person.until(lambda event: True, PATIENCE)


async def idle(talk: Conversation, *queues: str) -> None:
    """Wait until no job is left in the queues of updates and readings, or in these."""
    async with asyncio.timeout(PATIENCE):
        for queue in queues or ("updates", "readings", "updates"):
            while list(await talk.stores.jobs.job_manager.list_jobs_async(queue=queue)):  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def make_older(stores: Stores, milliseconds: int) -> None:
    """Let the newest part of every album have come so much earlier."""
    async with transaction(stores.pool) as connection:
        await connection.execute(
            "update albums set last_part_at = last_part_at - %s * interval '1 millisecond'", [milliseconds]
        )


@dataclass
class Delivery:
    """Hands the parts of an album to the inbox, when and in which order a test wants."""

    talk: Conversation
    parts: list[Body]

    @classmethod
    async def of(cls, talk: Conversation, person: Person, *photos: bytes) -> Delivery:
        """Have a person send an album that Telegram does not deliver by itself."""
        bot = talk.application.bot
        address = (await bot.get_webhook_info()).url
        await bot.delete_webhook()
        parts = await person.send_file(*photos)
        await bot.set_webhook(address, secret_token=SECRET, drop_pending_updates=True)
        return cls(talk, parts)

    async def bring(self, part: int) -> Body:
        """Deliver one part as a new update and return the update."""
        update = {"update_id": next(NUMBERS), "message": self.parts[part]}
        await self.talk.stores.inbox.accept(BOT, update)
        return update


async def test_several_receipts_get_an_answer_each(ada: Person, talk: Conversation) -> None:
    """Two receipts in one album are two."""
    talk.reader.known[END] = written(BAKERY_TEXT.replace("Corner Bakery", "Old Mill").replace("19/11", "20/11"))
    await ada.send_file(BAKERY, END)
    await ada.until_said("Corner Bakery")
    await ada.until_said("Old Mill")
    assert len(await ada.answers()) == 2
    assert await states(talk.stores) == ["read", "read"]


async def test_the_same_photo_twice_is_one_receipt(ada: Person, talk: Conversation) -> None:
    """Also when another photo is between them."""
    await ada.send_file(BAKERY, TOP, BAKERY)
    await ada.until_said("10.45")
    await ada.until_said(PART_OF_ONE)
    await ada.until_shown(lambda message: "Green Grocer" in said(message))
    assert (await states(talk.stores)).count("read") == 2
    assert sum("Corner Bakery" in said(message) for message in await ada.answers()) == 1


async def test_a_long_receipt_in_two_photos_is_one(ada: Person, talk: Conversation) -> None:
    """Each item is there once, and the sum proves it."""
    await ada.send_file(TOP, BOTTOM)
    answer = await ada.until_said("25.80")
    assert "✓" in said(answer)
    assert "From 2 photos" in said(answer)
    assert said(answer).count("Eggs") == 1
    await ada.until_said(PART_OF_ONE)
    assert await counted(talk.stores) == "25.80"
    assert len(await ada.answers()) == 2


async def test_a_gap_between_two_photos_is_asked_about(ada: Person, talk: Conversation) -> None:
    """A head without a total, a total without a head."""
    await ada.send_file(TOP, END)
    answer = await ada.until_said("don't overlap")
    assert "Green Grocer" in said(answer)
    assert await counted(talk.stores) == "25.80"


async def test_one_tap_takes_an_album_apart_and_one_joins_it(ada: Person, talk: Conversation) -> None:
    """There and back again, each in the message where it stood before."""
    await ada.send_file(TOP, BOTTOM)
    answer = await ada.until_shown(has_button(SEPARATE_RECEIPTS))
    await ada.until_said(PART_OF_ONE)
    await ada.press(answer, SEPARATE_RECEIPTS)
    apart = await ada.until_shown(has_button(ONE_RECEIPT))
    await until(ada, both_offer_one)
    assert await states(talk.stores) == ["read", "read", "set aside"]
    await ada.press(apart, ONE_RECEIPT)
    await until(ada, lambda messages: "From 2 photos" in said(messages[0]) and said(messages[1]) == PART_OF_ONE)
    assert await counted(talk.stores) == "25.80"
    assert len(await ada.answers()) == 2


async def test_two_receipts_become_one_by_a_tap(ada: Person, talk: Conversation) -> None:
    """Where I saw two, the person says one; pressed twice it is still one."""
    await ada.send_file(BAKERY, BOTTOM)
    await until(ada, both_offer_one)
    _, second = await ada.answers()
    await ada.press(second, ONE_RECEIPT)
    await ada.press(second, ONE_RECEIPT)
    await until(ada, lambda messages: "From 2 photos" in said(messages[0]) and said(messages[1]) == PART_OF_ONE)
    await idle(talk)
    assert await states(talk.stores) == ["read", "set aside", "set aside"]
    assert len(await ada.answers()) == 2


async def test_an_old_button_of_a_part_does_nothing_but_tell(ada: Person, talk: Conversation) -> None:
    """A press that was under way while the photos became one: nothing is deleted, and the answer stays."""
    await ada.send_file(BAKERY, BOTTOM)
    await until(ada, both_offer_one)
    first, _ = await ada.answers()
    one = await ada.press(first, ONE_RECEIPT)
    delete = await ada.press(first, "Delete")
    await ada.answer(one)
    assert (await ada.answer(delete))["text"] == PART_OF_ONE
    await idle(talk)
    assert "From 2 photos" in said((await ada.answers())[0])
    assert await states(talk.stores) == ["read", "set aside", "set aside"]


async def test_corrections_survive_the_way_there_and_back(ada: Person, talk: Conversation) -> None:
    """What the person wrote about the whole receipt is still there when it is whole again."""
    await ada.send_file(TOP, BOTTOM)
    answer = await ada.until_shown(has_button(SEPARATE_RECEIPTS))
    await ada.say("merchant Our Grocer", reply_to=answer)
    await ada.until_said("Our Grocer")
    await ada.press(answer, SEPARATE_RECEIPTS)
    apart = await ada.until_shown(has_button(ONE_RECEIPT))
    await ada.press(apart, ONE_RECEIPT)
    await until(ada, lambda messages: "Our Grocer" in said(messages[0]))
    assert await counted(talk.stores) == "25.80"


async def test_an_answer_that_is_not_the_albums_own_is_brought_up_to_date(ada: Person) -> None:
    """A correction shows the receipt in a message of its own, with the same buttons."""
    await ada.send_file(TOP, BOTTOM)
    answer = await ada.until_shown(has_button(SEPARATE_RECEIPTS))
    await ada.say("merchant Our Grocer", reply_to=answer)
    corrected = await ada.until_said("Our Grocer")
    await ada.press(corrected, SEPARATE_RECEIPTS)
    await ada.until_said(NOW_SEPARATE)


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


async def test_one_photo_that_is_away_holds_up_only_its_neighbours(ada: Person, talk: Conversation) -> None:
    """What is surely a receipt by itself is answered while another photo waits for its reading."""
    talk.reader.failures += [Unavailable("the reader is down")]
    await ada.send_file(BAKERY, TOP, BOTTOM)
    await ada.until_said("10.45")
    await ada.until_said("25.80")
    assert (await states(talk.stores)).count("read") == 2


async def test_the_answers_survive_a_failing_telegram(ada: Person, talk: Conversation) -> None:
    """Edits that fail are repeated; nothing is said twice."""
    talk.faults.add(Fault("editMessageText", code=500, done_first=True, times=2))
    await ada.send_file(TOP, BOTTOM)
    await until(ada, lambda messages: "25.80" in said(messages[0]) and said(messages[-1]) == PART_OF_ONE)
    await idle(talk)
    assert len(await ada.answers()) == 2


async def test_the_caption_is_kept_with_the_album(ada: Person, talk: Conversation) -> None:
    """It stands on one of the photos."""
    await ada.send([("a.pdf", BAKERY), ("b.pdf", TOP)], "file", caption="Lunch with Bo")
    await ada.until_said("10.45")
    async with transaction(talk.stores.pool) as connection:
        found = await connection.execute("select caption from albums")
        assert [row["caption"] for row in await found.fetchall()] == ["Lunch with Bo"]


async def test_every_photo_of_a_receipt_is_shown_again(ada: Person) -> None:
    """The button gives all of them."""
    await ada.send_file(TOP, BOTTOM)
    answer = await ada.until_shown(has_button(SEPARATE_RECEIPTS))
    await ada.press(answer, "Photo")
    await until(ada, lambda messages: sum("document" in message for message in messages) == 2)


@pytest.mark.parametrize("choice", Choice)
async def test_somebody_elses_album_is_out_of_reach(choice: Choice) -> None:
    """A forged button changes nothing."""
    chat = await open_chat(filed(account=UUID(int=2), album="telegram:1:2:album:3"))
    assert how(await chat.press(OnAlbum(choice, UUID(int=100)).data())) == [("toast", NOT_YOURS)]


async def test_a_receipt_without_an_album_can_not_be_arranged() -> None:
    """No button of ours offers it."""
    chat = await open_chat(filed())
    assert how(await chat.press(OnAlbum(Choice.ONE, UUID(int=100)).data())) == [("toast", OLD_BUTTON)]
