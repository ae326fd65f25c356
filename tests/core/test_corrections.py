"""What a person corrects, in one field or in a form full of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.corrections import NoSuchField, TooManyLines, WrongValue, WrongValues, corrected, corrected_all, values
from core.receipt import Category, Evidence, Kind, LineItem, Receipt, TaxLine

LUNCH = Receipt(
    merchant="Corner Café",
    bought_on=date(2026, 10, 3),
    currency="EUR",
    total=Decimal("7.50"),
    taxes=(TaxLine(label="VAT", rate=Decimal(7), amount=Decimal("0.49"), included=True),),
    items=(
        LineItem(description="Espresso", quantity=Decimal(2), total=Decimal("5.00")),
        LineItem(description="Croissant", total=Decimal("2.50")),
        LineItem(description="Apples", quantity=Decimal("1.234"), unit_price=Decimal("1.999"), total=Decimal("2.47")),
    ),
    evidence={name: Evidence(lines=(at,)) for at, name in enumerate(["total", "items.0.total", "items.1", "items.2"])},
)


@pytest.mark.parametrize(
    ("field", "value", "taken"),
    [
        ("total", "1.234,50", Decimal("1234.50")),
        ("cash", "10", Decimal(10)),
        ("bought_on", "2026-10-04", date(2026, 10, 4)),
        ("due_on", " 2026-11-04 ", date(2026, 11, 4)),
        ("kind", "Credit note", Kind.CREDIT_NOTE),
        ("category", "", None),
        ("total", " ", None),
        ("merchant", "", None),
        ("merchant", "Two\r\nlines\x00 \u202eevil", "Two lines evil"),
        ("number", "A-17", "A-17"),
        ("category", "fuel", Category.FUEL),
    ],
)
def test_every_field_of_a_receipt_can_be_corrected_or_cleared(field: str, value: str, taken: object) -> None:
    """Empty means that it is not printed."""
    assert getattr(corrected(LUNCH, field, value), field) == taken


@pytest.mark.parametrize(
    ("field", "value", "taken"),
    [
        ("items.0.description", "Double espresso", "Double espresso"),
        ("items.0.description", "", ""),
        ("items.0.quantity", "0.345", Decimal("0.345")),
        ("items.0.quantity", "", None),
        ("items.0.unit_price", "1,659", Decimal("1.659")),
        ("items.2.total", "-2,47", Decimal("-2.47")),
        ("taxes.0.label", "MwSt", "MwSt"),
        ("taxes.0.rate", "19", Decimal(19)),
        ("taxes.0.base", "7.01", Decimal("7.01")),
        ("taxes.0.amount", "", None),
        ("taxes.0.included", "no", False),
    ],
)
def test_every_field_of_a_line_can_be_corrected_or_cleared(field: str, value: str, taken: object) -> None:
    """Weights and prices per unit have three decimals, where an amount's three digits would be thousands."""
    lines, at, name = field.split(".")
    assert getattr(getattr(corrected(LUNCH, field, value), lines)[int(at)], name) == taken


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total", "NaN"),
        ("total", "1e3"),
        ("total", "1" + "0" * 12),
        ("items.0.quantity", "infinity"),
        ("items.0.total", "a lot"),
        ("bought_on", "31.10.2026"),
        ("bought_on", "2026-02-30"),
        ("kind", ""),
        ("currency", "XYZ1"),
        ("merchant", "x" * 201),
        ("items.0.description", "x" * 201),
        ("taxes.0.included", "perhaps"),
    ],
)
def test_what_does_not_fit_is_refused(field: str, value: str) -> None:
    """The sentence says what would."""
    with pytest.raises(WrongValue) as caught:
        corrected(LUNCH, field, value)
    assert "Please" in caught.value.sentence


@pytest.mark.parametrize(
    "field",
    [
        *("doubts", "evidence", "__class__", "x" * 5000),
        *("items.3.total", "items.-1.total", "items.0.model_fields", "items.0", "items.0.", "items.9.-"),
        *("items.+.evil", "items.+9999.total", "taxes.0.total", "items.\u0661.total"),
    ],
)
def test_a_field_that_is_not_there_is_refused(field: str) -> None:
    """Forms come from outside, and a line may have gone in another window."""
    with pytest.raises(NoSuchField):
        corrected(LUNCH, field, "1")


def test_a_line_is_added_with_what_it_says_or_empty() -> None:
    """The last bar parts the words from the amount."""
    assert corrected(LUNCH, "items.+", "Tea | milk | 3.00").items[-1] == LineItem(
        description="Tea | milk", total=Decimal("3.00")
    )
    assert corrected(LUNCH, "items.+", "").items[-1] == LineItem(description="")
    assert corrected(LUNCH, "taxes.+", "GST|0.50").taxes[-1] == TaxLine(label="GST", amount=Decimal("0.50"))


def test_a_line_that_goes_takes_its_evidence_along_and_the_others_move_up() -> None:
    """The place in the picture stays with its line."""
    after = corrected(LUNCH, "items.0.-", "")
    assert [item.description for item in after.items] == ["Croissant", "Apples"]
    assert {name: entry.lines for name, entry in after.evidence.items()} == {
        "total": (0,),
        "items.0": (2,),
        "items.1": (3,),
    }


def test_a_form_changes_only_what_is_different() -> None:
    """A form sends all fields: what it showed is neither read anew (1.234 kg) nor loses its evidence."""
    assert corrected_all(LUNCH, values(LUNCH)) == LUNCH
    changed = corrected_all(LUNCH, values(LUNCH) | {"total": "7,50", "items.1.total": "2.60"})
    assert changed.items[1].total == Decimal("2.60")
    assert "total" in changed.evidence


def test_what_a_person_confirms_by_itself_needs_no_evidence() -> None:
    """`total 7.50` says that this is the total, whatever was read."""
    assert "total" not in corrected(LUNCH, "total", "7.50").evidence


def test_places_in_a_form_count_in_the_receipt_as_it_was() -> None:
    """Removing two lines, changing one after them and adding two at once."""
    after = corrected_all(
        LUNCH,
        {
            "items.0.-": "on",
            "items.1.-": "on",
            "items.1.total": "what was wrong there does not matter",
            "items.2.total": "3.00",
            "items.+1.description": "Tea",
            "items.+2.total": "1.00",
            "items.+3.total": "",
            "items.+1.total": "2.00",
        },
    )
    assert [(item.description, item.total) for item in after.items] == [
        ("Apples", Decimal("3.00")),
        ("Tea", Decimal("2.00")),
        ("", Decimal("1.00")),
    ]


def test_a_form_tells_everything_that_is_wrong_at_once() -> None:
    """Each fault is told at its field, and nothing is changed."""
    with pytest.raises(WrongValues) as caught:
        corrected_all(LUNCH, {"total": "much", "items.1.total": "<b>", "bought_on": "2026-10-04", "nothing": ""})
    assert set(caught.value.faults) == {"total", "items.1.total", "nothing"}
    assert "total of item 2" in caught.value.faults["items.1.total"]


def test_a_new_currency_says_how_its_amounts_are_written() -> None:
    """Kuwait's dinar has three decimals, so 1.250 is one and a quarter."""
    assert corrected_all(LUNCH, {"total": "1.250", "currency": "kwd"}).total == Decimal("1.250")
    assert corrected_all(LUNCH, {"total": "1.250"}).total == Decimal(1250)


def test_a_receipt_has_at_most_500_lines() -> None:
    """A form must not fill the database."""
    full = LUNCH.model_copy(update={"items": LUNCH.items[:1] * 500})
    with pytest.raises(TooManyLines):
        corrected(full, "items.+", "One more | 1.00")
