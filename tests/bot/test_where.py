"""Show me where: the pictures with their figures framed, and what is said when that cannot be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from bot import sentences
from bot.presses import OnReceipt
from core.errors import Unavailable, Unusable
from core.ports import Filed, State
from core.receipt import Evidence, Reading, Receipt
from tests.bot.fakes import Chat, coffee, filed, how, open_chat
from tests.conversation import written

ID = UUID(int=100)
PRESS = OnReceipt("where", ID).data()
READING = written("Corner Café\n2026-10-03\nEspresso  5.00\nCroissant  2.50\nTOTAL  7.50")
EVIDENCE = {"merchant": Evidence(lines=(0,)), "bought_on": Evidence(lines=(1,)), "total": Evidence(lines=(7,))}


def of_several(count: int, **changes: object) -> Reading:
    """Return the reading on each of so many pages."""
    lines = [line.model_copy(update={"page": page}) for page in range(count) for line in READING.lines]
    given = {"lines": tuple(lines), "pages": READING.pages * count, **changes}
    return READING.model_copy(update=given)


async def chat_of(receipt: Receipt, reading: Reading | None = READING, **changes: object) -> Chat:
    """Return a chat with one receipt and its photo."""
    chat = await open_chat(replace(filed(100, receipt), **changes))
    chat.photos.kept["photo-100"] = b"the photo"
    if reading is not None:
        chat.ledger.readings[ID] = reading
    return chat


async def test_the_picture_comes_with_its_figures_framed() -> None:
    """In the frame that was read, with names; the caption says which receipt it is."""
    chat = await chat_of(coffee(evidence=EVIDENCE))
    toast, shown = await chat.press(PRESS)
    assert (toast.how, toast.text, shown.how) == ("toast", "", "show")
    assert shown.text == "Oct 3, 2026 · Corner Café · €7.50"
    ((photo, drawing),) = chat.sketches.asked
    assert (photo, drawing.page, drawing.frame) == (b"the photo", 1, (600, 900))
    assert chat.sketches.labels == [["", "", "Merchant", "Date", "Total"]]


async def test_a_figure_without_a_place_is_named() -> None:
    """In the caption, whatever it is."""
    chat = await chat_of(coffee(subtotal=Decimal("7.00"), evidence={"total": Evidence(lines=(7,))}))
    _, shown = await chat.press(PRESS)
    assert shown.text.endswith("\nI can't say where to find the date and the subtotal.")


async def test_without_any_place_the_words_come_alone() -> None:
    """Who reads without boxes leaves nothing to frame."""
    nowhere = Reading(lines=tuple(line.model_copy(update={"box": None}) for line in READING.lines))
    chat = await chat_of(coffee(evidence=EVIDENCE), nowhere)
    _, told = await chat.press(PRESS)
    assert (told.how, chat.sketches.asked) == ("say", [])
    assert told.text.endswith("I can't say where to find the merchant, the date, the total and the items.")


async def test_of_what_a_person_wrote_nothing_can_be_shown() -> None:
    """And that is said."""
    chat = await chat_of(Receipt(), None)
    assert how(await chat.press(PRESS)) == [("toast", ""), ("say", sentences.WHERE_NOTHING)]


async def test_a_picture_that_cannot_be_drawn_is_told() -> None:
    """In one plain sentence."""
    chat = await chat_of(coffee(evidence=EVIDENCE))
    chat.sketches.failure = Unusable("code 3")
    assert how(await chat.press(PRESS)) == [("toast", ""), ("say", sentences.NOT_DRAWN)]


async def test_when_too_many_are_drawn_it_is_tried_again() -> None:
    """The queue comes back to it."""
    chat = await chat_of(coffee(evidence=EVIDENCE))
    chat.sketches.failure = Unavailable("too many")
    with pytest.raises(Unavailable):
        await chat.press(PRESS)


async def test_at_most_four_pages_are_sent() -> None:
    """And how many there are is said below the first."""
    lines = len(READING.lines)
    total = Evidence(lines=tuple(7 + page * lines for page in range(6)))
    chat = await chat_of(coffee(items=(), evidence={"total": total}), of_several(6))
    _, *shown = await chat.press(PRESS)
    assert [drawing.page for _, drawing in chat.sketches.asked] == [1, 2, 3, 4]
    assert [one.text.split("\n")[-1] for one in shown] == ["These are the first 4 of 6 pages.", "", "", ""]


async def test_each_page_of_an_album_comes_from_its_photo() -> None:
    """The second page of the receipt is the first of the second photo, turned as it was read."""
    lines = len(READING.lines)
    evidence = {"merchant": Evidence(lines=(0,)), "total": Evidence(lines=(7 + lines,))}
    reading = of_several(2, photos=(0, 1), turned=(0, 90))
    joins = tuple(UUID(int=number) for number in (1, 2))
    chat = await chat_of(coffee(evidence=evidence), reading, joins=joins)
    parts = [Filed(part, filed().account, State.SET_ASIDE, f"part-{part.int}", filed().sent_on) for part in joins]
    for part in parts:
        chat.ledger.receipts[part.id] = part
        chat.ledger.readings[part.id] = READING
        chat.photos.kept[part.photo] = part.photo.encode()
    await chat.press(PRESS)
    asked = [(photo, drawing.page, drawing.turn) for photo, drawing in chat.sketches.asked]
    assert asked == [(b"part-1", 1, 0), (b"part-2", 1, 90)]


async def test_a_long_roll_comes_as_a_file() -> None:
    """As a photo it would be shrunk until nobody can read it."""
    chat = await chat_of(coffee(evidence=EVIDENCE), READING.model_copy(update={"pages": ((600, 2400),)}))
    _, shown = await chat.press(PRESS)
    assert how([shown]) == [("hand over", "where-1.jpg")]
    ((_, drawing),) = chat.sketches.asked
    assert drawing.longest == 3200


async def test_hostile_text_stays_text() -> None:
    """A merchant's markup is escaped in the caption."""
    chat = await chat_of(coffee(merchant="<b>x</b>\u202e", evidence=EVIDENCE))
    _, shown = await chat.press(PRESS)
    assert "&lt;b&gt;x&lt;/b&gt;" in shown.text
    assert "\u202e" not in shown.text


async def test_anothers_receipt_is_not_shown() -> None:
    """Whoever forged the button."""
    chat = await open_chat()
    assert how(await chat.press(PRESS)) == [("toast", sentences.NOT_YOURS)]
