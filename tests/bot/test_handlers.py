"""What each thing that people send is answered with, on python-telegram-bot's real application."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from bot import sentences
from bot.presses import ListPage, OnReceipt, Sample, Settle, mark_of
from core.accounts import Account
from core.corrections import WrongValue
from core.ports import State
from core.receipt import Doubt, DoubtKind
from tests.bot.fakes import BOT, PERSON, TODAY, Said, coffee, doubtful, filed, open_chat

GROUP = {"id": -100, "type": "supergroup", "title": "Family"}
ID = UUID(int=100)
JPEG, PDF = b"\xff\xd8\xff picture", b"%PDF-1.7 file"
UNCLEAR = Doubt(kind=DoubtKind.DATE_UNCLEAR, field="bought_on", choices=("2026-10-03", "2026-03-10"))


def _how(said: list[Said]) -> list[tuple[str, str]]:
    return [(one.how, one.text) for one in said]


def _document(**fields: Any) -> dict[str, Any]:
    return {"file_id": "file", "file_unique_id": "u", **fields}


def _photo(*widths: int) -> list[dict[str, Any]]:
    return [{"file_id": f"p{w}", "file_unique_id": f"u{w}", "width": w, "height": w} for w in widths]


@pytest.mark.parametrize("command", ["/start", "/start payload", "/help", "/Help", "/start@snapspend_bot"])
async def test_a_greeting_offers_the_sample(command: str) -> None:
    """Who has no receipt at hand presses the button."""
    (answer,) = await (await open_chat()).send(text=command)
    assert answer.buttons() == {sentences.TRY_SAMPLE: Sample().data()}


async def test_the_sample_goes_the_same_road_as_a_photo() -> None:
    """It is received, not faked."""
    assert ("receive", "the sample") in _how(await (await open_chat()).press("sample"))


async def test_the_largest_size_of_a_photo_is_received() -> None:
    """Telegram offers several, in no promised order."""
    chat = await open_chat()
    assert _how(await chat.send(photo=_photo(90, 1280, 320))) == [("receive", "p1280")]


@pytest.mark.parametrize(
    "fields",
    [
        {"mime_type": "image/heic"},
        {"mime_type": "application/pdf"},
        {"mime_type": "application/octet-stream", "file_name": "scan.PDF"},
        {"mime_type": "application/octet-stream"},
        {"file_name": "IMG_1.jpeg"},
        {"mime_type": "image/png", "file_size": 20 << 20},
    ],
)
async def test_a_picture_or_pdf_as_a_file_is_received(fields: dict[str, Any]) -> None:
    """What it really is, its bytes will tell."""
    assert _how(await (await open_chat()).send(document=_document(**fields))) == [("receive", "file")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"mime_type": "text/plain", "file_name": "photo.jpg"}, "not a picture or a PDF"),
        ({"mime_type": "video/mp4", "file_name": "cat.mp4"}, "not a picture or a PDF"),
        ({"mime_type": "application/octet-stream", "file_name": "a.exe"}, "not a picture or a PDF"),
        ({"mime_type": "image/png", "file_size": (20 << 20) + 1}, "larger than 20 MB"),
        ({"mime_type": "image/png", "file_size": 0}, "empty"),
    ],
)
async def test_a_file_that_can_never_be_used_is_refused_without_a_download(fields: dict[str, Any], words: str) -> None:
    """Each with its own sentence."""
    (answer,) = await (await open_chat()).send(document=_document(**fields))
    assert answer.how == "say"
    assert words in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "hello"},
        {"text": "x" * 4096},
        {"text": "<b>& {amount}"},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
        {"contact": {"phone_number": "1", "first_name": "Bo"}},
        {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 1}},
        {"video": {"file_id": "v", "file_unique_id": "v", "duration": 1, "width": 1, "height": 1}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {
            "sticker": {
                "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
                "is_animated": False, "is_video": False,
            }
        },
    ],
    ids=lambda fields: next(iter(fields)),
)  # fmt: skip
async def test_anything_else_gets_one_helpful_line(fields: dict[str, Any]) -> None:
    """It says what can be sent instead."""
    assert _how(await (await open_chat()).send(**fields)) == [("say", sentences.ANYTHING_ELSE)]


@pytest.mark.parametrize("text", ["/frobnicate", "/", "/<b>x", "/" + "x" * 4000, "/list@other_bot"])
async def test_an_unknown_command_is_told_the_known_ones(text: str) -> None:
    """And named, escaped and cut."""
    (answer,) = await (await open_chat()).send(text=text)
    assert "/summary" in answer.text
    assert "<" not in answer.text
    assert len(answer.text) < 400


async def test_a_changed_message_is_not_followed() -> None:
    """An edited /list is not answered twice; the person is told to send it anew."""
    chat = await open_chat()
    fields = {"message_id": 9, "date": 1, "chat": {"id": 7, "type": "private"}, "from": PERSON}
    assert _how(await chat.update(edited_message={**fields, "text": "/list"})) == [("say", sentences.EDITED)]


async def test_a_live_location_that_moves_is_left_alone() -> None:
    """Telegram sends it as a change every few seconds."""
    chat = await open_chat()
    fields = {"message_id": 9, "date": 1, "chat": {"id": 7, "type": "private"}, "from": PERSON}
    assert await chat.update(edited_message={**fields, "location": {"latitude": 1.0, "longitude": 2.0}}) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "good morning"},
        {"photo": _photo(90)},
        {"text": "/unknown"},
        {"text": "/list@other_bot"},
        {"new_chat_title": "Home"},
    ],
)
async def test_a_group_is_left_in_peace(fields: dict[str, Any]) -> None:
    """What does not speak to the bot is not answered."""
    assert await (await open_chat()).send(chat=GROUP, **fields) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"caption": "@SnapSpend_bot please"},
        {"reply_to_message": {"message_id": 1, "date": 1, "chat": GROUP, "from": BOT, "text": "…"}},
    ],
)
async def test_a_photo_in_a_group_that_speaks_to_the_bot_is_received(fields: dict[str, Any]) -> None:
    """By naming it or by replying to it."""
    said = await (await open_chat()).send(chat=GROUP, photo=_photo(90), **fields)
    assert _how(said) == [("receive", "p90")]


async def test_who_hides_behind_a_group_has_no_ledger() -> None:
    """All anonymous administrators share one user id: nothing may be shown to it."""
    said = await (await open_chat(filed())).send(chat=GROUP, text="/list", sender_chat=GROUP)
    assert _how(said) == [("say", sentences.ANONYMOUS)]


@pytest.mark.parametrize("command", ["/list", "/summary", "/summary 2020"])
async def test_without_receipts_the_way_to_begin_is_shown(command: str) -> None:
    """A helpful line, and the sample."""
    assert _how(await (await open_chat()).send(text=command)) == [("say", sentences.NO_RECEIPTS)]


async def test_a_list_shows_ten_receipts_a_page() -> None:
    """Each with its number as a button, and ‹ › beside."""
    chat = await open_chat(*(filed(number) for number in range(25)))
    (answer,) = await chat.send(text="/list 2")
    assert list(answer.buttons()) == [str(number) for number in range(11, 21)] + ["‹", "›"]


async def test_a_page_past_the_end_is_the_last_one() -> None:
    """A button of a longer list still leads somewhere."""
    chat = await open_chat(*(filed(number) for number in range(11)))
    _, answer = await chat.press(ListPage(9999).data())
    assert answer.how == "change"
    assert "11–11 of 11" in answer.text


@pytest.mark.parametrize("text", ["/list x", "/list 0", "/list -1", "/list 99999", "/list 1 2", "/list ٢"])
async def test_a_page_that_is_no_page_is_answered_with_what_works(text: str) -> None:
    """Never an error."""
    assert _how(await (await open_chat(filed())).send(text=text)) == [("say", sentences.LIST_WORKS)]


async def test_a_receipt_opens_as_a_card_in_place_of_the_list() -> None:
    """With its photo, deletion and the way back one press away."""
    chat = await open_chat(filed())
    _, card = await chat.press(OnReceipt("card", ID, 0).data())
    assert card.how == "change"
    assert list(card.buttons()) == [sentences.PHOTO, sentences.DELETE, sentences.BACK]


async def test_the_photo_is_sent_as_it_was_received() -> None:
    """The bytes, with the receipt in one line."""
    chat = await open_chat(filed())
    chat.photos.kept["photo-100"] = JPEG
    _, photo = await chat.press(OnReceipt("photo", ID).data())
    assert (photo.how, photo.file, photo.text) == ("show", JPEG, "Oct 3 · Corner Café · €7.50")


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
    assert _how(await chat.press(OnReceipt(verb, ID).data())) == [("toast", sentences.NOT_YOURS)]
    assert chat.ledger.receipts[ID].state is State.READ


@pytest.mark.parametrize("data", ["?", "card:1:2", "settle:x", "x" * 64])
async def test_an_unknown_button_gets_a_toast(data: str) -> None:
    """And the spinner on it stops."""
    assert _how(await (await open_chat()).press(data)) == [("toast", sentences.OLD_BUTTON)]


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


async def test_a_summary_is_a_chart_with_its_figures_below() -> None:
    """A PNG, the total, and what was before."""
    chat = await open_chat(filed(1), filed(2, coffee(bought_on=date(2026, 9, 3), total=Decimal("5.00"))))
    (summary,) = await chat.send(text="/summary")
    assert summary.file.startswith(b"\x89PNG")
    assert "€7.50" in summary.text
    assert "50% more than by Sep 18 (€5.00)" in summary.text
    assert list(summary.buttons()) == ["‹ September 2026"]


async def test_a_summary_turns_to_the_period_before() -> None:
    """Its button carries the period."""
    chat = await open_chat(filed(1), filed(2, coffee(bought_on=date(2026, 9, 3))))
    (summary,) = await chat.send(text="/summary")
    _, before = await chat.press(summary.buttons()["‹ September 2026"])
    assert "<b>September 2026</b>" in before.text
    assert "October 2026 ›" in before.buttons()


async def test_a_period_without_receipts_says_so() -> None:
    """And leads on to its neighbours."""
    (answer,) = await (await open_chat(filed())).send(text="/summary 2020-02")
    assert "Nothing counted" in answer.text
    assert list(answer.buttons()) == ["‹ January 2020", "March 2020 ›"]


async def test_a_summary_too_long_for_a_caption_comes_below_its_chart() -> None:
    """Nothing of it is cut off."""
    receipts = [
        filed(place, coffee(merchant=f"Merchant {place}", currency=currency, bought_on=TODAY))
        for place, currency in enumerate(["EUR", "USD", "GBP", "JPY", None] * 8)
    ]
    chart, text = await (await open_chat(*receipts)).send(text="/summary")
    assert (chart.how, text.how) == ("show", "say")
    assert len(chart.text) < 1024 < len(text.text) <= 4096


@pytest.mark.parametrize("argument", ["2026-13", "yesterdaze", "<b>", "9" * 4000, "week 2026", "0000-00"])
async def test_a_period_that_is_none_is_answered_with_those_that_work(argument: str) -> None:
    """With the argument escaped and cut."""
    (answer,) = await (await open_chat(filed())).send(text=f"/summary {argument}")
    assert "<code>/summary 2026-10</code>" in answer.text
    assert len(answer.text) < 400


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("total 12.50", "total", Decimal("12.50")),
        ("Total: 1.234,50", "total", Decimal("1234.50")),
        ("date is 2026-10-09", "bought_on", date(2026, 10, 9)),
        ("merchant <Corner> & Co", "merchant", "<Corner> & Co"),
        ("currency usd", "currency", "USD"),
    ],
)
async def test_a_reply_to_an_answer_corrects_it(text: str, field: str, value: object) -> None:
    """The receipt takes what the person says."""
    chat = await open_chat(filed())
    await chat.send(text=text, reply_to_message=_answer_to(500))
    assert getattr(chat.ledger.receipts[ID].receipt, field) == value


async def test_the_buttons_of_a_card_say_which_receipt_a_reply_corrects() -> None:
    """Also where the message is not the first answer to a photo."""
    chat = await open_chat(filed())
    _, card = await chat.press(OnReceipt("card", ID, 0).data())
    assert card.keyboard is not None
    shown = {**_answer_to(777), "reply_markup": card.keyboard.to_dict()}
    await chat.send(text="total 9", reply_to_message=shown)
    receipt = chat.ledger.receipts[ID].receipt
    assert receipt is not None
    assert receipt.total == Decimal(9)


@pytest.mark.parametrize(
    ("text", "message", "said"),
    [
        ("that is wrong", 500, sentences.CORRECTION_WORKS),
        ("total 9", 501, sentences.NOT_AN_ANSWER),
        ("hello", 501, sentences.ANYTHING_ELSE),
    ],
)
async def test_a_reply_that_corrects_nothing_is_told_how(text: str, message: int, said: str) -> None:
    """What is missing is named: the correction or the receipt."""
    answers = await (await open_chat(filed())).send(text=text, reply_to_message=_answer_to(message))
    assert _how(answers) == [("say", said)]


async def test_a_value_that_does_not_fit_is_refused() -> None:
    """The error carries its own sentence to the edge, and the receipt stays."""
    chat = await open_chat(filed())
    with pytest.raises(WrongValue):
        await chat.send(text="total of love", reply_to_message=_answer_to(500))
    assert chat.ledger.receipts[ID] == filed()


def _answer_to(message: int) -> dict[str, Any]:
    return {"message_id": message, "date": 1, "chat": {"id": 7, "type": "private"}, "from": BOT, "text": "…"}
