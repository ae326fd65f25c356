"""Account numbers (IBAN) in a strip, with the slips that an OCR makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.masking.checksums import iban
from core.masking.kinds import Found, Masked
from core.masking.strips import Strip

_START = re.compile(r"(?:(?<![a-z0-9])|(?<=iban))[a-z10]{2}[0-9oilsbzq]{2}(?:[ .-]{0,2}[a-z0-9]){11,30}")
_COUNTRY, _DIGITS = str.maketrans("10", "io"), str.maketrans("oqilszbg", "00115286")
_FEW_DIGITS, _LETTERS = str.maketrans("oil", "011"), str.maketrans("0158", "oisb")

_LENGTHS = {
    15: "no", 16: "be", 18: "dk fi fo gl nl sd fk", 19: "mk si", 20: "at ba ee kz lt lu xk mn", 21: "ch hr li lv",
    22: "bg bh cr de gb ge ie me rs va", 23: "ae gi il iq om tl so", 24: "ad cz es md pk ro sa se sk tn vg",
    25: "ly pt st", 26: "is tr", 27: "bi dj fr gr it mc mr sm", 28: "al az by cy do gt hu lb ni pl sv",
    29: "br eg ps qa ua", 30: "jo kw mu", 31: "mt sc", 32: "lc", 33: "ru",
}  # fmt: skip
"""Length of an IBAN: the countries of SWIFT's IBAN registry with it."""

_LENGTH = {country: length for length, countries in _LENGTHS.items() for country in countries.split()}
_FOUR = "gb ie nl ro lv bg gi mt bh kw qa jo pk ps iq az gt sc lc vg ni by mu do sv"
_LETTERED = dict.fromkeys(_FOUR.split(), 4) | {"it": 1, "sm": 1}
"""How many letters a country's numbers begin with after the check digits; the others begin with digits."""


def ibans(strip: Strip) -> Iterator[Found]:
    """Yield the account numbers whose checksum holds, or that the word IBAN stands before."""
    at = 0
    while (match := _START.search(strip.text, at)) is not None:
        places = [place for place in range(*match.span()) if strip.text[place].isalnum()]
        compact = "".join(strip.text[place] for place in places)
        length = _LENGTH.get(compact[:2].translate(_COUNTRY), 0)
        named = "iban" in strip.text[max(0, match.start() - 12) : match.start()]
        digits = sum(map(str.isdigit, compact[:length]))
        at = match.start() + 1
        if 0 < length <= len(compact) and digits >= 8 and (named or any(map(iban, _ways(compact[:length])))):
            at = places[length - 1] + 1
            yield Found(match.start(), at, Masked.ACCOUNT)


def _ways(compact: str) -> Sequence[str]:
    """Return what may have been printed, if the OCR took digits for letters or letters for digits."""
    country = compact[:2].translate(_COUNTRY)
    letters = 4 + _LETTERED.get(country, 0)
    head = country + compact[2:4].translate(_DIGITS) + compact[4:letters].translate(_LETTERS)
    few, many = compact[letters:].translate(_FEW_DIGITS), compact[letters:].translate(_DIGITS)
    return compact, head + compact[letters:], head + few, head + many
