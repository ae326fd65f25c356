"""What does not add up, was not printed, is missing, unlikely or there already: doubts that never block saving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.item_checks import item_doubts
from core.photo_parts import how_many, place_of
from core.ports import Filed
from core.proof import items_of
from core.receipt import Doubt, DoubtKind, Reading, Receipt
from core.total_checks import other_values, readers_differ, total_doubts

SURE_DATE = 0.6
SURE_CURRENCY = 0.55
SURE_MERCHANT = 0.7
"""Below it we ask; by folds over merchants (train_merchant.py) 95 to 98 % of the names above it are useful."""
OLD = timedelta(days=20 * 365)
"""People send receipts of years ago for a warranty; a date older than this is more likely misread."""
AHEAD = timedelta(days=1)
"""A receipt may be dated tomorrow: the earth is round."""


@dataclass(frozen=True)
class Context:
    """What a check may know beside the receipt: the day it is, and receipts of the account that look the same."""

    today: date | None = None
    alike: tuple[Filed, ...] = ()


def check(receipt: Receipt, reading: Reading, context: Context | None = None) -> tuple[Doubt, ...]:
    """Return the doubts about a receipt, the gravest first; at most one asks what the total is."""
    known = context or Context()
    of_total = list(total_doubts(receipt, reading))
    bought = items_of(receipt)
    asked = bought is not None and any(doubt.expected == format(bought.amount, "f") for doubt in of_total)
    of_items = item_doubts(receipt, reading) if not asked else ()
    doubts = [*_duplicate(known), *_several(reading), *of_total, *of_items]
    doubts += [*_date(receipt, known), *_merchant(receipt), *_currency(receipt)]
    return tuple(doubts)


def _duplicate(context: Context) -> Iterator[Doubt]:
    if context.alike:
        yield Doubt(kind=DoubtKind.DUPLICATE, field="receipt", choices=(str(context.alike[0].id),))


def _several(reading: Reading) -> Iterator[Doubt]:
    """Ask once, about the first of them, whether the receipts of a picture were told apart rightly."""
    if reading.beside and not reading.part:
        found, expected = place_of(reading), how_many(reading)
        yield Doubt(kind=DoubtKind.SEVERAL_RECEIPTS, field="receipt", found=found, expected=expected)


def _date(receipt: Receipt, context: Context) -> Iterator[Doubt]:
    evidence = receipt.evidence.get("bought_on")
    if receipt.bought_on is None:
        yield Doubt(kind=DoubtKind.DATE_MISSING, field="bought_on", choices=other_values(None, evidence))
        return
    found = receipt.bought_on.isoformat()
    choices = other_values(found, evidence)
    differing = readers_differ("bought_on", found, evidence)
    if differing is not None:
        yield differing
    elif context.today and not context.today - OLD <= receipt.bought_on <= context.today + AHEAD:
        yield Doubt(kind=DoubtKind.DATE_UNLIKELY, field="bought_on", found=found, choices=choices)
    elif evidence and evidence.confidence is not None and evidence.confidence < SURE_DATE:
        yield Doubt(kind=DoubtKind.DATE_UNCLEAR, field="bought_on", found=found, choices=choices)


def _merchant(receipt: Receipt) -> Iterator[Doubt]:
    evidence = receipt.evidence.get("merchant")
    choices = other_values(receipt.merchant, evidence)
    if receipt.merchant is None:
        yield Doubt(kind=DoubtKind.MERCHANT_MISSING, field="merchant", choices=choices)
    elif (differing := readers_differ("merchant", receipt.merchant, evidence)) is not None:
        yield differing
    elif evidence and evidence.confidence is not None and evidence.confidence < SURE_MERCHANT:
        yield Doubt(kind=DoubtKind.MERCHANT_UNCLEAR, field="merchant", found=receipt.merchant, choices=choices)


def _currency(receipt: Receipt) -> Iterator[Doubt]:
    evidence = receipt.evidence.get("currency")
    if receipt.currency is None:
        yield Doubt(kind=DoubtKind.CURRENCY_MISSING, field="currency", choices=other_values(None, evidence))
    elif (differing := readers_differ("currency", receipt.currency, evidence)) is not None:
        yield differing
    elif evidence and evidence.confidence is not None and evidence.confidence < SURE_CURRENCY:
        choices = other_values(receipt.currency, evidence)
        yield Doubt(kind=DoubtKind.CURRENCY_UNCLEAR, field="currency", found=receipt.currency, choices=choices)
