"""Tills that are invented: what is bought, taken off, taxed, rounded and paid, so that every sum is known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

Language = dict[str, Any]
NOTHING = Decimal(0)
_FIRST_DAY = date(2015, 1, 1)
_NOTES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@cache
def languages() -> dict[str, Language]:
    """Return by their codes the words, signs and spellings of rendered_languages.json."""
    found: dict[str, Language] = json.loads(Path(__file__).with_name("rendered_languages.json").read_text("utf-8"))
    return found


@dataclass(frozen=True)
class Bought:
    """One printed item."""

    name: str
    quantity: int
    price: Decimal

    @property
    def total(self) -> Decimal:
        return self.quantity * self.price


@dataclass(frozen=True)
class Taxed:
    """One tax: its word, the rate in percent as printed, what it was reckoned from and what it comes to."""

    word: str
    rate: str
    base: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Sale:
    """A whole purchase; what did not occur is 0, and `tendered` is 0 when it was not paid in cash."""

    code: str
    day: date
    bought: tuple[Bought, ...]
    discount: Decimal
    service: Decimal
    taxes: tuple[Taxed, ...]
    tip: Decimal
    rounding: Decimal
    total: Decimal
    tendered: Decimal

    @property
    def language(self) -> Language:
        """Return the words of this sale's language."""
        return languages()[self.code]

    @property
    def subtotal(self) -> Decimal:
        """Return what the items come to."""
        return sum((each.total for each in self.bought), NOTHING)

    @property
    def tax(self) -> Decimal:
        """Return all taxes."""
        return sum((each.amount for each in self.taxes), NOTHING)


def ring_up(code: str, rng: Random) -> Sale:
    """Return an invented sale of one language, the same for the same state of `rng`."""
    language = languages()[code]
    bought = tuple(_bought(language, rng) for _ in range(rng.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 11))))
    subtotal = sum((each.total for each in bought), NOTHING)
    discount = _share(subtotal, rng.choice((5, 10, 20)), language) if rng.random() < 0.2 else NOTHING
    service = _share(subtotal, 10, language) if rng.random() < 0.12 else NOTHING
    owed = subtotal - discount + service
    taxes = _taxes(language, owed, rng)
    if language["tax"] == "added":
        owed += sum((each.amount for each in taxes), NOTHING)
    tip = _share(owed, rng.choice((10, 15, 18, 20)), language) if language["tip"] and rng.random() < 0.1 else NOTHING
    owed += tip
    pays_cash = rng.random() < 0.5
    rounding = _rounding(owed, language) if pays_cash or rng.random() < 0.3 else NOTHING
    total = owed + rounding
    day = _FIRST_DAY + timedelta(days=rng.randrange(4300))
    tendered = _tendered(total, rng) if pays_cash else NOTHING
    return Sale(code, day, bought, discount, service, taxes, tip, rounding, total, tendered)


def money(value: Decimal, language: Language) -> Decimal:
    """Return a value rounded to the pennies of the language's currency."""
    return value.quantize(Decimal(1).scaleb(-language["decimals"]), ROUND_HALF_UP)


def _bought(language: Language, rng: Random) -> Bought:
    """Return an item at a price as shops set them: many end in 9, in 5 or in noughts."""
    price = Decimal(language["scale"]) * Decimal(rng.choice((1, 1, 2, 3, 5, 8))) / rng.choice((1, 2, 4))
    price = money(price * Decimal(rng.randrange(50, 150)) / 100, language)
    step = Decimal(1).scaleb(max(0, len(str(int(price))) - 2) if not language["decimals"] else -1)
    price = max(step, price // step * step)
    if language["decimals"] and rng.random() < 0.6:
        price += Decimal(rng.choice(("0.05", "0.09", "0.04", "0.09")))
    quantity = rng.choice((1, 1, 1, 1, 2, 2, 3, 6))
    return Bought(rng.choice(language["goods"]), quantity, money(price, language))


def _share(value: Decimal, percent: int, language: Language) -> Decimal:
    return money(value * percent / 100, language)


def _taxes(language: Language, owed: Decimal, rng: Random) -> tuple[Taxed, ...]:
    """Return one tax or two; where prices contain them they are reckoned out of what is owed."""
    if language["tax"] == "none":
        return ()
    rates = rng.sample(language["rates"], k=min(len(language["rates"]), 1 if rng.random() < 0.7 else 2))
    shares = [owed] if len(rates) == 1 else [money(owed * rng.randrange(2, 8) / 10, language)]
    shares += [owed - shares[0]] if len(rates) == 2 else []
    taxes = []
    for rate, share in zip(rates, shares, strict=True):
        percent = Decimal(rate.replace(",", "."))
        contained = language["tax"] == "included"
        amount = money(share * percent / (100 + percent if contained else 100), language)
        word = rng.choice(language["taxes"])
        taxes.append(Taxed(word, rate, share - amount if contained else share, amount))
    return tuple(taxes)


def _rounding(owed: Decimal, language: Language) -> Decimal:
    """Return what is put on or taken off where the smallest coins are gone."""
    if not language["round"]:
        return NOTHING
    coin = Decimal(language["round"])
    return money((owed / coin).quantize(Decimal(1), ROUND_HALF_UP) * coin - owed, language)


def _tendered(total: Decimal, rng: Random) -> Decimal:
    """Return the notes that were handed over: now and then exactly the total, mostly more."""
    if rng.random() < 0.2:
        return total
    scale = Decimal(1).scaleb(max(0, len(str(int(total))) - 3))
    note = scale * rng.choice([note for note in _NOTES if note * scale * 12 >= total])
    return (total / note).to_integral_value(ROUND_CEILING) * note
