"""What a pressed button does, once, twice, and when it is forged."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from bot import sentences
from bot.presses import OnReceipt, Settle
from core.accounts import Account
from core.answers import mark_of
from core.ports import State
from core.receipt import Doubt, DoubtKind
from tests.bot.fakes import coffee, doubtful, filed, how, open_chat

ID = UUID(int=100)
JPEG, PDF = b"\xff\xd8\xff picture", b"%PDF-1.7 file"
UNCLEAR = Doubt(kind=DoubtKind.DATE_UNCLEAR, field="bought_on", choices=("2026-10-03", "2026-03-10"))


async def test_a_receipt_opens_as_a_card_in_place_of_the_list() -> None:
    """With its photo, deletion and the way back one press away."""
    chat = await open_chat(filed())
    _, card = await chat.press(OnReceipt("card", ID, 0).data())
    assert card.how == "change"
    assert list(card.buttons()) == [sentences.PHOTO, sentences.WHERE, sentences.DELETE, sentences.BACK]


async def test_the_photo_is_sent_as_it_was_received() -> None:
    """The bytes, with the receipt in one line."""
    chat = await open_chat(filed())
    chat.photos.kept["photo-100"] = JPEG
    _, photo = await chat.press(OnReceipt("photo", ID).data())
    assert (photo.how, photo.file, photo.text) == ("show", JPEG, "Oct 3, 2026 · Corner Café · €7.50")


async def test_a_pdf_is_handed_over_as_a_file() -> None:
    """Telegram would not show it as a photo."""
    chat = await open_chat(filed())
    chat.photos.kept["photo-100"] = PDF
    _, photo = await chat.press(OnReceipt("photo", ID).data())
    assert (photo.how, photo.file, photo.text) == ("hand over", PDF, "receipt-2026-10-03.pdf")


async def test_a_deleted_receipt_can_be_put_back() -> None:
    """Delete, then Undo, and it is in the list again."""
    chat = await open_chat(filed())
    _, deleted = await chat.press(OnReceipt("delete", ID, 0).data())
    assert chat.ledger.receipts[ID].state is State.DELETED
    _, restored = await chat.press(deleted.buttons()[sentences.UNDO])
    assert chat.ledger.receipts[ID].state is State.READ
    assert sentences.BACK in restored.buttons()


async def test_delete_pressed_twice_says_that_it_was_done() -> None:
    """The message still offers Undo."""
    chat = await open_chat(filed())
    await chat.press(OnReceipt("delete", ID).data())
    toast, card = await chat.press(OnReceipt("delete", ID).data())
    assert toast.text == sentences.ALREADY_DELETED
    assert sentences.UNDO in card.buttons()


async def test_undo_pressed_twice_leaves_the_receipt_where_it_is() -> None:
    """In the ledger, and the toast says so."""
    chat = await open_chat(filed())
    toast, card = await chat.press(OnReceipt("restore", ID).data())
    assert toast.text == sentences.NOT_DELETED
    assert sentences.PHOTO in card.buttons()


@pytest.mark.parametrize("verb", ["card", "photo", "delete", "restore", "other"])
async def test_somebody_elses_receipt_is_out_of_reach(verb: str) -> None:
    """A forged id of another account's receipt finds nothing and changes nothing."""
    chat = await open_chat(filed(account=Account(UUID(int=2)).id))
    assert how(await chat.press(OnReceipt(verb, ID).data())) == [("toast", sentences.NOT_YOURS)]
    assert chat.ledger.receipts[ID].state is State.READ


@pytest.mark.parametrize("data", ["?", "card:1:2", "settle:x", "x" * 64])
async def test_an_unknown_button_gets_a_toast(data: str) -> None:
    """And the spinner on it stops."""
    assert how(await (await open_chat()).press(data)) == [("toast", sentences.OLD_BUTTON)]


async def test_a_choice_settles_the_doubt() -> None:
    """The receipt takes the value that was chosen."""
    chat = await open_chat(doubtful(UNCLEAR))
    toast, _ = await chat.press(Settle(ID, 0, 1, mark_of(UNCLEAR)).data())
    receipt = chat.ledger.receipts[ID].receipt
    assert receipt is not None
    assert receipt.bought_on == date(2026, 3, 10)
    assert toast.text == sentences.NOTED


async def test_a_choice_pressed_twice_settles_nothing_else() -> None:
    """After the first press another doubt may stand at the same index; the mark tells them apart."""
    other = Doubt(kind=DoubtKind.MERCHANT_UNCLEAR, field="merchant", choices=("A", "B"))
    chat = await open_chat(doubtful(other))
    toast, _ = await chat.press(Settle(ID, 0, 1, mark_of(UNCLEAR)).data())
    assert toast.text == sentences.ALREADY_SETTLED
    assert chat.ledger.receipts[ID] == doubtful(other)


async def test_a_deleted_receipts_question_can_no_longer_be_answered() -> None:
    """It says that it was deleted, and offers Undo."""
    chat = await open_chat(filed(receipt=coffee(doubts=(UNCLEAR,)), state=State.DELETED))
    toast, card = await chat.press(Settle(ID, 0, 1, mark_of(UNCLEAR)).data())
    assert toast.text == sentences.ALREADY_DELETED
    assert sentences.UNDO in card.buttons()
