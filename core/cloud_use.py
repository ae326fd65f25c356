"""What the services that read with us were asked by everybody, as admins see it: calls, tokens and dollars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

NONE_ASKED = "No service in the cloud was asked this month."


@dataclass(frozen=True)
class CloudUse:
    """One service's share, a model each (`model` is "" where there is none).

    `receipts` counts those that something left for, `unpriced` the calls whose tokens are known and whose cost is not;
    `cost_usd` is None when no call's cost is known.
    """

    service: str
    model: str
    calls: int
    answered: int
    receipts: int
    tokens_in: int
    tokens_out: int
    cost_usd: Decimal | None
    unpriced: int


def month_begun(now: datetime) -> datetime:
    """Return when the month began, in the zone of `now`."""
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def use_lines(used: Sequence[CloudUse]) -> list[str]:
    """Return a line a service and model in plain words, dear ones first; one that says so when there is none."""
    dear = sorted(used, key=lambda one: (-(one.cost_usd or 0), one.service, one.model))
    return [use_line(one) for one in dear] or [NONE_ASKED]


def use_line(used: CloudUse) -> str:
    """Return `Gemini gemini-3.5-flash-lite: 120 receipts, 130 calls, 300,000 tokens in, 40,000 out, $0.19, …`."""
    calls = f"{_counted(used.calls, 'call')}{_unanswered(used)}"
    parts = [_counted(used.receipts, "receipt"), calls, *_tokens(used), *_cost(used)]
    return f"{used.service} {used.model}".strip() + ": " + ", ".join(parts)


def _unanswered(used: CloudUse) -> str:
    missing = used.calls - used.answered
    return f" ({missing:,} without an answer)" if missing else ""


def _tokens(used: CloudUse) -> list[str]:
    if not used.tokens_in and not used.tokens_out:
        return []
    return [f"{_counted(used.tokens_in, 'token')} in", f"{used.tokens_out:,} out"]


def _cost(used: CloudUse) -> list[str]:
    """Return what it cost, and what that is a receipt; an unknown cost is said, never 0."""
    if used.cost_usd is None:
        return ["cost not known"]
    more = f" and {_counted(used.unpriced, 'call')} of unknown cost" if used.unpriced else ""
    each = [f"{_dollars(used.cost_usd / used.receipts)} a receipt"] if used.receipts and not used.unpriced else []
    return [f"{_dollars(used.cost_usd)}{more}", *each]


def _dollars(amount: Decimal) -> str:
    """Return cents from a dime on, below that two figures that say something."""
    if amount >= Decimal("0.1") or amount == 0:
        return f"${amount:,.2f}"
    return f"${max(amount, Decimal('0.000001')):.{min(6, 1 - amount.adjusted())}f}"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
