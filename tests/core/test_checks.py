"""Doubts: asked when something is wrong, silent when all fits; each with one plain question."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from core.checks import Context, check
from core.corrections import corrected
from core.doubts import SENTENCES, sentence
from core.ports import Filed, State
from core.proof import proof
from core.receipt import Doubt, DoubtKind, Evidence, Line, LineItem, Reading, Receipt, TaxLine
from core.total_checks import is_printed

TODAY = date(2026, 10, 31)
SURE, UNSURE = 0.99, 0.4


def reading(*texts: str) -> Reading:
    """Return a reading of lines without places."""
    return Reading(lines=tuple(Line(text=text) for text in texts))


PRINTED = reading("CORNER", "Tea 3.00", "Cake 4.00", "Tax 0.70", "TOTAL 7.70", "7.10")


def bill(total: str = "7.70", confidence: float = SURE, **other: object) -> Receipt:
    """Return a receipt of tea and cake, whose items and tax come to 7.70."""
    fields: dict[str, object] = {
        "merchant": "Corner",
        "bought_on": date(2026, 10, 30),
        "currency": "EUR",
        "subtotal": Decimal("7.00"),
        "taxes": (TaxLine(label="Tax", amount=Decimal("0.70")),),
        "total": Decimal(total),
        "items": (
            LineItem(description="Tea", total=Decimal("3.00")),
            LineItem(description="Cake", total=Decimal("4.00")),
        ),
        "evidence": {"total": Evidence(lines=(4,), confidence=confidence, rivals=("7.00",))},
    }
    return Receipt.model_validate(fields | other)


def kinds(receipt: Receipt, context: Context | None = None) -> list[DoubtKind]:
    """Return what is doubted."""
    return [doubt.kind for doubt in check(receipt, PRINTED, context or Context(today=TODAY))]


def test_a_receipt_that_adds_up_is_not_asked_about() -> None:
    """Items and tax come to the total, all is there: silence."""
    assert kinds(bill()) == []


def test_a_slip_in_the_total_is_proposed_right() -> None:
    """One digit wrong against the sum: asked, with the sum as the first answer."""
    doubt = check(bill("7.10"), PRINTED, Context(today=TODAY))[0]
    assert (doubt.kind, doubt.found, doubt.choices[0]) == (DoubtKind.SUM_DIFFERS, "7.10", "7.70")


def test_an_unsure_total_offers_its_rivals() -> None:
    """A total of little confidence is asked about, with the other amounts as answers."""
    doubt = check(bill(confidence=UNSURE), PRINTED)[0]
    assert (doubt.kind, doubt.choices) == (DoubtKind.TOTAL_UNCLEAR, ("7.00",))


def test_a_missing_total_is_asked_for() -> None:
    """No total is a doubt, never 0.00."""
    assert kinds(bill().model_copy(update={"total": None}))[0] is DoubtKind.TOTAL_MISSING


def test_a_total_that_is_not_printed_is_asked_about() -> None:
    """A value that stands nowhere on the page cannot be taken silently."""
    assert kinds(bill("9.99"))[0] is DoubtKind.NOT_PRINTED


def test_a_persons_own_total_is_not_asked_about_again() -> None:
    """A corrected total has no evidence, and needs none."""
    assert kinds(bill("9.99", evidence={}, items=(), subtotal=None, taxes=())) == []


def test_cash_less_change_is_held_against_the_total() -> None:
    """What was handed over and what came back tell the total too."""
    paid = {"items": (), "subtotal": None, "taxes": (), "cash": Decimal(10), "change": Decimal("2.90")}
    doubt = check(bill("7.70", 0.8, **paid), PRINTED)[0]
    assert (doubt.kind, doubt.expected) == (DoubtKind.CASH_DIFFERS, "7.10")


def test_a_digit_that_would_make_the_items_add_up_is_proposed() -> None:
    """An item read as 8.70 for 3.70 is asked about, and the price that balances offered."""
    items = (LineItem(description="Soup", total=Decimal("8.70")), LineItem(description="Pie", total=Decimal("4.00")))
    read = bill(subtotal=None, taxes=(), items=items)
    doubt = next(one for one in check(read, PRINTED) if one.kind is DoubtKind.ITEM_UNCLEAR)
    assert (doubt.field, doubt.found, doubt.choices) == ("items.0.total", "8.70", ("3.70",))
    assert sentence(doubt, read) == "All adds up if Soup is €3.70, but I read €8.70. Which is right?"
    assert kinds(corrected(read, doubt.field, doubt.choices[0])) == []


@pytest.mark.parametrize(("soup", "pie"), [("8.70", "8.00"), ("4.70", "4.00")])
def test_a_price_is_not_proposed_where_it_is_open(soup: str, pie: str) -> None:
    """Where two prices would do, or digits that do not look alike, the sum alone is asked about."""
    items = (LineItem(description="Soup", total=Decimal(soup)), LineItem(description="Pie", total=Decimal(pie)))
    total = "11.70" if pie == "8.00" else "7.70"
    found = kinds(bill(total, subtotal=None, taxes=(), items=items))
    assert DoubtKind.ITEMS_DIFFER in found
    assert DoubtKind.ITEM_UNCLEAR not in found


def test_items_that_do_not_add_up_are_named() -> None:
    """A missing item shows in the sum."""
    items = (*bill().items, LineItem(description="Bun", total=Decimal("1.50")))
    assert kinds(bill(items=items)) == [DoubtKind.ITEMS_DIFFER]


@pytest.mark.parametrize("day", [date(2026, 11, 2), date(1996, 1, 1)])
def test_an_unlikely_date_is_asked_about(day: date) -> None:
    """The day after tomorrow and thirty years ago are more likely misread."""
    assert kinds(bill(bought_on=day)) == [DoubtKind.DATE_UNLIKELY]


def test_an_old_receipt_is_welcome() -> None:
    """A receipt of some years ago is kept for a warranty, and not questioned."""
    assert kinds(bill(bought_on=date(2018, 3, 1))) == []


def test_what_is_missing_is_asked_for() -> None:
    """Merchant, date and currency each have their question."""
    assert kinds(bill(merchant=None, bought_on=None, currency=None)) == [
        DoubtKind.DATE_MISSING,
        DoubtKind.MERCHANT_MISSING,
        DoubtKind.CURRENCY_MISSING,
    ]


def test_a_guessed_currency_is_asked_about() -> None:
    """A bare sign is shown as the likeliest, with others as answers."""
    guessed = bill(currency="USD", evidence={"currency": Evidence(confidence=0.4, rivals=("CAD", "AUD"))})
    assert [(doubt.kind, doubt.found, doubt.choices) for doubt in check(guessed, PRINTED)] == [
        (DoubtKind.CURRENCY_UNCLEAR, "USD", ("CAD", "AUD"))
    ]


def test_a_receipt_like_another_is_asked_about_first() -> None:
    """The doubt names the receipt that it repeats."""
    other = Filed(id=UUID(int=7), account=UUID(int=1), state=State.READ, photo="p", sent_on=TODAY)
    doubt = check(bill(), PRINTED, Context(today=TODAY, alike=(other,)))[0]
    assert (doubt.kind, doubt.choices) == (DoubtKind.DUPLICATE, (str(UUID(int=7)),))


def test_an_amount_is_found_in_any_way_of_writing() -> None:
    """`1.234,50` on the page is 1234.50 in the books."""
    assert is_printed(Decimal("1234.50"), reading("Summe 1.234,50 EUR"))


def test_the_proof_shows_the_fullest_sum_that_holds() -> None:
    """Items and tax come to the total, term by term."""
    shown = proof(bill())
    assert shown is not None
    assert [(term.name, term.amount) for term in shown.terms] == [
        ("items", Decimal("7.00")),
        ("tax", Decimal("0.70")),
    ]
    assert shown.holds


def test_a_tax_within_the_prices_is_not_added() -> None:
    """Where prices contain the tax, the items alone come to the total."""
    taxes = (TaxLine(label="VAT", amount=Decimal("0.64"), included=True),)
    shown = proof(bill("7.00", taxes=taxes))
    assert shown is not None
    assert [term.name for term in shown.terms] == ["items"]


def test_the_proof_tells_how_far_off() -> None:
    """A sum that does not hold says by how much."""
    shown = proof(bill("7.10"))
    assert shown is not None
    assert (shown.holds, shown.off) == (False, Decimal("0.10"))


def test_nothing_to_add_up_gives_no_proof() -> None:
    """A total alone proves nothing."""
    assert proof(bill(items=(), subtotal=None, taxes=())) is None


@pytest.mark.parametrize("kind", list(DoubtKind))
def test_each_doubt_has_one_question(kind: DoubtKind) -> None:
    """Every kind has a sentence that ends with a question mark and leaves no place open."""
    text = sentence(Doubt(kind=kind, field="total", found="7.10", expected="7.70"), bill())
    assert text.endswith("?")
    assert "{" not in text
    assert kind in SENTENCES


def test_braces_in_a_receipts_text_do_no_harm() -> None:
    """Text of a receipt is put in as it is."""
    doubt = Doubt(kind=DoubtKind.MERCHANT_UNCLEAR, field="merchant", found="{0.__class__} {expected}")
    assert "{0.__class__}" in sentence(doubt)
