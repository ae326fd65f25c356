"""Answers as models give them, good and hostile: each is read, mended, or a fault in words."""

from __future__ import annotations

import json
import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.extraction.model_answer import read_receipt_answer
from core.faulty import FaultyAnswer
from core.model import Answer
from core.ports import Hints
from core.receipt import Kind, LineItem, Receipt, TaxLine

HINTS = Hints(date(2026, 11, 27))
WHOLE: dict[str, Any] = {
    "kind": "receipt",
    "merchant": "Corner Café",
    "number": "A-17",
    "bought_on": "2026-10-03",
    "due_on": None,
    "currency": "EUR",
    "items": [{"description": "Espresso", "quantity": "2", "unit_price": "2.50", "total": "5.00"}],
    "subtotal": "5.00",
    "taxes": [{"label": "VAT", "rate": "10", "base": "4.55", "amount": "0.45", "included": True}],
    "tip": None,
    "discount": None,
    "rounding": None,
    "total": "5.00",
    "cash": "10.00",
    "change": "5.00",
    "payment_method": "cash",
    "category": "eating out",
}


def read(text: str | None, hints: Hints = HINTS, **how: Any) -> Receipt:
    """Read an answer's text."""
    return read_receipt_answer(Answer(text, **how), hints)


def given(**changes: Any) -> Receipt:
    """Read a whole answer with some of it changed."""
    return read(json.dumps({**WHOLE, **changes}))


def fault(text: str | None, **how: Any) -> FaultyAnswer:
    """Return the fault of an answer."""
    with pytest.raises(FaultyAnswer) as raised:
        read(text, **how)
    return raised.value


def test_a_whole_answer_is_a_receipt() -> None:
    """Everything that was asked for arrives, and no evidence is claimed."""
    assert given() == Receipt(
        merchant="Corner Café",
        number="A-17",
        bought_on=date(2026, 10, 3),
        currency="EUR",
        items=(
            LineItem(description="Espresso", quantity=Decimal(2), unit_price=Decimal("2.50"), total=Decimal("5.00")),
        ),
        subtotal=Decimal("5.00"),
        taxes=(TaxLine(label="VAT", rate=Decimal(10), base=Decimal("4.55"), amount=Decimal("0.45"), included=True),),
        total=Decimal("5.00"),
        cash=Decimal("10.00"),
        change=Decimal("5.00"),
        payment_method="cash",
        category="eating out",
    )


@pytest.mark.parametrize(
    "around",
    ["```json\n{}\n```", "```\n{}```", "Here is what I {{read}}:\n{}\nI hope this helps!", "\ufeff  {}", "[{}]"],
    ids=["fenced", "fence alone", "words around", "mark before", "list of one"],
)
def test_what_stands_around_the_object_is_passed_over(around: str) -> None:
    """Fences, sentences, and a list of the one object."""
    text = around.replace("{{read}}", "<read>").replace("{}", json.dumps(WHOLE))
    assert read(text).total == Decimal("5.00")


def test_a_wrapped_object_is_unwrapped() -> None:
    """One property that holds the object is no fault."""
    assert read(json.dumps({"receipt": WHOLE})).merchant == "Corner Café"


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12.50", "12.50"),
        ("RM 12.50", "12.50"),
        ("1.234,56 €", "1234.56"),
        ("12,50", "12.50"),
        ("Rp75.000", "75000"),
        ("-3.20", "-3.20"),
        ("12.50 incl. GST", "12.50"),
        ("１２．５０", "12.50"),
        ("\u202e12.50\u202c", "12.50"),
        ("0.00", "0.00"),
    ],
)
def test_an_amount_as_text_is_read(written: str, amount: str) -> None:
    """As asked for, or as it is printed somewhere in the world; its decimals stay."""
    assert str(given(total=written).total) == amount


@pytest.mark.parametrize(("written", "amount"), [("12.50", "12.50"), ("12", "12"), ("-0.05", "-0.05")])
def test_a_number_without_quotes_is_never_a_float(written: str, amount: str) -> None:
    """A JSON number keeps the decimals that it was written with."""
    assert str(read(f'{{"total": {written}}}').total) == amount


def test_three_decimals_are_those_of_the_currency() -> None:
    """In dinars 1.250 is one and a quarter; in rupiah it is one thousand two hundred and fifty."""
    assert given(currency="KWD", total="1.250").total == Decimal("1.250")
    assert given(currency="IDR", total="1.250").total == Decimal(1250)


@pytest.mark.parametrize("text", [None, "", " ", "n/a", "None", "not printed", "-"])
def test_absent_is_absent(text: str | None) -> None:
    """What is not there is None, however a model says so: never 0.00."""
    receipt = given(total=text, merchant=text, bought_on=text)
    assert (receipt.total, receipt.merchant, receipt.bought_on) == (None, None, None)


def test_zero_for_nothing_is_absent() -> None:
    """A tip, discount, subtotal or cash of 0.00 is none."""
    receipt = given(tip="0.00", discount=0, cash="0", subtotal="0.00")
    assert (receipt.tip, receipt.discount, receipt.cash, receipt.subtotal) == (None, None, None, None)


@pytest.mark.parametrize(
    "number",
    ["1e999999999", "1E400", "NaN", "Infinity", "-Infinity", "9" * 50_000, "0." + "1" * 50_000, "1234567890123456"],
    ids=["exponent", "E400", "nan", "infinity", "minus infinity", "digits", "decimals", "sixteen"],
)
@pytest.mark.parametrize("quote", ["", '"'], ids=["number", "text"])
def test_a_huge_number_is_refused_at_once(number: str, quote: str) -> None:
    """It is never worked out: it is a fault of that property."""
    began = time.perf_counter()
    found = fault(f'{{"merchant": "X", "total": {quote}{number}{quote}}}')
    assert time.perf_counter() - began < 1
    assert (found.fault, found.again) == ("total is not a plain number", True)


def test_a_fault_says_where() -> None:
    """The place is named as in the schema, and never what stood there."""
    found = fault(json.dumps({**WHOLE, "items": [WHOLE["items"][0], {"total": "see <b>till</b>"}]}))
    assert found.fault == "items[1].total is not a plain number"


@pytest.mark.parametrize("wrong", [{"a": 1}, [5], True, "five or six"])
def test_an_amount_of_a_wrong_type_is_a_fault(wrong: object) -> None:
    """A total that is no number is asked for again."""
    assert fault(json.dumps({**WHOLE, "total": wrong})).again


@pytest.mark.parametrize("wrong", [{"a": 1}, [5], True, 5.5, "03/10/2026", "2026-02-31", "0001-01-01", "9" * 9999])
def test_a_wrong_date_is_absent(wrong: object) -> None:
    """A date is never guessed."""
    assert given(bought_on=wrong).bought_on is None


def test_a_time_behind_a_date_is_passed_over() -> None:
    """The day is told all the same."""
    assert given(bought_on="2026-10-03T18:20:00Z").bought_on == date(2026, 10, 3)


def test_what_is_in_no_list_is_absent() -> None:
    """An unknown currency or category is None, an unknown kind a receipt."""
    receipt = given(currency="XXL", category="bribes", kind="poem")
    assert (receipt.currency, receipt.category, receipt.kind) == (None, None, Kind.RECEIPT)


@pytest.mark.parametrize("wrong", [["EUR"], {"code": "EUR"}, 5, True, "€" * 10_000])
def test_a_wrong_type_in_a_closed_list_is_absent(wrong: object) -> None:
    """Lists and objects are no names."""
    receipt = given(currency=wrong, category=wrong, kind=wrong, merchant=wrong if wrong != "€" * 10_000 else None)
    assert (receipt.currency, receipt.category, receipt.kind) == (None, None, Kind.RECEIPT)


def test_closed_lists_are_read_kindly() -> None:
    """Capitals and underscores do not matter."""
    receipt = given(currency="eur", category="Eating Out", kind="CREDIT_NOTE")
    assert (receipt.currency, receipt.category, receipt.kind) == ("EUR", "eating out", Kind.CREDIT_NOTE)


def test_an_account_s_own_list_holds() -> None:
    """A category that the account does not have is none, though others have it."""
    hints = Hints(HINTS.today, categories=("groceries",))
    assert read(json.dumps(WHOLE), hints).category is None


def test_names_are_cleaned_and_cut() -> None:
    """No control character, no mark that turns the direction, no endless name; HTML is text like any other."""
    receipt = given(merchant="\x00Shop\u202e\u200f\n<b>&\x1b[31m" + "x" * 9999, number="\ud800" + "7" * 500)
    assert receipt.merchant is not None
    assert receipt.merchant.startswith("Shop <b>& [31mxxx")
    assert len(receipt.merchant) == 200
    assert receipt.number == "7" * 60


def test_a_line_break_in_a_name_is_mended() -> None:
    """A raw line break inside a string is no valid JSON, but clear."""
    assert read('{"total": "5.00", "merchant": "Corner\nCafé"}').merchant == "Corner Café"


def test_rows_are_mended() -> None:
    """A name alone is an item, an object alone a list; the rest, and what has nothing in it, is passed over."""
    receipt = given(items=["Tea", {"description": "Cake", "total": 4}, 7, None, {}, [1]], taxes={"amount": "0.45"})
    assert [(item.description, item.total) for item in receipt.items] == [("Tea", None), ("Cake", Decimal(4))]
    assert receipt.taxes == (TaxLine(label="Tax", amount=Decimal("0.45")),)


def test_what_is_told_beside_the_amounts_is_no_fault() -> None:
    """A quantity or rate that cannot be read is absent; `2 x`, `0.345 kg` and `10 %` can."""
    items = [{"description": name, "quantity": name, "total": "1.00"} for name in ("2 x", "0.345 kg", "some")]
    receipt = given(items=items, taxes=[{"rate": "10 %", "amount": "0.45"}])
    assert [item.quantity for item in receipt.items] == [Decimal(2), Decimal("0.345"), None]
    assert receipt.taxes[0].rate == Decimal(10)


def test_what_was_not_asked_for_is_passed_over() -> None:
    """Other properties change nothing."""
    assert given(id=7, read_by=["me"], doubts=[], evidence={"total": {}}, __class__="x") == given()


@pytest.mark.parametrize("finish", ["SAFETY", "RECITATION", "PROHIBITED_CONTENT", "SPII", "BLOCKLIST"])
def test_a_blocked_answer_is_not_asked_for_again(finish: str) -> None:
    """It would be blocked again."""
    assert (fault(None, finish=finish).fault, fault("{", finish=finish).again) == (
        f"the answer was blocked ({finish})",
        False,
    )


def test_a_blocked_question_is_not_asked_again() -> None:
    """There is no answer at all then."""
    assert not fault(None, finish="", blocked="PROHIBITED_CONTENT").again


@pytest.mark.parametrize("text", [None, '{"merchant": "Ri', json.dumps(WHOLE)], ids=["nothing", "half", "whole"])
def test_an_answer_that_was_cut_wants_more_room(text: str | None) -> None:
    """Thoughts or a long list took all tokens; half an object is never read."""
    found = fault(text, finish="MAX_TOKENS")
    assert (found.again, found.cut) == (True, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "it was empty"),
        (" \n", "it was empty"),
        ("I am sorry, I cannot read this.", "there is no JSON object in it"),
        ('{"total": "5.00"', "it is not valid JSON"),
        ('{"total": 12,50, "items": [{"total": "0.01"}]}', "it is not valid JSON"),
        ('{"total": "5.00", "total": "0.01"}', "a property stands in it twice"),
        ('{"total": "5.00"} {"total": "0.01"}', "there is more than one JSON object in it"),
        ('[{"total": "5.00"}, {"total": "0.01"}]', "it is a list where one object is wanted"),
        ('{"answer": "yes"}', "it has none of the properties of the schema"),
        ("{}", "it has none of the properties of the schema"),
        ("[" * 150_000, "it is nested too deeply"),
        ('{"items": ' * 15_000, "it is nested too deeply"),
        ('{"total": "' + "5" * 300_000 + '"}', "it was far too long"),
        (json.dumps({"total": "5", "items": [{"total": "1"}] * 501}), "items has more than 500 entries"),
    ],
    ids=range(14),
)
def test_what_cannot_be_read_is_asked_for_again(text: str | None, words: str) -> None:
    """The fault is said in a few words that can be put back to the model."""
    found = fault(text)
    assert (found.fault, found.again, found.cut) == (words, True, False)


def test_an_unknown_end_is_a_fault() -> None:
    """Whatever ended it, it did not come to its end."""
    assert fault("{}", finish="SOMETHING_NEW").again


@pytest.mark.parametrize("total", [None, "0.00", 0])
def test_without_any_amount_it_is_no_receipt(total: object) -> None:
    """A receipt of 0.00 is never made up, and asking again would not help."""
    found = fault(json.dumps({"kind": "receipt", "merchant": "Cat", "total": total, "items": [], "taxes": []}))
    assert (found.fault, found.again) == ("there is no amount in it", False)


def test_no_word_of_the_receipt_is_in_a_fault() -> None:
    """Not in what is logged, and not in what led to it."""
    found = fault(json.dumps({**WHOLE, "total": "SECRET 1", "SECRET 2": 1, "items": [{"SECRET 3": {}, "total": []}]}))
    assert "SECRET" not in f"{found} {found.fault} {found.__cause__} {found.sentence}"
