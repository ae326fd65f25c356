"""Prediction: what was read from a receipt, in the form that is scored and exchanged, one JSON object a line."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from core.receipt import Amount as WrittenAmount
from core.receipt import Receipt
from core.scoring.values import plain_amount, plain_day, plain_text


def _text(value: object) -> str | None:
    return None if value is None else plain_text(value).strip() or None


def _dicts(value: object) -> tuple[dict[str, Any], ...]:
    return tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


def _fields(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else []
    return tuple(str(each.get("field") if isinstance(each, dict) else each) for each in listed)


Amount = Annotated[WrittenAmount | None, BeforeValidator(plain_amount)]
Text = Annotated[str | None, BeforeValidator(_text)]
Name = Annotated[str, BeforeValidator(lambda value: _text(value) or "")]
Day = Annotated[str | None, BeforeValidator(plain_day)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class PredictedItem(_Row):
    """One line as it was read."""

    name: Annotated[Name, Field(validation_alias=AliasChoices("name", "description"))] = ""
    price: Annotated[Amount, Field(validation_alias=AliasChoices("price", "total"))] = None


class Prediction(_Row):
    """What was read; None for what was not. `doubts` are the fields that a person would be asked about.

    It takes the lines that `snapspend read --json` prints, too: `bought_on` is the date there. `error` says why
    nothing was read.
    """

    id: Text = None
    merchant: Text = None
    date: Annotated[Day, Field(validation_alias=AliasChoices("date", "bought_on"))] = None
    total: Amount = None
    currency: Text = None
    subtotal: Amount = None
    tax: Amount = None
    tip: Amount = None
    items: Annotated[tuple[PredictedItem, ...], BeforeValidator(_dicts)] = ()
    doubts: Annotated[tuple[str, ...], BeforeValidator(_fields)] = ()
    error: Text = None

    @property
    def is_total_doubted(self) -> bool:
        """Return whether a person would be asked about the total."""
        return "total" in self.doubts


def predicted(key: str, receipt: Receipt) -> Prediction:
    """Return a receipt, with its doubts, as a prediction."""
    row = receipt.model_dump(mode="json", exclude={"evidence"})
    return Prediction.model_validate({**row, "id": key, "tax": receipt.tax})
