"""What kind of paper it is, its number, and how it was paid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.extraction.date_labels import dated_rows, weigh
from core.extraction.plain import find_words, has_word, plain, word_list
from core.extraction.rows import Row, find_rows
from core.receipt import Kind, Reading

_WORDS = "details_words.json"
_MEANS = (
    *("Visa", "Mastercard", "American Express", "Discover", "Diners Club", "JCB", "UnionPay", "girocard", "Interac"),
    *("MyDebit", "NETS", "Apple Pay", "Google Pay", "PayPal", "Alipay", "WeChat Pay", "Touch 'n Go", "GrabPay"),
    *("Boost", "GoPay", "OVO", "QRIS", "UPI", "Pix", "M-Pesa", "Bizum", "Swish", "MobilePay", "Vipps", "TWINT"),
    *("GCash", "PromptPay", "mobile money"),
    *("BLIK", "iDEAL", "PayPay", "Suica", "Octopus", "EZ-Link", "gift card", "cheque", "bank transfer"),
    *("card", "cash"),
)
"""The answers of `find_payment_method`, each a list of details_words.json; the two vaguest last."""
_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)|[$€£¥₹]\s?\d|(?<!\d)\d{1,3}(?:[.,]\d{3})+(?!\d)")
_NOTHING = re.compile(r"(?<![\d.,])-?0+[.,]0+(?!\d)")
_MASKED = re.compile(r"[x*#•]{3,}\s?-?\d{3,4}(?!\d)|\d{4}[x*]{4,}")
_VALUE = re.compile(r"[\s.:#°º*=\-)]*(?P<value>[a-z]{0,6}[-/]?\d[\w\-/.]*|[a-z]{1,4}\s\d{4,}[\w\-/]*)")
_MARKS = re.compile(r"[\s.\-]*(?:no|nr|num|number|nummer|numero|n|id|код|номер|号|號|番号|번호)?[\s.:#°º]*")
_NO_NUMBER = re.compile(
    r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*|\d{1,2}:\d\d.*|\d+[.,]\d\d|20\d\d[-/.]\d\d?[-/.]\d\d?.*|\d{1,2}x"
)
"""What is a date, a time of day, an amount or a quantity, and no number of a receipt."""


def find_kind(reading: Reading) -> Kind:
    """Return what was printed: an invoice asks to be paid later, a receipt says that it has been paid.

    The word "invoice" alone decides nothing: tills print it on slips in Malaysia, Singapore, Australia and elsewhere.
    """
    rows = [plain(row.text) for row in find_rows(reading)]
    back = word_list(_WORDS, "money back")
    if any(_is_heading(row, "credit note") for row in rows[: max(10, len(rows) // 2)]) or any(
        _letters(row) in back for row in rows
    ):
        return Kind.CREDIT_NOTE
    text = " | ".join(rows)
    asks = len({found.word for found in find_words(text, _WORDS, "billed")})
    asks += 2 * (has_word(text, "date_words.json", "due") and _has_due_date(reading))
    paid = len({found.word for found in find_words(text, _WORDS, "till")})
    titled = any(_is_heading(row, "invoice") for row in rows[: max(12, len(rows) // 2)])
    return Kind.INVOICE if asks >= 2 and asks + titled > 0.7 * paid and (titled or asks >= 3) else Kind.RECEIPT


def find_number(reading: Reading) -> str | None:
    """Return the receipt's or invoice's number as printed, else that of the check, order or transaction, or None."""
    rows = find_rows(reading)
    for name in ("number", "number 2"):
        for at, row in enumerate(rows):
            below = rows[at + 1] if at + 1 < len(rows) else None
            number = next(_numbers(row, below, name), None)
            if number:
                return number
    return None


def find_payment_method(reading: Reading) -> str | None:
    """Return how it was paid: "cash", "card", "cheque", "bank transfer", "gift card" or a brand such as "Visa"."""
    scores: dict[str, float] = {}
    rows = [plain(row.text) for row in find_rows(reading)]
    for row in rows[2:]:
        if not has_word(row, _WORDS, *_MEANS):
            continue
        found = [name for name in _MEANS if has_word(row, _WORDS, name)]
        for name in found:
            scores[name] = max(scores.get(name, 0.0), _paid(row, name) - 0.5 * max(0, len(found) - 2))
    best = max(scores, key=lambda name: (scores[name], -_MEANS.index(name)), default=None)
    return best if best and scores[best] >= 1.0 else None


def _letters(row: str) -> str:
    """Return the words of a row alone: a refund's own line says nothing else, a shop's policy says more."""
    return " ".join(re.findall(r"[^\W\d_]+", row))


def _is_heading(row: str, name: str) -> bool:
    """Return whether a row is a title of few words with one of the listed words in it."""
    return len(re.findall(r"[^\W\d_]+", row)) <= 5 and has_word(row, _WORDS, name)


def _has_due_date(reading: Reading) -> bool:
    rows = dated_rows(reading)
    return any(seen.due for at in range(len(rows)) for seen in weigh(rows, at))


def _paid(row: str, name: str) -> float:
    """Return how much a row says that it was paid by the means named in it; 1 is enough to believe it."""
    if has_word(row, _WORDS, "not paid") or (_NOTHING.search(row) and len(_AMOUNT.findall(row)) == 1):
        return 0.0
    words = len(re.findall(r"[^\W\d_]{2,}", row))
    by = has_word(row, _WORDS, "paid by")
    if name in ("card", "cash") and not by and find_words(row, _WORDS, name)[0].start > 3:
        return 0.0
    score = 1.0 * bool(_AMOUNT.search(row)) + 1.2 * bool(_MASKED.search(row)) + 0.8 * by
    if name not in ("card", "cash"):
        score += 0.8 + 0.4 * bool(re.search(r"\d", row))
    return score + 0.4 * (words <= 3) - 0.5 * max(0, words - 4)


def _numbers(row: Row, below: Row | None, name: str) -> Iterator[str]:
    """Yield what stands behind a label for a number in a row, or under a label that ends its cell."""
    for cell_at, cell in enumerate(row.cells):
        text = " ".join(cell.text.split())
        low = text.casefold()
        for found in find_words(low, _WORDS, name):
            rest = low[found.end :]
            marks = _MARKS.match(rest)
            said = marks[0] if marks else ""
            behind = found.end + len(said)
            value = _VALUE.match(low, behind)
            labelled = bool(said.strip(" .")) or bool(re.match(r"\s\d{3,}(?![\d.,:/-])", rest))
            if value and labelled and _is_number(value["value"]):
                yield text[value.start("value") : value.end("value")].rstrip("./-")
            elif behind >= len(low) and labelled:
                yield from _beside_or_under(row, cell_at, below)


def _beside_or_under(row: Row, cell_at: int, below: Row | None) -> Iterator[str]:
    here = row.cells[cell_at]
    beside = [row.cells[cell_at + 1]] if cell_at + 1 < len(row.cells) else []
    under = [cell for cell in below.cells if cell.left < here.right and cell.right > here.left] if below else []
    for cell in (*beside, *under):
        value = _VALUE.match(cell.text.casefold())
        if value and _is_number(value["value"]):
            yield cell.text[value.start("value") : value.end("value")].rstrip("./-")


def _is_number(value: str) -> bool:
    return sum(letter.isdigit() for letter in value) >= 2 and not _NO_NUMBER.fullmatch(value)
