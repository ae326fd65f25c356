"""Numerals: every number in a line of text, in all the ways that amounts are written, slips of the OCR put right."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from core.money import read_digits

_LONGEST = 200
"""Only so many characters of a line are read: nothing that is printed on one line of a receipt is longer."""

_SIGNS = "$€£¥₹₩₽₺₫₱฿₦₴₪"
_CODES = "RM|MYR|Rp\\.?|IDR|USD|US\\$|EUR|GBP|CHF|Fr\\.?|kr\\.?|SEK|NOK|DKK|Kč|zł|PLN|R\\$|RWF|Frw|KSh|TZS|UGX|SGD|S\\$"
_AFTER = (
    "(?:Ft|HUF|kr|SEK|NOK|DKK|ISK|Kč|CZK|zł|PLN|lei|RON|лв|BGN|руб|RUB|грн|UAH|din|RSD|TL|TRY|EUR|FCFA|XOF|XAF|RWF|Frw|"
    r"원|đ|บาท)(?![^\W\d_])"
)
"""Codes that stand behind amounts: there a blank may part thousands (`1 234 Ft`), and no decimals need follow."""
_SPACED = re.compile(r"(?<![\d.,:/\-+] )(?<![\d.,:/\-+])[1-9]\d{0,2}(?: \d{3})+(?! ?[\d:/])(?![.,]\d{3})")
_MARK = rf"(?:[{_SIGNS}]|(?<![A-Za-z])(?:{_CODES})(?=[\s\d.(\-]))\s?"
_DIGITS = (
    r"\d{1,3}(?:[.,'’]\s?\d{3})+[.,]\d{1,2}(?!\d)",  # 1.234,56 and 42'987.5
    r"\d{1,3}(?:[.,'’]\s?\d{3})+(?![\dA-Za-z]|[.,]\d)",  # 75.000
    r"\d{1,2}(?:,\d{2})+,\d{3}\.\d{2}(?!\d)",  # 1,23,456.00
    r"\d{1,3}(?:\s\d{3})+[.,]\d{2}(?!\d)",  # 1 234,56
    rf"\d{{1,3}}(?:\s\d{{3}})+(?=\s?(?:{_AFTER}|[{_SIGNS}]|[.,]-))",  # 1 234 Ft and 1 234,-
    r"\d{1,9}[.,]\d{2}(?=\d[RBT]\b)",  # 32.709R is 32.70 with the tax code SR
    r"\d{1,9}[.,]\d{2}(?!\d)",
    r"\d{1,9}(?:\s[.,]|\.\s)\d{2}(?=\s*[A-Za-z]{0,2}\s*$)",  # 12. 50
    r"(?<![A-Za-z]{3}\s)\d{1,9},\s\d{2}(?=\s*[A-Za-z]{0,2}\s*$)",  # 12, 50 but not MAY 08, 17
    r"\d{1,5}[.,]\d{1,4}(?!\d)",
    r"(?<![\w.,])[.,]\d{2}(?!\d|[.,]\d)",
    r"\d{1,15}(?!\d)",
)
_BEHIND = re.compile(rf"[{_SIGNS}円元]|{_AFTER}", re.IGNORECASE)
_UNITS = "%|°|(?:kgs?|g|gr|gm|lbs?|oz|ml|cl|l|ltr|cm|mm|m|km|kwh?|pcs?|gal|x|@|ea)(?![A-Za-z])"
_NUMERAL = re.compile(
    rf"(?<![\d#])(?<!\d[.,:/\-])(?P<mark>{_MARK})?(?P<open>\()?(?P<sign>[-−–]\s?)?(?P<mark2>{_MARK})?"
    rf"(?P<digits>{'|'.join(_DIGITS)})(?P<after>\s?[-−–](?!\s?\w|\d)|[-−–](?=\s[A-Z]\s*$)|\s?\))?\s?(?P<unit>{_UNITS})?",
    re.IGNORECASE,
)
_TIME_OR_DATE = re.compile(
    r"(?<![\d.,])\d{1,2}:\d{2}(?::\d{2})?(?![.,]?\d)|(?<![\d.,])\d{1,2}\.\d{2}\s?[AaPp]\.?[Mm]\b|(?<![\d.,])\d{1,4}\s?/\s?\d{1,2}\s?/\s?\d{1,4}"
    r"|(?<![\d.,])\d{1,4}/\d{1,4}(?![\d.,])|(?<![\d.,])\d{1,4}([-.])\d{1,2}\1\d{2,4}(?!\d)"
)
_SLIPS = tuple(
    (re.compile(pattern), digit)
    for pattern, digit in (
        (r"(?<=RM)[Oo](?=\d*[.,]\d\d)", "0"),
        (r"(?<=RM)[Il|](?=\d*[.,]\d\d)", "1"),
        (r"(?<![A-Za-z\d])[lI|](?=\d{0,4}[.,]\d{2}(?!\d))", "1"),
        (r"(?<![A-Za-z\d.,])[OoDQJU](?=[.,]\d{2}(?![\dA-Za-z.,]))", "0"),
        (r"(?<=\d)[Oo](?=[\d.,])", "0"),
        (r"(?<=\d[.,]\d)[OoD](?![A-Za-z\d])", "0"),
        (r"(?<=\d[.,])[OoD](?=\d(?![A-Za-z\d]))", "0"),
        (r"(?<=\d[.,])[lI](?=\d(?![A-Za-z\d]))", "1"),
        (r"(?<=\d[.,])[Oo](?=[Oo0](?![A-Za-z\d]))", "0"),
        (r"(?<=\d[.,]0)[Oo](?![A-Za-z\d])", "0"),
    )
)


@dataclass(frozen=True)
class Numeral:
    """A number in a text: its value, where it stands, and how it is written.

    `decimals` is -1 when no separator is printed and 0 when separators only group thousands; `point` is the
    separator before the decimals (or the last grouping one); `unit` is what follows (`%`, `kg`, `x`), or `code`
    when letters stick to it as in an article number.
    """

    value: Decimal
    start: int
    end: int
    decimals: int = -1
    point: str = ""
    marked: bool = False
    unit: str = ""


def is_sign(text: str) -> bool:
    """Return whether a text is nothing but a currency as it stands behind amounts."""
    return bool(_BEHIND.fullmatch(text.strip()))


def straighten(text: str) -> str:
    """Return the text with letters that are surely digits put right (`12.5O`, `RMI1.90`); its length stays."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST])
    plain = plain if len(plain) == len(text[:_LONGEST]) else text[:_LONGEST]
    for slip, digit in _SLIPS:
        plain = slip.sub(digit, plain)
    return plain


def find_numerals(text: str, spaced: bool = False) -> list[Numeral]:
    """Return the numbers of one line from left to right; times and dates are none.

    Where thousands are `spaced`, `12 345` is one number: a page that writes 1 234 Ft does so without the sign, too.
    """
    plain = straighten(text)
    if spaced:
        plain = _SPACED.sub(lambda match: match[0].replace(" ", "'"), plain)
    blocked = [match.span() for match in _TIME_OR_DATE.finditer(plain)]
    found = []
    for match in _NUMERAL.finditer(plain):
        start, end = match.span("digits")
        if not any(first < end and start < last for first, last in blocked):
            numeral = _numeral(match, plain)
            if numeral is not None:
                found.append(numeral)
    return found


def _numeral(match: re.Match[str], plain: str) -> Numeral | None:
    digits = re.sub(r"\s*([.,])\s*", r"\1", match["digits"])
    value = read_digits(digits)
    if value is None:
        return None
    after = (match["after"] or "").strip()
    negative = bool(match["sign"]) or after in {"-", "−", "–"} or (after == ")" and bool(match["open"]))
    separators = [character for character in digits if character in ".,'’ "]
    exponent = value.as_tuple().exponent
    decimals = (-exponent if isinstance(exponent, int) else 0) if separators else -1
    beside = plain[match.end("digits") : match.end("digits") + 5].lstrip()
    marked = bool(match["mark"] or match["mark2"] or _BEHIND.match(beside))
    unit = (match["unit"] or "").lower()
    if not unit and decimals == -1 and not marked:
        before, behind = plain[max(0, match.start() - 1) : match.start()], plain[match.end() : match.end() + 1]
        unit = "code" if before.isalpha() or (behind.isalpha() and not plain[match.end() - 1].isspace()) else ""
    return Numeral(
        -value if negative else value, match.start(), match.end("digits"), decimals,
        separators[-1] if separators else "", marked, unit,
    )  # fmt: skip
