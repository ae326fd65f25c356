"""What Gemini's models cost: US dollars for a million tokens in and out, as Google lists them (November 2026)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

PRICES: Mapping[str, tuple[Decimal, Decimal]] = {
    "gemini-3.5-flash-lite": (Decimal("0.30"), Decimal("2.50")),
}
_MILLION = Decimal(1_000_000)


def cost(model: str, tokens_in: int, tokens_out: int) -> Decimal | None:
    """Return what a call cost in US dollars; None where the model's price, or how much went through, is not known.

    Thoughts are paid like the answer. On a free key nothing is charged: this is what it would be.
    """
    prices = PRICES.get(model)
    if prices is None or not tokens_in + tokens_out:
        return None
    return (prices[0] * tokens_in + prices[1] * tokens_out) / _MILLION
