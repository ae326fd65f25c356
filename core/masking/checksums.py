"""Checksums of card numbers, barcodes and account numbers."""

from __future__ import annotations

from collections.abc import Sequence


def luhn(digits: str) -> bool:
    """Tell whether the last digit checks the others (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, character in enumerate(reversed(digits)):
        digit = int(character) * (2 if place % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def ean(digits: str) -> bool:
    """Tell whether the last digit checks the others as in a barcode's number (GS1, weights 3 and 1)."""
    return sum(int(character) * (3 if place % 2 else 1) for place, character in enumerate(reversed(digits))) % 10 == 0


def iban(compact: str) -> bool:
    """Tell whether an account number in small letters without spaces is valid (ISO 13616: MOD 97-10)."""
    turned = compact[4:] + compact[:4]
    if not turned.isascii() or not turned.isalnum():
        return False
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def is_card(digits: str) -> bool:
    """Tell whether a number begins and is as long as those of a card company's cards, and checks."""
    return any(digits.startswith(starts) and len(digits) in lengths for starts, lengths in _CARDS) and luhn(digits)


_CARDS: Sequence[tuple[tuple[str, ...], range | tuple[int, ...]]] = (
    (("4",), (13, 16, 19)),
    (("51", "52", "53", "54", "55"), (16,)),
    (tuple(str(start) for start in range(2221, 2721)), (16,)),
    (("2200", "2201", "2202", "2203", "2204"), range(16, 20)),
    (("34", "37"), (15,)),
    (("300", "301", "302", "303", "304", "305", "309", "36", "38", "39"), range(14, 20)),
    (("35",), range(16, 20)),
    (("50", "56", "57", "58", "60", "62", "63", "64", "65", "67", "68"), range(16, 20)),
    (("81", "82", "9792"), (16,)),
)
"""How numbers begin and how long they are: Visa, Mastercard, Mir, American Express, Diners, JCB, Maestro, RuPay,
Discover, UnionPay, RuPay again and Troy."""
