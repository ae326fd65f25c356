"""The words of an item's row: its description apart from its quantity, its prices and the codes around them."""

from __future__ import annotations

import re
from decimal import Decimal

from core.extraction.figure import Figure
from core.extraction.item_heads import share_of_heads
from core.extraction.rows import Cell, Row
from core.extraction.words import Role, role_of, share_of_words

_LEADING = re.compile(
    r"^\s*(?:[*\-+#>•]+\s*)?(?:[(\[]?\d{1,3}(?:[.,:]\d{1,3})?[)\]]?\s*(?:[xX×*@]|pcs?\b|ea\b)\s*(?:[$€£]?\d+[.,]\d\d)?"
    r"|\d{1,2}(?:[.,:]0+)?)(?:\s+|(?<=[xX×@])(?=\D))(?=\S)"
)
_QUANTITY = re.compile(r"^\s*[*\-+]*\s*[(\[]?(\d{1,3}(?:[.,]\d{1,3})?)\s?(?:([xX×*@]|pcs?\b|ea\b)|(?=\s))")
_COUNT_CELL = re.compile(r"^\W*\d{1,3}(?:[.,:]\d{1,3})?\s?(?:[^\W\d_]{1,4}\.?|[xX×*@])?$")
_CODE = re.compile(r"(?=(?:\S*\d){4})[A-Za-z]{0,4}[\d\-/]*\d[A-Z0-9\-/]*")
_LONG_NUMBER = re.compile(r"^\s*(?:\d{1,2}\))?\d{7,}[A-Z]?\s+(?=.*[^\W\d_]{2})|\s+\d{7,}[A-Z]?\s*$")
"""Within a cell only what is as long as a bar code: `4032 Watermelon` is told apart from `1000 Island` by nobody."""
_MEASURE = re.compile(
    r"(?<![A-Za-z])(?:lbs?|kgs?|ea|oz|gal|gallon|each|for|net|g|x|@|pcs?|stk|szt|kom|шт|ud|uds|pz|st)(?![A-Za-z])",
    re.IGNORECASE,
)
_CURRENCIES = (
    "AED|AUD|BGN|BRL|CAD|CHF|CNY|CZK|DKK|EGP|EUR|GBP|HKD|HUF|IDR|INR|JPY|KES|KRW|MAD|MXN|MYR|NGN|NOK|NZD|PHP|PLN|QAR|"
    "RON|RSD|RUB|RWF|SAR|SEK|SGD|THB|TND|TRY|TWD|TZS|UAH|UGX|USD|VND|XAF|XOF|ZAR|RM|Rp|Rs|Fr|Frw|FCFA|kr|zł|TL|Ft|Kč|"
    "lei|din|KSh|TSh|USh|Php|лв|грн|руб|дин|đ|円|元|원|บาท"
)
_MONEY = re.compile(rf"(?<![^\W\d_])(?:{_CURRENCIES}|SR|ZR|TX|SZ)\.?(?![^\W\d_])", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:item|article|artikel|product|produkt|prodotto|produit|producto|produto|art[íi]culo|articolo|artigo|position)"
    r"\s?(?:n[o°r]\.?\s?)?#?\d{1,3}",
    re.IGNORECASE,
)
"""A shop that has no names for its goods, or a count beside a sum: only in the first place it is an item."""
_TIMES = re.compile(r"[*x×]\s?(\d{1,3})(?!\S)")
_NEVER = {Role.SUBTOTAL, Role.TOTAL, Role.FINAL, Role.TAX, Role.CHANGE, Role.CASH, Role.ROUNDING, Role.COUNT}
_TAIL = re.compile(
    rf"(?:[\s\-–:.…_*#@$€£₽₪=(]|\s(?:{_CURRENCIES})\.?(?![^\W\d_])|\(\s?\d{{1,3}}\s?[xX×@]?"
    r"|\s\d{1,3}\s?(?:ks|szt|stk|pcs|шт|ud|uds|kom|db|tk|vnt|gab|adet)\.?\s?[xX×*@]|\sà)+$",
    re.IGNORECASE,
)


def describe(row: Row, numbers: list[Figure]) -> str:
    """Return the words of an item's row, without its leading quantity and what stands from its first price on."""
    parts: list[str] = []
    priced, cells = False, _without_codes(row.cells)
    for place, cell in enumerate(row.cells):
        own = [figure for figure in numbers if figure.cell == place]
        if cell not in cells:
            continue
        text = _before_price(cell.text, own, any(f.amount and f.cell > place for f in numbers))
        letters = _letters(text, own)
        priced = priced or any(figure.amount and figure.decimals >= 0 for figure in own)
        if letters >= (4 if priced and text == cell.text and not own else 2) or (letters > 1 and parts and not own):
            parts.append(text.strip())
            if text != cell.text:
                break
        elif parts and priced:
            break
    joined = _LONG_NUMBER.sub("", " ".join(parts))
    bare = joined if len(cells) < len(row.cells) and _counts(row.cells) else _LEADING.sub("", joined, count=1)
    return _TAIL.sub("", bare).strip(" .:*-_")


def without_tail(text: str) -> str:
    """Return words without the signs, currencies and counts that lead over to an amount, blanks single."""
    return " ".join(_TAIL.sub("", text).split()).strip(" .:*-_")


def words_after(row: Row, price: Figure) -> str:
    """Return the words that follow a price, for pages that print prices first; "" when there are none."""
    texts = [row.cells[price.cell].text[price.end :], *(cell.text for cell in row.cells[price.cell + 1 :])]
    words = " ".join(text.strip() for text in texts if text.strip())
    return _TAIL.sub("", words.lstrip(" $€£¥₪₹")).strip(" .:*-_")


def _without_codes(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return a row's cells without one that only counts and those that only hold a code, while a name remains."""
    kept = cells[1:] if _counts(cells) else cells
    named = tuple(cell for cell in kept if not is_code(cell.text))
    return named if any(len(re.sub(r"[\W\d_]", "", cell.text)) >= 3 for cell in named) else kept


def _counts(cells: tuple[Cell, ...]) -> bool:
    """Return whether the first cell counts (`6 Pcs`) and the next one is a name."""
    if len(cells) < 2 or not _COUNT_CELL.match(cells[0].text):
        return False
    return len(re.sub(r"[\W\d_]", "", _MONEY.sub(" ", cells[1].text))) >= 3


def _letters(text: str, own: list[Figure]) -> int:
    """Return how many letters a cell has beside its numbers and the currencies at them."""
    for figure in reversed(own):
        text = text[: figure.start] + " " + text[figure.end :]
    return len(re.sub(r"[\W\d_]", "", _MONEY.sub(" ", text) if own else text))


def _before_price(text: str, own: list[Figure], more: bool) -> str:
    """Return a cell's text up to its first price that has words before it and no more than a code after it.

    `more` says that amounts follow in other cells: then `$2.5 ale` names what is bought.
    """
    for figure in own:
        before = re.sub(r"[\W\d_]", "", text[: figure.start])
        after = re.sub(r"[\W\d_]", "", text[figure.end :])
        if figure.unit == "%" or figure.decimals < 0 or not (figure.amount or figure.decimals >= 1):
            continue
        glued = text[figure.end : figure.end + 1].isalpha()
        if glued and ((figure.unit.isalpha() and figure.unit not in {"x", "ea"}) or figure.decimals == 1):
            continue  # `Milk 1,5L` tells how much is in it.
        if len(before) < 2 and len(after) <= 3 and not (more and len(after) > 1):
            return ""
        if len(before) >= 2 and len(after) <= 4:
            return re.sub(r"\s+\d{1,3}\s*[xX×@*]?\s*$", "", text[: figure.start])
    return text


def could_name(words: str) -> bool:
    """Return whether words may name something that was bought: some letters, and not the head of the columns."""
    letters = re.sub(r"[\W\d_]", "", _MONEY.sub(" ", _MEASURE.sub(" ", words)))
    if len(letters) < (2 if letters.isascii() else 1) or len(words) > 80 or is_code(words):
        return False
    if _NUMBERED.fullmatch(words):
        return True
    if role_of(words) in _NEVER and share_of_words(words) >= 0.7:
        return False
    return share_of_heads(words) < 0.7


def is_code(text: str) -> bool:
    """Return whether a text is an article's number: four figures or more in one piece, and hardly a letter."""
    return bool(_CODE.fullmatch(text.strip())) and len(re.sub(r"[\W\d_]", "", text)) <= 4


def is_bare(row: Row) -> bool:
    """Return whether a row has no words beside its numbers, their measures and currencies."""
    return len(re.sub(r"[\W\d_]", "", _MONEY.sub(" ", _MEASURE.sub(" ", row.text)))) < 3


def quantity_of(row: Row, numbers: list[Figure], price: Figure) -> tuple[Decimal | None, Decimal | None]:
    """Return quantity and unit price of a row: two numbers whose product is the price, else a leading number."""
    others = [f.value for f in numbers if f is not price and f.value > 0 and f.unit != "%"][:8]
    for at, first in enumerate(others):
        for second in others[at + 1 :]:
            if {first, second} == {Decimal(1), price.value}:
                return Decimal(1), price.value
            if first != 1 and second != 1 and abs(first * second - price.value) <= Decimal("0.01"):
                return (first, second) if first == first.to_integral() or first < second else (second, first)
    times = _TIMES.search(row.text)
    quantity = leading_count(row.text) or (Decimal(times[1]) if times and int(times[1]) else None)
    if quantity is None:
        return None, None
    unit = next((value for value in others if value != quantity and quantity * value == price.value), None)
    return quantity, unit


def leading_count(text: str) -> Decimal | None:
    """Return the count with which a row begins, or None."""
    lead = _QUANTITY.match(text)
    quantity = Decimal(lead[1].replace(",", ".")) if lead else None
    if lead is None or quantity is None or not 0 < quantity <= 200:
        return None
    price = len(lead[1].replace(",", ".").partition(".")[2]) == 2 and quantity != quantity.to_integral()
    return None if price and not lead[2] else quantity
