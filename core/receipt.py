"""Receipt, its line items and taxes, doubts about it, and the reading (text lines with boxes) it comes from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

Amount = Annotated[Decimal, PlainSerializer(lambda value: format(value, "f"), return_type=str)]
"""An amount in the receipt's currency, in units (not cents), as printed: 12.50 keeps its two decimals."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(_Frozen):
    """A rectangle in the page picture, in pixels from the top left corner; `tilt` in degrees, clockwise."""

    left: float
    top: float
    right: float
    bottom: float
    tilt: float = 0.0


class Line(_Frozen):
    """One run of printed text as the OCR gave it; `score` from 0 to 1, `page` counted from 0."""

    text: str
    box: Box | None = None
    score: float | None = None
    page: int = 0


class Reading(_Frozen):
    """What the OCR saw: the lines of all pages, each page's (width, height) in pixels, and which reader it was.

    `gaps` are the pages (from 0) before which lines may be missing, because photos of one receipt do not overlap.
    `second` are the lines that another reader, `second_reader`, gave for the same pictures, without boxes; `missed`
    says who was to read them and did not. `overlap` are lines that a photo before shows already, or that are of
    another receipt: they count for nothing, but what is personal in them stands in this picture too.
    `turned` says by how many degrees, against the clock, each page was turned to be read (0 where it does not say);
    `photos`, of a reading that joins several, which of them (from 0) each page is of.
    `beside` are the lines of other receipts in the same picture, each by itself; they count for nothing here. `part`
    says which of the picture's receipts this is, counted (from 0) from the left and from above.
    """

    lines: tuple[Line, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    reader: str = ""
    gaps: tuple[int, ...] = ()
    turned: tuple[int, ...] = ()
    photos: tuple[int, ...] = ()
    second: tuple[str, ...] = ()
    second_reader: str = ""
    missed: tuple[str, ...] = ()
    overlap: tuple[Line, ...] = ()
    beside: tuple[tuple[Line, ...], ...] = ()
    part: int = 0

    @property
    def text(self) -> str:
        """Return all lines as one text, a line each."""
        return "\n".join(line.text for line in self.lines)


class Kind(StrEnum):
    """What was printed."""

    RECEIPT = "receipt"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit note"


LONGEST_CATEGORY = 30
"""So many characters a category's name has at most."""


class Category(StrEnum):
    """What the money was spent on, as every account is offered it; an account adds categories of its own."""

    GROCERIES = "groceries"
    EATING_OUT = "eating out"
    TRANSPORT = "transport"
    FUEL = "fuel"
    TRAVEL = "travel"
    HOME = "home"
    UTILITIES = "utilities"
    HEALTH = "health"
    CLOTHES = "clothes"
    ELECTRONICS = "electronics"
    OFFICE = "office"
    LEISURE = "leisure"
    EDUCATION = "education"
    GIFTS = "gifts"
    SERVICES = "services"
    OTHER = "other"


class LineItem(_Frozen):
    """One printed line; `total` is what it adds to the bill, `quantity` may be a weight."""

    description: str
    quantity: Amount | None = None
    unit_price: Amount | None = None
    total: Amount | None = None


class TaxLine(_Frozen):
    """One printed tax; `rate` in percent; `included` says whether the items' prices contain it already."""

    label: str
    rate: Amount | None = None
    base: Amount | None = None
    amount: Amount | None = None
    included: bool | None = None


class DoubtKind(StrEnum):
    """What a doubt is about; its sentence is in core/doubts.py."""

    TOTAL_MISSING = "total missing"
    TOTAL_UNCLEAR = "total unclear"
    READERS_DIFFER = "readers differ"
    SUM_DIFFERS = "sum differs"
    GAP = "gap"
    ITEMS_DIFFER = "items differ"
    ITEM_UNCLEAR = "item unclear"
    CASH_DIFFERS = "cash differs"
    DATE_MISSING = "date missing"
    DATE_UNCLEAR = "date unclear"
    DATE_UNLIKELY = "date unlikely"
    MERCHANT_MISSING = "merchant missing"
    MERCHANT_UNCLEAR = "merchant unclear"
    CURRENCY_MISSING = "currency missing"
    CURRENCY_UNCLEAR = "currency unclear"
    SEVERAL_RECEIPTS = "several receipts"
    NOT_PRINTED = "not printed"
    DUPLICATE = "duplicate"


class Doubt(_Frozen):
    """A finding to look at: which field, what was found, what would fit, and the values offered as answers.

    `choices` are values of `field` as strings: ISO dates, plain amounts, currency codes; for a
    duplicate, the id of the receipt that it repeats.
    """

    kind: DoubtKind
    field: str
    found: str | None = None
    expected: str | None = None
    choices: tuple[str, ...] = ()


class Evidence(_Frozen):
    """Why a field has its value: the reading's lines it stands in (by index), how sure from 0 to 1, and rivals.

    `rivals` are other values that could be meant, best first, written as in `Doubt.choices`. `other` is what another
    reader read in place of the field's value, written likewise, and `other_lines` where that stands; None when all who
    read the field agree.
    """

    lines: tuple[int, ...] = ()
    confidence: float | None = None
    rivals: tuple[str, ...] = ()
    other: str | None = None
    other_lines: tuple[int, ...] = ()


class Receipt(_Frozen):
    """One purchase or bill as printed; whatever was not printed is None (or empty).

    `category` is a name from what its account was offered then. `read_by` names who read it, those who decided first
    (`Gemini`, `RapidAPI`, `local`; empty: a person wrote it, or it is from before this was noted). `missed` says who
    was to read it and did not, with the reason in a few words.
    """

    kind: Kind = Kind.RECEIPT
    merchant: str | None = None
    number: str | None = None
    bought_on: date | None = None
    due_on: date | None = None
    currency: str | None = None
    subtotal: Amount | None = None
    taxes: tuple[TaxLine, ...] = ()
    tip: Amount | None = None
    discount: Amount | None = None
    rounding: Amount | None = None
    total: Amount | None = None
    cash: Amount | None = None
    change: Amount | None = None
    payment_method: str | None = None
    items: tuple[LineItem, ...] = ()
    category: Annotated[str, Field(min_length=1, max_length=LONGEST_CATEGORY)] | None = None
    doubts: tuple[Doubt, ...] = ()
    evidence: dict[str, Evidence] = {}
    read_by: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def tax(self) -> Decimal | None:
        """Return the sum of the printed taxes, or None when none was printed."""
        amounts = [line.amount for line in self.taxes if line.amount is not None]
        return sum(amounts, Decimal(0)) if amounts else None
