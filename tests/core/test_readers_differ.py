"""Two readers who differ: one question with both values, for each field its own, and gone for good once answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from core.accounts import Account
from core.adapters.wiring import Stores
from core.answers import choice_text, right_text
from core.bookkeeper import Bookkeeper
from core.checks import Context, check
from core.doubts import sentence
from core.ports import Filed
from core.receipt import DoubtKind, Evidence, Reading, Receipt
from tests.conversation import RecordedReader, build_bookkeeper
from tests.core.adapters.test_postgres_ledger import filed
from tests.core.test_checks import PRINTED, TODAY, bill

OTHERS = {"total": "0.01", "bought_on": "2026-10-03", "merchant": "Comer", "currency": "USD"}


def differing(**others: str) -> Receipt:
    """Return a receipt in which another reader read these fields otherwise."""
    evidence = {name: Evidence(lines=(4,), confidence=0.99, other=other) for name, other in others.items()}
    return bill(evidence=evidence)


@pytest.mark.parametrize("field", OTHERS)
def test_each_field_that_differs_is_asked_about(field: str) -> None:
    """With what is shown, and the other reader's value as the choice."""
    receipt = differing(**{field: OTHERS[field]})
    (doubt,) = check(receipt, PRINTED, Context(today=TODAY))
    assert (doubt.kind, doubt.field, doubt.choices) == (DoubtKind.READERS_DIFFER, field, (OTHERS[field],))
    assert doubt.found == str(getattr(receipt, field))


def test_readers_who_agree_are_silent() -> None:
    """The same value is no difference."""
    assert check(differing(total="7.70", merchant="Corner"), PRINTED, Context(today=TODAY)) == ()


@pytest.mark.parametrize("total", ["9.99", "7.10"])
def test_one_question_at_most_is_about_the_total(total: str) -> None:
    """Two values to choose from say more than a sum that differs, or that it is printed nowhere."""
    receipt = bill(total, confidence=0.1, evidence={"total": Evidence(lines=(4,), confidence=0.1, other="7.70")})
    about = [doubt.kind for doubt in check(receipt, PRINTED) if doubt.field == "total"]
    assert about == [DoubtKind.READERS_DIFFER]


def test_an_unlikely_date_of_two_is_asked_about_once() -> None:
    """With the other reader's date as the answer."""
    receipt = differing(bought_on="2026-10-03").model_copy(update={"bought_on": date(1926, 10, 3)})
    assert [doubt.kind for doubt in check(receipt, PRINTED, Context(today=TODAY))] == [DoubtKind.READERS_DIFFER]


def test_what_only_one_reader_found_is_offered() -> None:
    """Where nothing is shown, the question is that for what is missing."""
    receipt = differing(merchant="Comer").model_copy(update={"merchant": None})
    (doubt,) = check(receipt, PRINTED, Context(today=TODAY))
    assert (doubt.kind, doubt.choices) == (DoubtKind.MERCHANT_MISSING, ("Comer",))


@pytest.mark.parametrize(
    ("field", "asked", "right", "other"),
    [
        ("total", "One reader has €7.70 as the total, the other €0.01. Which is right?", "€7.70 is right", "€0.01"),
        (
            "bought_on",
            "One reader has October 30, 2026 as the date, the other October 3, 2026. Which is right?",
            "Oct 30, 2026 is right",
            "Oct 3, 2026",
        ),
        ("merchant", "One reader has Corner as the merchant, the other Comer.", "Corner is right", "Comer"),
        ("currency", "One reader has EUR as the currency, the other USD.", "EUR is right", "USD"),
    ],
)
def test_the_question_says_both_values(field: str, asked: str, right: str, other: str) -> None:
    """Written as people write them, and so do the answers."""
    receipt = differing(**{field: OTHERS[field]})
    (doubt,) = check(receipt, PRINTED, Context(today=TODAY))
    assert sentence(doubt, receipt, "en").startswith(asked)
    assert right_text(doubt, "EUR", "en") == right
    assert choice_text(doubt, doubt.choices[0], "EUR", "en") == other


@pytest.mark.parametrize("name", ["365", "NaN", "2026-10-03", "{found} {other}"])
def test_a_name_that_looks_like_a_figure_stays_a_name(name: str) -> None:
    """It is not written as money or as a day."""
    receipt = differing(merchant="1e9").model_copy(update={"merchant": name})
    (doubt,) = check(receipt, PRINTED, Context(today=TODAY))
    assert sentence(doubt, receipt).startswith(f"One reader has {name} as the merchant, the other 1e9.")
    assert choice_text(doubt, doubt.choices[0], "EUR", "en") == "1e9"
    assert right_text(doubt, "EUR", "en") == f"{name} is right"


async def answered(books: Bookkeeper, account: Account, receipt: UUID, choice: int | None) -> Filed:
    """Answer the first doubt."""
    found = await books.settle(account, receipt, 0, choice)
    assert found is not None
    return found


@pytest.mark.parametrize(("choice", "total"), [(None, "7.70"), (0, "0.01")])
async def test_the_answer_holds_for_good(stores: Stores, account: Account, choice: int | None, total: str) -> None:
    """The chosen value stays; neither this question nor another about the total comes back."""
    books = build_bookkeeper(stores, RecordedReader())
    saved = await filed(stores, account, "chat:1", differing(total="0.01"))
    await stores.ledger.save(saved, PRINTED)
    shown = await books.correct(account, saved.id, "payment_method", "Visa")
    assert shown is not None
    assert shown.receipt is not None
    assert [doubt.kind for doubt in shown.receipt.doubts] == [DoubtKind.READERS_DIFFER]
    settled = await answered(books, account, saved.id, choice)
    again = await books.correct(account, saved.id, "tip", "0.50")
    for one in (settled, again):
        assert one is not None
        assert one.receipt is not None
        assert one.receipt.total == Decimal(total)
        assert [doubt for doubt in one.receipt.doubts if doubt.field == "total"] == []


async def test_an_answer_about_one_field_leaves_the_others_open(stores: Stores, account: Account) -> None:
    """Each difference is a question of its own."""
    books = build_bookkeeper(stores, RecordedReader())
    saved = await filed(stores, account, "chat:1", differing(total="0.01", merchant="Comer"))
    await stores.ledger.save(saved, Reading())
    await books.correct(account, saved.id, "payment_method", "Visa")
    settled = await answered(books, account, saved.id, None)
    assert settled.receipt is not None
    assert [(one.kind, one.field) for one in settled.receipt.doubts] == [(DoubtKind.READERS_DIFFER, "merchant")]
