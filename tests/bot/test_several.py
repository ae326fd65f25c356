"""A photo of several receipts as the person in the chat sees it: an answer for each."""

from __future__ import annotations

from tests.album import BAKERY as PHOTO
from tests.album import BOTTOM, TOP, counted, idle, states, teach
from tests.conversation import Conversation
from tests.core.test_several import BAKERY, GROCER, beside
from tests.person import Person, said


async def test_each_receipt_of_a_photo_gets_an_answer(ada: Person, talk: Conversation) -> None:
    """The first says that there are two; both answer the same photo, and both count."""
    talk.reader.known[PHOTO] = beside(BAKERY, GROCER)
    await ada.send_file(PHOTO)
    first = await ada.until_said("Corner Bakery")
    assert "two receipts" in said(first)
    assert "the left one" in said(first)
    second = await ada.until_said("Green Grocer")
    assert "9.65" in said(second)
    await idle(talk)
    assert await states(talk.stores) == ["read", "read"]
    assert await counted(talk.stores) == "16.80"
    assert len(await ada.answers()) == 2
    await ada.press(first, "It is right")
    await ada.until_shown(lambda message: "Corner Bakery" in said(message) and "two receipts" not in said(message))


async def test_each_receipt_is_a_duplicate_of_itself_alone(ada: Person, talk: Conversation) -> None:
    """Two receipts of one photo are no duplicates; sent again, each is one of its own."""
    talk.reader.known[PHOTO] = beside(BAKERY, GROCER)
    await ada.send_file(PHOTO)
    assert "sent this receipt before" not in said(await ada.until_said("Green Grocer"))
    await ada.send_file(PHOTO)
    await ada.until_shown(
        lambda message: "Green Grocer" in said(message) and "sent this receipt before" in said(message)
    )
    await idle(talk)
    answers = [said(message) for message in await ada.answers()]
    assert ["sent this receipt before" in answer for answer in answers] == [False, False, True, True]


async def test_two_receipts_in_a_photo_of_an_album_are_two(ada: Person, talk: Conversation) -> None:
    """Beside them the album's other photo is a receipt as ever."""
    teach(talk)
    talk.reader.known[PHOTO] = beside(BAKERY, GROCER)
    await ada.send_file(PHOTO, TOP, BOTTOM)
    await ada.until_said("Corner Bakery")
    await ada.until_shown(lambda message: "9.65" in said(message))
    await ada.until_said("25.80")
    await idle(talk)
    assert (await states(talk.stores)).count("read") == 3
