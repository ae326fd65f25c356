"""Albums as the person in the chat sees them: several receipts, one receipt in several photos, and their own word."""

from __future__ import annotations

from uuid import UUID

import pytest

from bot.presses import OnAlbum
from bot.sentences import NOT_YOURS, NOW_SEPARATE, OLD_BUTTON, ONE_RECEIPT, PART_OF_ONE, SEPARATE_RECEIPTS
from core.albums import Choice
from core.errors import Unavailable
from tests.album import (
    BAKERY,
    BAKERY_TEXT,
    BOTTOM,
    END,
    ROWS,
    TOP,
    both_offer_one,
    counted,
    has_button,
    idle,
    states,
    teach,
    until,
)
from tests.bot.fakes import filed, how, open_chat
from tests.conversation import Conversation, written
from tests.owner import as_owner
from tests.person import Person, said
from webhook.local_chat.faults import Fault


@pytest.fixture(autouse=True)
def photos(talk: Conversation) -> None:
    """Let the reader know the photos of these tests."""
    teach(talk)


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


async def test_photos_of_a_long_receipt_may_come_in_any_order(ada: Person, talk: Conversation) -> None:
    """The answer stands where the first that was sent is; nothing is counted twice."""
    talk.reader.known[END] = written("\n".join(ROWS[3:10]))
    await ada.send_file(BOTTOM, TOP, END)
    await until(ada, lambda messages: "25.80" in said(messages[0]) and said(messages[-1]) == PART_OF_ONE)
    answer = (await ada.answers())[0]
    assert "✓" in said(answer)
    assert "From 3 photos" in said(answer)
    assert said(answer).count("Eggs") == 1
    assert await counted(talk.stores) == "25.80"


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


async def test_a_photo_that_shows_no_receipt_gets_its_sentence(ada: Person, talk: Conversation) -> None:
    """The others of the album are joined as ever; said to be of the receipt, it adds nothing."""
    await ada.send_file(TOP, b"%PDF-1.4 a cat", BOTTOM)
    answer = await ada.until_said("I can't see any text in this picture")
    await until(ada, lambda messages: len(messages) == 3 and "25.80" in said(messages[0]))
    await ada.press(answer, ONE_RECEIPT)
    await ada.until_said("From 3 photos")
    await idle(talk)
    assert await counted(talk.stores) == "25.80"


async def test_the_caption_is_kept_with_the_album(ada: Person, talk: Conversation) -> None:
    """It stands on one of the photos."""
    await ada.send([("a.pdf", BAKERY), ("b.pdf", TOP)], "file", caption="Lunch with Bo")
    await ada.until_said("10.45")
    async with as_owner(talk.stores) as connection:
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
