"""Prints an invented sale on paper as tills do: the head, the items, the sums, how it was paid, and what misleads."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from random import Random

from babel.dates import get_month_names

from tests.bench.rendered_paper import Paper, written
from tests.bench.rendered_till import NOTHING, Bought, Sale, Taxed, money


class Print:
    """Prints one sale on paper; what is printed at all is drawn by lot."""

    def __init__(self, sale: Sale, rng: Random) -> None:
        self.sale, self.words, self.rng = sale, sale.language, rng
        self.paper = Paper(rng)
        self.signed = rng.random() < 0.4
        self.loud = rng.random() < 0.3
        self.merchant = rng.choice(self.words["shop"])
        self.day = _dated(sale, rng)
        self.shows_subtotal = self.shows_tax = False
        self.paid_by: str | None = None

    def word(self, name: str) -> str:
        word = str(self.rng.choice(self.words[name] or [""]))
        return word.upper() if self.loud else word

    def amount(self, value: Decimal) -> str:
        return written(value, self.words, self.signed)

    def row(self, name: str, value: Decimal) -> None:
        """Print a word and its amount, now and then with a colon or the currency's sign behind the word."""
        mark = self.rng.choice(("", "", "", ":", " :", f" {self.words['sign']}", f" ({self.words['sign']})"))
        signs = self.words["sign"] in mark if mark.strip(" :") else False
        self.paper.apart(self.word(name) + mark, written(value, self.words, self.signed and not signs))

    def maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def head(self) -> None:
        """Print who sold, where, when and under which number."""
        self.paper.middle(self.merchant)
        for text in self.rng.choice(self.words["place"]):
            self.paper.middle(text)
        clock = f"{self.rng.randrange(8, 22):02}:{self.rng.randrange(60):02}"
        dated = f"{self.word('date')} {self.day}".strip()
        number = f"{self.word('no')} {self.rng.randrange(1000, 999999)}"
        if self.maybe(0.5):
            self.paper.apart(dated, clock if self.maybe(0.7) else "")
            self.paper.left(number)
        else:
            self.paper.left(number)
            self.paper.left(f"{dated} {clock}")

    def item(self, form: int, each: Bought) -> None:
        if form == 0 or (each.quantity == 1 and form == 1):
            count = f"{each.quantity} " if each.quantity > 1 or form == 1 else ""
            self.paper.apart(f"{count}{each.name}", self.amount(each.total))
        elif form == 1:
            self.paper.left(each.name)
            self.paper.apart(f"  {each.quantity} x {self.amount(each.price)}", self.amount(each.total))
        else:
            self.paper.columns(each.name, str(each.quantity), self.amount(each.price), self.amount(each.total))

    def sums(self) -> None:
        """Print what leads to the total, in the order of the day, and the total."""
        sale = self.sale
        rows: list[Callable[[], None]] = []
        added = self.words["tax"] == "added"
        self.shows_subtotal = self.maybe(0.9 if added else 0.45)
        self.shows_tax = bool(sale.taxes) and (added or self.maybe(0.5))
        if self.shows_subtotal:
            rows.append(partial(self.row, "sub", sale.subtotal))
        if sale.discount:
            rows.append(partial(self.row, "disc", -sale.discount))
        if sale.service:
            rows.append(partial(self.row, "svc", sale.service))
        if self.shows_tax and added:
            rows += [partial(self.taxed, each) for each in sale.taxes]
        if self.maybe(0.08):
            self.rng.shuffle(rows)
        for row in rows:
            row()
        if sale.tip:
            self.row("tip", sale.tip)
        if sale.rounding and self.words["rounding"]:
            self.row("rounding", sale.rounding)
        if self.maybe(0.1):
            self.paper.apart(self.word("count"), str(sum(each.quantity for each in sale.bought)))
        self.row("total", sale.total)

    def taxed(self, each: Taxed) -> None:
        percent = f" {each.rate}%" if self.maybe(0.5) and "%" not in each.word else ""
        self.paper.apart(each.word + percent, self.amount(each.amount))

    def paid(self) -> None:
        """Print how it was paid: cash and change, or a card's slip with the total again."""
        sale = self.sale
        if sale.tendered:
            self.paid_by = "cash"
            self.row("cash", sale.tendered)
            if sale.tendered != sale.total or self.maybe(0.5):
                self.row("change", sale.tendered - sale.total)
        elif self.maybe(0.7):
            self.paid_by = "card"
            self.row("card", sale.total)
            if self.maybe(0.4):
                self.paper.left(f"XXXX XXXX XXXX {self.rng.randrange(1000, 9999)}")
                self.paper.apart("AUTH CODE", str(self.rng.randrange(100000, 999999)))
            if self.maybe(0.1):
                hold = money(sale.total + Decimal(self.words["scale"]) * 10, self.words)
                self.paper.apart("PRE-AUTH", self.amount(hold))

    def foot(self) -> None:
        """Print what misleads: taxes in a table, counts, savings, points, tips suggested, other dates."""
        sale = self.sale
        if sale.taxes and self.words["tax"] == "included":
            self.contained()
        if self.maybe(0.25):
            self.paper.apart(self.word("count"), str(sum(each.quantity for each in sale.bought)))
        if self.maybe(0.25):
            self.row("saved", sale.discount or money(sale.subtotal / 7, self.words))
        if self.maybe(0.2):
            self.paper.apart(self.word("points"), str(self.rng.randrange(10, 4000)))
        if self.words["tip"] and not sale.tip:
            self.tips()
        if self.maybe(0.15):
            self.paper.left(f"{self.word('until')} {_spelt(self.words['dates'][0], sale, years=1)}")
        for text in self.words["thanks"][:1]:
            self.paper.middle(text)

    def contained(self) -> None:
        """Print the taxes that the prices contain, in a table or a row each, or not at all."""
        if self.maybe(0.35):
            self.table()
        elif self.shows_tax or self.maybe(0.4):
            self.shows_tax = True
            for each in self.sale.taxes:
                self.taxed(each)

    def tips(self) -> None:
        """Print tips that are suggested, or blanks to write one into."""
        if self.maybe(0.12):
            for percent in (15, 18, 20):
                tip = self.amount(money(self.sale.total * percent / 100, self.words))
                self.paper.left(f"{percent}% {self.word('tip')} {tip}")
        elif self.sale.code == "en-US" and self.maybe(0.2):
            self.paper.left(f"{self.word('tip')}: ____________")
            self.paper.left("Total: ____________")

    def table(self) -> None:
        """Print a table of the taxes with its sums."""
        self.shows_tax = True
        self.paper.columns(*self.words["table"])
        for each in self.sale.taxes:
            amounts = (each.base, each.amount, each.base + each.amount)
            self.paper.columns(f"{each.rate}%", *(written(value, self.words, False) for value in amounts))
        if self.maybe(0.4):
            base = sum((each.base for each in self.sale.taxes), NOTHING)
            amounts = (base, self.sale.tax, base + self.sale.tax)
            self.paper.columns(self.words["table"][3], *(written(value, self.words, False) for value in amounts))


def _dated(sale: Sale, rng: Random) -> str:
    return _spelt(rng.choice(sale.language["dates"]), sale)


def _spelt(form: str, sale: Sale, years: int = 0) -> str:
    """Return the day as printed; months by name in the language's own words."""
    day = sale.day.replace(year=sale.day.year + years, day=min(sale.day.day, 28) if years else sale.day.day)
    names = _months(sale.code)
    form = form.replace("%B", names[day.month - 1]).replace("%b", names[day.month - 1][:3])
    return day.strftime(form)


def _months(code: str) -> tuple[str, ...]:
    """Return the names of the months."""
    names = get_month_names("wide", locale=code.split("-")[0])
    return tuple(names[month] for month in range(1, 13))
