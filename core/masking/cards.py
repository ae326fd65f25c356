"""Card numbers in a strip: whole ones; what is masked on paper already stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.masking.checksums import ean, is_card, luhn
from core.masking.kinds import Found, Masked
from core.masking.strips import Strip
from core.masking.words import card_pattern, loyalty_pattern, nobodys_pattern

_DIGITS = re.compile(r"[0-9]+")
_FEWEST, _MOST = 13, 19
_SLIPPED = re.compile(r"(?<![a-z0-9])([0-9oilsbzq|]{4})([ -])(?:[0-9oilsbzq|]{4}\2){2}[0-9oilsbzq|]{4}(?![a-z0-9])")
_SLIPS = str.maketrans("oqilszb|", "00115281")
_HALF_MASKED = re.compile(r"(?<![0-9*x•#])[0-9*x•#](?:[ -]?[0-9*x•#]){12,22}")
_STARRED = re.compile(r"[*x•#]{2}[0-9]|[0-9][*x•#]{2}|[0-9]{4}[ -][*x•#]{4}")
_SHOWN = 10
"""First six and last four may stand on paper (PCI DSS 3.4): one that shows more is masked, stars or not."""


def cards(strip: Strip) -> Iterator[Found]:
    """Yield the card numbers."""
    groups = [match.span() for match in _DIGITS.finditer(strip.text)]
    at = 0
    while at < len(groups):
        last = _card_from(strip.text, groups, at)
        if last is not None:
            yield Found(groups[at][0], groups[last][1], Masked.CARD)
        at = at + 1 if last is None else last + 1
    for match in _SLIPPED.finditer(strip.text):
        digits = re.sub("[ -]", "", match[0])
        if sum(map(str.isdigit, digits)) >= 11 and is_card(digits.translate(_SLIPS)):
            yield Found(*match.span(), Masked.CARD)
    for match in _HALF_MASKED.finditer(strip.text):
        if _STARRED.search(match[0]) and sum(map(str.isdigit, match[0])) > _SHOWN:
            yield Found(*match.span(), Masked.CARD)


def _card_from(text: str, groups: Sequence[tuple[int, int]], first: int) -> int | None:
    """Return the last of the groups of digits, from the first, that are a card number together, or None."""
    sign, lengths = None, [groups[first][1] - groups[first][0]]
    for at in range(first, min(first + 8, len(groups))):
        start, end = groups[at]
        if at > first:
            between = text[groups[at - 1][1] : start]
            if len(between) > 3 or between.strip(" .-") or "\t" in between or sign not in (None, between.strip()):
                return None
            sign = between.strip()
            lengths.append(end - start)
        if sum(lengths) > _MOST:
            return None
        span = (groups[first][0], end)
        if sum(lengths) >= _FEWEST and _is_shape(lengths, sign) and _is_number(text, span, lengths):
            return at
    return None


def _is_shape(lengths: Sequence[int], sign: str | None) -> bool:
    """Tell whether digits are grouped as on cards; amounts in a row are grouped otherwise."""
    if len(lengths) == 1:
        return True
    if sign == ".":
        return all(length == 4 for length in lengths[:-1]) and lengths[-1] in (3, 4)
    if not sign and sum(lengths) in (15, 16) and len(lengths) <= 5:
        return True  # an OCR sees the gaps where it likes
    return lengths[0] in (4, 6, 8) and all(length >= 3 for length in lengths[1:-1]) and len(lengths) <= 5


def _is_number(text: str, span: tuple[int, int], lengths: Sequence[int]) -> bool:
    """Tell whether the digits are a card's number; with a word for a card beside them less is asked of them."""
    digits = "".join(character for character in text[slice(*span)] if character.isdigit())
    before = text[max(0, span[0] - 40) : span[0]]
    named = card_pattern().search(before) is not None and loyalty_pattern().search(before) is None
    of_card = is_card(digits)
    if len(lengths) > 1:
        usual = list(lengths) in ([4, 4, 4, 4], [4, 6, 5]) and digits[0] in "23456"
        # Read with one digit too few or wrong it is no number of a card's any more, and tells nearly as much.
        slipped = lengths[0] == 4 and set(lengths[:-1]) == {4} and len(digits) >= 14 and digits[0] in "3456"
        return of_card or (named and (luhn(digits) or usual or slipped))
    if not named and (nobodys_pattern().search(before) or (len(digits) == _FEWEST and ean(digits))):
        return False
    return of_card or (named and digits[0] in "123456789" and luhn(digits))
