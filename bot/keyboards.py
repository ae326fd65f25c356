"""The rows of buttons under messages."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup

from bot import sentences
from bot.columns import clean
from bot.presses import ListPage, OnAlbum, OnReceipt, Press, Sample, Settle, Summarise, read_press
from core.albums import Choice
from core.answers import choice_text, mark_of, right_text
from core.periods import Period
from core.ports import Filed, State
from core.receipt import DoubtKind, Receipt

PAGE_SIZE = 10
MOST_CHOICES = 4


def button(text: str, press: Press) -> Button:
    """Return one button."""
    return Button(text, callback_data=press.data())


def of_start() -> InlineKeyboardMarkup:
    """Return the button that sends the sample."""
    return InlineKeyboardMarkup([[button(sentences.TRY_SAMPLE, Sample())]])


def of_receipt(receipt: UUID, page: int | None) -> InlineKeyboardMarkup:
    """Return the buttons under a receipt without open doubts."""
    return InlineKeyboardMarkup(_receipt_rows(receipt, page))


def of_deleted(receipt: UUID, page: int | None) -> InlineKeyboardMarkup:
    """Return Undo and, when the card was opened from the list, the way back."""
    return InlineKeyboardMarkup([[button(sentences.UNDO, OnReceipt("restore", receipt, page))], *_back(page)])


def of_doubt(filed: Filed, index: int, locale: str, page: int | None) -> InlineKeyboardMarkup:
    """Return the answers to the doubt at `index`, above the receipt's own buttons."""
    answers = _answers(filed, index, locale, page)
    rows = [answers[start : start + 2] for start in range(0, len(answers), 2)]
    return InlineKeyboardMarkup([*rows, *_receipt_rows(filed.id, page)])


def with_album(filed: Filed, markup: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    """Return the buttons with the one that says what an album is, under a receipt that came in one."""
    if filed.album is None:
        return markup
    one = bool(filed.joins) == (filed.state is State.SET_ASIDE)
    choice = Choice.ONE if one else Choice.SEPARATE
    text = sentences.ONE_RECEIPT if one else sentences.SEPARATE_RECEIPTS
    rows = markup.inline_keyboard if markup else ()
    return InlineKeyboardMarkup([*rows, [button(text, OnAlbum(choice, filed.id))]])


def of_list(page: list[UUID], number: int, all_: int) -> InlineKeyboardMarkup:
    """Return a numbered button for each receipt of list page `number` (from 0), and ‹ › to others."""
    first = number * PAGE_SIZE + 1
    cards = [button(str(first + place), OnReceipt("card", one, number)) for place, one in enumerate(page)]
    rows = [cards[start : start + 5] for start in range(0, len(cards), 5)]
    turns = [button(sentences.EARLIER, ListPage(number - 1))] if number > 0 else []
    if first + len(page) <= all_:
        turns.append(button(sentences.LATER, ListPage(number + 1)))
    return InlineKeyboardMarkup([*rows, turns] if turns else rows)


def of_summary(period: Period, today: date, locale: str) -> InlineKeyboardMarkup:
    """Return the buttons to the period before and, when it has begun, the one after."""
    before, after = period.shifted(-1), period.shifted(1)
    row = [button(f"{sentences.EARLIER} {before.written(locale)}", Summarise(before))]
    if after.first <= today:
        row.append(button(f"{after.written(locale)} {sentences.LATER}", Summarise(after)))
    return InlineKeyboardMarkup([row])


def receipts_in(markup: InlineKeyboardMarkup | None) -> list[UUID]:
    """Return the receipts that the buttons under a message speak of, each once, in their order."""
    rows = markup.inline_keyboard if markup else ()
    presses = [read_press(str(one.callback_data)) for row in rows for one in row if one.callback_data]
    own = ("card", "photo", "restore")
    return list(dict.fromkeys(one.receipt for one in presses if isinstance(one, OnReceipt) and one.verb in own))


def _answers(filed: Filed, index: int, locale: str, page: int | None) -> list[Button]:
    receipt = filed.receipt or Receipt()
    doubt = receipt.doubts[index]

    def settle(choice: int | None) -> Settle:
        return Settle(filed.id, index, choice, mark_of(doubt), page)

    if doubt.kind is DoubtKind.DUPLICATE:
        other = [UUID(choice) for choice in doubt.choices[:1]]
        shown = [button(sentences.SHOW_OTHER, OnReceipt("other", one)) for one in other]
        deleted = button(sentences.DELETE_THIS, OnReceipt("delete", filed.id, page))
        return [button(sentences.KEEP_BOTH, settle(None)), deleted, *shown]
    offered = [
        button(choice_text(doubt, clean(choice, 30), receipt.currency, locale), settle(place))
        for place, choice in enumerate(doubt.choices[:MOST_CHOICES])
    ]
    right = button(clean(right_text(doubt, receipt.currency, locale)), settle(None))
    return [right, *offered] if doubt.kind is DoubtKind.READERS_DIFFER else [*offered, right]


def _receipt_rows(receipt: UUID, page: int | None) -> list[list[Button]]:
    photo = button(sentences.PHOTO, OnReceipt("photo", receipt, page))
    where = button(sentences.WHERE, OnReceipt("where", receipt, page))
    return [[photo, where], [button(sentences.DELETE, OnReceipt("delete", receipt, page))], *_back(page)]


def _back(page: int | None) -> list[list[Button]]:
    return [] if page is None else [[button(sentences.BACK, ListPage(page))]]
