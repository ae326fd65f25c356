"""Truth: what is printed on a receipt, as a person wrote it down; the format of a truth file's lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo

from core.scoring.names import letters
from core.scoring.values import plain_text, printed_amount, printed_day

_LEAST_NAME = 3
"""Other ways to write a merchant count from so many letters and digits on."""


def _amount(value: object, info: ValidationInfo) -> Decimal | None:
    return printed_amount(value, info.context)


def _amounts(value: object, info: ValidationInfo) -> tuple[Decimal | None, ...]:
    return tuple(_amount(each, info) for each in _listed(value))


def _days(value: object) -> tuple[date | None, ...]:
    return tuple(printed_day(each) for each in _listed(value))


def _names(value: object) -> tuple[str | None, ...]:
    return tuple(_name(each) for each in _listed(value))


def _name(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError("is no text")
    return plain_text(value) if value else None


def _key(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise ValueError("is neither text nor a number")
    return plain_text(value)


def _listed(value: object) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise ValueError("is no list")
    return value or []


Amount = Annotated[Decimal | None, BeforeValidator(_amount)]
Amounts = Annotated[tuple[Decimal | None, ...], BeforeValidator(_amounts)]
Day = Annotated[date | None, BeforeValidator(printed_day)]
Days = Annotated[tuple[date | None, ...], BeforeValidator(_days)]
Name = Annotated[str | None, BeforeValidator(_name)]
Names = Annotated[tuple[str | None, ...], BeforeValidator(_names)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class TruthItem(_Row):
    """One printed line: its name, and what it adds to the bill."""

    name: Name = None
    price: Amount = None


class Truth(_Row):
    """A receipt as printed. What is null, empty or left out is not printed, or nobody wrote it down.

    Of the names, dates and totals in `…_alts` each is as right as the first.
    """

    id: Annotated[str, BeforeValidator(_key)]
    file: Name = None
    source: Name = None
    currency: Name = None
    merchant: Name = None
    merchant_alts: Names = ()
    date: Day = None
    date_alts: Days = ()
    total: Amount = None
    total_alts: Amounts = ()
    subtotal: Amount = None
    tax: Amount = None
    tip: Amount = None
    items: Annotated[tuple[TruthItem, ...], BeforeValidator(lambda value: tuple(_listed(value)))] = ()

    @property
    def merchants(self) -> tuple[str, ...]:
        """Return every name that is right; none when the merchant is not known."""
        others = [name for name in self.merchant_alts if name and len(letters(name)) >= _LEAST_NAME]
        return (self.merchant, *others) if self.merchant else ()

    @property
    def dates(self) -> tuple[str, ...]:
        """Return every date that is right, as ISO."""
        return tuple(day.isoformat() for day in (self.date, *self.date_alts) if day is not None)

    @property
    def totals(self) -> tuple[Decimal, ...]:
        """Return every total that is right."""
        return tuple(amount for amount in (self.total, *self.total_alts) if amount is not None)


def truth_of(row: object) -> Truth:
    """Return what a line of a truth file says. Raises ValueError with what is wrong, in words for who wrote it."""
    if not isinstance(row, dict):
        raise ValueError("this is no JSON object ({...})")
    if "id" not in row:
        raise ValueError("there is no id")
    currency = row.get("currency")
    try:
        return Truth.model_validate(row, context=currency if isinstance(currency, str) else None)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = " ".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        told = first["msg"].removeprefix("Value error, ")
        raise ValueError(f"{place} {told if first['type'] == 'value_error' else 'is not as it should be'}") from None
