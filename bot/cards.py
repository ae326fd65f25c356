"""A receipt as people see it in the chat: the answer to a photo, its card, its row in the list; HTML."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot import keyboards, sentences
from bot.columns import clean
from bot.proofs import proof_line
from bot.sentences import fill
from bot.tables import table_of
from core import doubts
from core.answers import DOUBTS_OF_ABSENCE
from core.locales import locale_of, written_day
from core.money import Money
from core.ports import Filed, State
from core.receipt import Doubt, Kind, Receipt
from core.who_read import who_read


def reading_message() -> str:
    """Return what is said the moment a photo is kept, until its answer replaces it."""
    return sentences.READING


def answer(filed: Filed, locale: str) -> tuple[str, InlineKeyboardMarkup | None]:
    """Return the text and buttons that "Reading…" becomes; at most 4096 characters."""
    return card(filed, locale, None)


def card(filed: Filed, locale: str, page: int | None) -> tuple[str, InlineKeyboardMarkup | None]:
    """Return a receipt's text and buttons as it stands; `page` is the list page to go back to, if any."""
    text, keyboard = _card(filed, locale_of(locale), page)
    asked = page is None and filed.state in (State.READ, State.UNUSABLE, State.SET_ASIDE)
    return text, keyboards.with_album(filed, keyboard) if asked else keyboard


def _card(filed: Filed, locale: str, page: int | None) -> tuple[str, InlineKeyboardMarkup | None]:
    if filed.state is State.DELETED:
        return fill(sentences.DELETED, receipt=named(filed, locale)), keyboards.of_deleted(filed.id, page)
    if filed.state is State.WAITING:
        return sentences.READING, None
    if filed.state is State.SET_ASIDE:
        return sentences.NOW_SEPARATE if filed.joins else sentences.PART_OF_ONE, None
    if filed.receipt is None:
        return fill("{problem}", problem=clean(filed.problem or "", 1000)), None
    index = open_doubt(filed)
    photos = [fill(sentences.FROM_PHOTOS, count=len(filed.joins))] if filed.joins else []
    text = "\n".join([_body(filed.receipt, locale), *photos])
    if index is None:
        return text, keyboards.of_receipt(filed.id, page)
    doubt = filed.receipt.doubts[index]
    return f"{text}\n\n{_question(doubt, filed.receipt, locale)}", keyboards.of_doubt(filed, index, locale, page)


def open_doubt(filed: Filed) -> int | None:
    """Return the index of the first doubt that was not settled yet, or None."""
    found = filed.receipt.doubts if filed.receipt else ()
    return next((index for index, doubt in enumerate(found) if doubt.kind not in filed.settled), None)


def _question(doubt: Doubt, receipt: Receipt, locale: str) -> str:
    """Return what a doubt asks and, where no button can answer it, how to."""
    asked = fill("{question}", question=clean(doubts.sentence(doubt, receipt, locale), 600))
    answerable = doubt.choices and doubt.kind not in DOUBTS_OF_ABSENCE
    how = "" if answerable else sentences.REPLY_WITH.get(doubt.field, "")
    return f"{asked} {how}".rstrip()


def named(filed: Filed, locale: str) -> str:
    """Return a receipt in one short line of plain text: `Oct 3, 2026 · Corner Café · €28.70`.

    Where no date was printed it says when it was sent: the day it counts on is no fact of the receipt.
    """
    receipt = filed.receipt or Receipt()
    day = written_day(filed.counted_on, locale)
    if receipt.bought_on is None:
        day = sentences.SENT_UNDATED.format(day=day)
    return f"{day} · {clean(receipt.merchant or sentences.NO_MERCHANT, 30)} · {_total(receipt, locale)}"


def listed(filed: list[Filed], first: int, all_: int, locale: str) -> str:
    """Return a page of the list: receipts numbered from `first` of `all_`."""
    title = fill(sentences.LIST_TITLE, first=first, last=first + len(filed) - 1, all=all_)
    rows = [
        fill("{number}. {row}{mark}", number=first + place, row=named(one, locale), mark=_mark(one))
        for place, one in enumerate(filed)
    ]
    return "\n".join([title, "", *rows])


def _mark(filed: Filed) -> str:
    return "" if open_doubt(filed) is None else f" · {sentences.TO_CHECK}"


def _total(receipt: Receipt, locale: str) -> str:
    return sentences.NO_TOTAL if receipt.total is None else Money(receipt.total, receipt.currency).written(locale)


def _body(receipt: Receipt, locale: str) -> str:
    return "\n".join([_head(receipt, locale) + table_of(receipt, locale), *_foot(receipt, locale)])


def _head(receipt: Receipt, locale: str) -> str:
    day = written_day(receipt.bought_on, locale) if receipt.bought_on else sentences.NO_DATE
    facts = [
        day,
        fill("{category}", category=clean(receipt.category)) if receipt.category else "",
        receipt.kind.value if receipt.kind is not Kind.RECEIPT else "",
        fill(sentences.NUMBER, number=clean(receipt.number, 30)) if receipt.number else "",
        fill(sentences.DUE, day=written_day(receipt.due_on, locale)) if receipt.due_on else "",
    ]
    merchant = fill("<b>{merchant}</b>\n", merchant=clean(receipt.merchant or sentences.NO_MERCHANT))
    return merchant + " · ".join(fact for fact in facts if fact)


def _foot(receipt: Receipt, locale: str) -> list[str]:
    """Return the lines under the table: the total, how it comes about, how it was paid, and who read it."""
    sentence = sentences.CREDITED if receipt.kind is Kind.CREDIT_NOTE else sentences.TOTAL
    known = receipt.total is not None
    total = fill(sentence, amount=_total(receipt, locale)) if known else sentences.NO_TOTAL.capitalize()
    paid = fill(sentences.PAID_WITH, method=clean(receipt.payment_method, 40)) if receipt.payment_method else ""
    read = fill("<i>{read}</i>", read=clean(who_read(receipt), 300)) if who_read(receipt) else ""
    lines = [f"<b>{total}</b>", proof_line(receipt, locale), paid, read]
    return [line for line in lines if line]
