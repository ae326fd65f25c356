"""Money: a Decimal and an ISO 4217 currency; reads printed amounts and writes them for a reader's language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency, format_decimal

_MOST_DIGITS = 15
"""More digits than this are a number of something else (a barcode), whatever stands around them."""

_GROUPS = (
    r"\d{1,3}(?P<group>[.,'’\s])\d{3}(?:(?P=group)\d{3}){0,3}(?:[.,]\d{1,2})?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?"
)
_PLAIN = r"\d{1,15}(?:[.,]\d{1,3})?|[.,]\d{2}"
_WHOLE = re.compile(rf"(?P<sign>[-−–(+]*)(?P<digits>{_GROUPS}|{_PLAIN})(?P<after>[.,]?[-−–]{{0,2}}\)?)")
_MARK = re.compile(r"^(?:[^\W\d]{1,4}[.:]?)?\s*[$€£¥₹₩₽₺₫₱฿₦₴₪]?|[$€£¥₹₩₽₺₫₱฿₦₴₪円元]?\s*(?:[^\W\d]{1,4}\.?)?$")


@dataclass(frozen=True)
class Money:
    """An amount in units (not cents) of `currency` (ISO 4217, None when it was not printed)."""

    amount: Decimal
    currency: str | None

    def written(self, locale: str = "en") -> str:
        """Return the amount as people of `locale` write it (CLDR, through Babel): `€1,234.50`, `1.234,50 €`."""
        if self.currency is None:
            return format_decimal(self.amount, format="#,##0.00##", locale=locale)
        return format_currency(self.amount, self.currency, locale=locale, currency_digits=True)


def read_amount(text: str) -> Decimal | None:
    """Return the amount that `text` is, or None: `1.234,56`, `1,234.56`, `1 234,56`, `42'987.56`, `¥1,200`, `12.50-`.

    A minus before or after, or brackets, make it negative; a currency's sign, code or short word beside it is
    passed over. One separator with three digits after it groups thousands (`75.000` is seventy-five thousand).
    """
    if len(text) > 60:
        return None
    plain = unicodedata.normalize("NFKC", text).strip()
    negative = plain[:1] in "-−–(" if plain else False
    plain = _MARK.sub("", plain.lstrip("-−–( ")).strip()
    match = _WHOLE.fullmatch(plain)
    if match is None:
        return None
    value = read_digits(match["digits"])
    if value is None:
        return None
    negative = negative or any(sign in match["sign"] + match["after"].rstrip(".,") for sign in "-−–(")
    return -value if negative and match["after"] not in {",-", ".-", ",--", ".--"} else value


def read_digits(digits: str, decimals: int | None = None) -> Decimal | None:
    """Return the value of digits with separators, or None when they are too many or do not stand as in a number.

    `decimals` tells how many decimals the currency has when that is known (3 makes `1.250` one and a quarter).
    """
    digits = re.sub(r"['’\s]", "", digits)
    if sum(character.isdigit() for character in digits) > _MOST_DIGITS:
        return None
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return Decimal(digits) if digits.isdecimal() else None
    whole, part = digits[:last], digits[last + 1 :]
    separators = {character for character in digits if character in ".,"}
    grouping = len(part) == 3 and len(separators) == 1 and whole != "0" and bool(whole)
    if grouping and (decimals != 3 or digits.count(digits[last]) > 1):
        whole, part = whole + part, ""
    whole = re.sub(r"[.,]", "", whole) or "0"
    text = f"{whole}.{part}" if part else whole
    return Decimal(text) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) else None
