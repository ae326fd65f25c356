"""A model's answer about a receipt, read strictly by a form of our own: what it does not say is absent."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from core.extraction.answer_schema import offered_categories
from core.extraction.answer_values import (
    AmountOf,
    CategoryOf,
    CountOf,
    CurrencyOf,
    DayOf,
    KindOf,
    LabelOf,
    NameOf,
    YesOrNo,
    currency_of,
    rows_of,
)
from core.extraction.model_json import read_object
from core.faulty import FaultyAnswer
from core.model import Answer
from core.ports import Hints
from core.receipt import Kind, LineItem, Receipt, TaxLine


class _Form(BaseModel):
    # What was not asked for is passed over: names of its own are no fault of the values.
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class _Item(_Form):
    description: NameOf = None
    quantity: CountOf = None
    unit_price: CountOf = None
    total: AmountOf = None


class _Tax(_Form):
    label: LabelOf = None
    rate: CountOf = None
    base: CountOf = None
    amount: AmountOf = None
    included: YesOrNo = None


class _Receipt(_Form):
    kind: KindOf = Kind.RECEIPT
    merchant: NameOf = None
    number: LabelOf = None
    bought_on: DayOf = None
    due_on: DayOf = None
    currency: CurrencyOf = None
    items: Annotated[tuple[_Item, ...], BeforeValidator(rows_of)] = ()
    subtotal: AmountOf = None
    taxes: Annotated[tuple[_Tax, ...], BeforeValidator(rows_of)] = ()
    tip: AmountOf = None
    discount: AmountOf = None
    rounding: AmountOf = None
    total: AmountOf = None
    cash: AmountOf = None
    change: AmountOf = None
    payment_method: LabelOf = None
    category: CategoryOf = None


def read_receipt_answer(answer: Answer, hints: Hints) -> Receipt:
    """Return the receipt in an answer, without evidence. Raises FaultyAnswer, also when there is no amount in it."""
    given = _unwrapped(read_object(answer))
    context = {"currency": currency_of(given.get("currency")), "categories": offered_categories(hints.categories)}
    try:
        form = _Receipt.model_validate(given, context=context)
    except ValidationError as error:
        raise FaultyAnswer(_fault(error)) from None
    receipt = _receipt(form)
    if not any(_amounts(receipt)):
        raise FaultyAnswer("there is no amount in it", again=False)
    return receipt


def _unwrapped(given: dict[str, Any]) -> dict[str, Any]:
    """Return the object with the properties that were asked for, also when it is wrapped in another one."""
    names = _Receipt.model_fields.keys()
    if not names & given.keys() and len(given) == 1:
        inner = next(iter(given.values()))
        given = inner if isinstance(inner, dict) else given
    if not names & given.keys():
        raise FaultyAnswer("it has none of the properties of the schema")
    return given


def _fault(error: ValidationError) -> str:
    """Say where the first fault is. All names in it are our own, for others are passed over."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"])
    return f"{place.lstrip('.')} {first['msg'].removeprefix('Value error, ')}"


def _receipt(form: _Receipt) -> Receipt:
    """Return the form's values; a tip, discount, subtotal or cash of zero is a model's way of saying that none is."""
    return Receipt(
        **form.model_dump(exclude={"items", "taxes", "subtotal", "tip", "discount", "cash"}),
        items=tuple(_item(item) for item in form.items if item.description or item.total is not None),
        taxes=tuple(_tax(tax) for tax in form.taxes if tax.amount is not None or tax.rate is not None),
        subtotal=form.subtotal or None,
        tip=form.tip or None,
        discount=abs(form.discount) if form.discount else None,
        cash=form.cash or None,
    )


def _item(item: _Item) -> LineItem:
    return LineItem(**item.model_dump(exclude={"description"}), description=item.description or "")


def _tax(tax: _Tax) -> TaxLine:
    return TaxLine(**tax.model_dump(exclude={"label"}), label=tax.label or "Tax")


def _amounts(receipt: Receipt) -> Iterable[Decimal | None]:
    yield from (receipt.total, receipt.subtotal, receipt.cash)
    yield from (item.total for item in receipt.items)
    yield from (tax.amount for tax in receipt.taxes)
