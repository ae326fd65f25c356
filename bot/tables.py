"""What a receipt printed, line under line: items, then what stands between them and the total; HTML."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import get_currency_precision

from bot import sentences
from bot.columns import clean, columns
from bot.sentences import fill
from core.locales import decimals_of, written_bare, written_rate
from core.receipt import Receipt, TaxLine

MOST_ITEMS = 30
MOST_TAXES = 5
_MILS = 3
"""Decimals of dinars and rials."""
_INCLUDED = ("incl", "inkl", "enth", "compris")
"""Beginnings of words with which a label itself says that the tax is in the prices."""


def table_of(receipt: Receipt, locale: str) -> str:
    """Return the printed items and, apart from them, what stands between them and the total."""
    items = _items(receipt, locale)
    between = [(name, amount) for name, amount in _between(receipt, locale) if amount is not None]
    amounts = [amount for _, amount in [*items, *between] if amount is not None]
    places = min(4, max(map(decimals_of, amounts), default=0))
    if receipt.currency and get_currency_precision(receipt.currency) == _MILS:  # `2,500` would be two and a half there
        places = max(places, _MILS)
    lines = columns(
        [(text, "" if amount is None else written_bare(amount, places, locale)) for text, amount in [*items, *between]]
    )
    apart = [""] if items and between else []
    rows = "\n".join(line.rstrip() for line in [*lines[: len(items)], *apart, *lines[len(items) :]])
    return fill("\n<pre>{rows}</pre>", rows=rows) if rows else ""


def _items(receipt: Receipt, locale: str) -> list[tuple[str, Decimal | None]]:
    """Return the printed items as (text, amount), a long list cut."""
    shown = receipt.items if len(receipt.items) <= MOST_ITEMS + 1 else receipt.items[:MOST_ITEMS]
    found: list[tuple[str, Decimal | None]] = [
        (_quantity(item.quantity, locale) + clean(item.description), item.total) for item in shown
    ]
    if len(shown) < len(receipt.items):
        found.append((fill(sentences.MORE_ITEMS, count=len(receipt.items) - len(shown)), None))
    return found


def _quantity(quantity: Decimal | None, locale: str) -> str:
    if quantity is None or quantity == 1:
        return ""
    return f"{written_bare(quantity, min(decimals_of(quantity.normalize()), 3), locale)} × "


def _between(receipt: Receipt, locale: str) -> list[tuple[str, Decimal | None]]:
    many = len(receipt.taxes) > MOST_TAXES
    taxes = [] if many else [(_tax_name(tax, locale), tax.amount) for tax in receipt.taxes]
    return [
        (sentences.SUBTOTAL, receipt.subtotal),
        *(taxes or [(sentences.TAX, receipt.tax)]),
        (sentences.TIP, receipt.tip),
        (sentences.DISCOUNT, None if receipt.discount is None else -abs(receipt.discount)),
        (sentences.ROUNDING, receipt.rounding),
    ]


def _tax_name(tax: TaxLine, locale: str) -> str:
    label = clean(tax.label, 30) or sentences.TAX
    if tax.rate is not None and "%" not in label:
        label += f" {written_rate(tax.rate, locale)}"
    says_so = any(word in tax.label.casefold() for word in _INCLUDED)
    return sentences.TAX_INCLUDED.format(label=label) if tax.included and not says_so else label
