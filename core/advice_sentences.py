"""Advice in our own sentences: each names its figures, and none would fit everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.advice import MONTHS_BEFORE, Grown, Spent, Unusual
from core.advice_facts import MOST_SHOWN, Facts
from core.budgets import Heading
from core.ports import Filed
from core.regulars import Regular
from core.telling import Telling, capital

NO_NAME = "a receipt without a name"


@dataclass(frozen=True)
class Part:
    """Sentences under one title."""

    title: str
    sentences: tuple[str, ...]


def parts_of(facts: Facts, tell: Telling) -> list[Part]:
    """Return all that the facts say, the most urgent first; nothing where nothing is worth a look."""
    found = (
        ("Bills to pay", [bills_sentence(facts, tell)] if facts.due else []),
        ("Maybe counted twice", [doubles_sentence(facts, tell)] if facts.doubled else []),
        ("Budgets", [budget_sentence(one, tell) for one in facts.budgets[:MOST_SHOWN]]),
        ("What grew", [grown_sentence(one, tell) for one in facts.grown]),
        ("What comes every month", [regular_sentence(one, tell) for one in facts.regulars]),
        ("Larger than usual", [unusual_sentence(one, tell) for one in facts.unusual]),
    )
    return [Part(title, tuple(sentences)) for title, sentences in found if sentences]


def bills_sentence(facts: Facts, tell: Telling) -> str:
    """Say what is to be paid and how much of it is late."""
    last, first = facts.due[-1], facts.due[0]
    count = tell.count(len(facts.due), "bill is", "bills are")
    said = f"{capital(count)} open up to {_due(last, tell)}: {sums(facts.owed, tell)}."
    if facts.overdue:
        late = tell.count(facts.overdue, "is", "are")
        return f"{said} {capital(late)} overdue: {_named(first, tell)} was due on {_due(first, tell)}."
    return f"{said} The first is {_named(first, tell)} on {_due(first, tell)}."


def doubles_sentence(facts: Facts, tell: Telling) -> str:
    """Say what may be counted twice."""
    count = tell.count(sum(one.receipts for one in facts.doubled_sums), "receipt looks", "receipts look")
    said = f"{capital(count)} like one that you sent before, such as {_named(facts.doubled[0], tell)}."
    return f"{said} If so, your sums are too high by {sums(facts.doubled_sums, tell)}."


def budget_sentence(one: Heading, tell: Telling) -> str:
    """Say where a budget is heading."""
    budget = one.budget
    named = capital(tell.category(budget.category)) if budget.category else "Everything"
    limit, spent = tell.money(budget.amount, budget.currency), tell.money(one.spent, budget.currency)
    said = f"{named}: {spent} of {limit} spent by {tell.day(one.until)}"
    if one.left < 0:
        said += f", {tell.money(-one.left, budget.currency)} over the budget already"
    if one.gap is None or one.expected is None:
        return f"{said}. It is too early in the month to tell where it ends."
    end = f"{said}. At this pace it ends {tell.month(one.month)} at {tell.money(one.expected, budget.currency)}"
    if one.gap < 0:
        return f"{end}, {tell.money(-one.gap, budget.currency)} over."
    return f"{end}, with {tell.money(one.gap, budget.currency)} left." if one.gap else f"{end}, just within it."


def grown_sentence(one: Grown, tell: Telling) -> str:
    """Say what a category took more than before."""
    so_far = " so far" if one.so_far else ""
    now = f"{capital(tell.category(one.category))} took {tell.money(one.now, one.currency)} in {tell.month(one.month)}"
    before = f"the {tell.count(MONTHS_BEFORE)} months before"
    if one.usual <= 0:
        return f"{now}{so_far}; in {before} it took nothing."
    more = tell.money(one.now - one.usual, one.currency)
    return f"{now}{so_far}, {more} more than the {tell.money(one.usual, one.currency)} of an average month of {before}."


def regular_sentence(one: Regular, tell: Telling) -> str:
    """Say what recurs, and whether its price changed or it is late."""
    said = f"{tell.name(one.merchant)}: {tell.money(one.amount, one.currency)} every month"
    if one.before is not None:
        said += f" (it was {tell.money(one.before, one.currency)} the time before)"
    said += f", {tell.count(one.times)} times in a row, last on {tell.day(one.last)}"
    if one.is_late:
        return f"{said}. It was expected around {tell.day(one.expected)} and is not here yet."
    return f"{said}. The next is expected around {tell.day(one.expected)}."


def unusual_sentence(one: Unusual, tell: Telling) -> str:
    """Say how much larger than usual a receipt is."""
    receipt = one.filed.receipt
    currency = receipt.currency if receipt else None
    dated = "on" if receipt and receipt.bought_on else "without a date, sent"
    said = f"{_named(one.filed, tell)} {dated} {tell.day(one.filed.counted_on)}"
    where = "there" if one.is_merchant else f"for {tell.category(one.place)}"
    many = tell.count(one.receipts, "receipt", "receipts")
    return f"{capital(said)}; {many} {where} came to {tell.money(one.usual, currency)} on average."


def missing_sentences(facts: Facts) -> list[str]:
    """Say what is missing to tell more; nothing where each kind of fact is there."""
    found = []
    if not facts.grown and facts.known_months < MONTHS_BEFORE:
        known = ("none of them has", "one has", "two have")[facts.known_months]
        needs = f"that takes receipts in each of the {MONTHS_BEFORE} months before this one. So far {known} some."
        found.append(f"What grew: {needs}")
    elif not facts.grown:
        found.append("What grew: no category took a quarter more than its average of the three months before.")
    if not facts.regulars:
        times = "one merchant, three times about a month apart, for nearly the same amount"
        found.append(f"What comes every month: {times}. There is no such one yet.")
    if not facts.unusual:
        found.append(
            "What is unusual: a receipt two and a half times the average of at least four at that merchant, or four "
            "times that of ten in its category. There was none this month or the last."
        )
    return found


def sums(spent: Iterable[Spent], tell: Telling) -> str:
    """Write amounts of several currencies, which are never added."""
    return " and ".join(tell.money(one.total, one.currency) for one in spent)


def _named(filed: Filed, tell: Telling) -> str:
    receipt = filed.receipt
    name = tell.name(receipt.merchant if receipt else None, NO_NAME)
    return f"{name} ({tell.money(receipt.total, receipt.currency)})" if receipt and receipt.total is not None else name


def _due(filed: Filed, tell: Telling) -> str:
    due_on = filed.receipt.due_on if filed.receipt else None
    return tell.day(due_on or filed.counted_on)
