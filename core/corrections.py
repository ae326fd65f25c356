"""A person's corrections: one field or line, or several at once as a page's form sends them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.categories import among
from core.correction_values import DATES, LINE_ITEM, RECEIPT, TAX_LINE, WrongValue, take, take_category, written
from core.errors import Unusable
from core.receipt import Category, DoubtKind, Evidence, LineItem, Receipt, TaxLine

__all__ = [
    "DATES", "NoSuchField", "TooManyLines", "WrongValue", "WrongValues",
    "confirmed", "corrected", "corrected_all", "values",
]  # fmt: skip

EVERYBODYS = tuple(one.value for one in Category)
MOST_LINES = {"items": 500, "taxes": 50}
_KINDS = {"items": LINE_ITEM, "taxes": TAX_LINE}
_NEW: Mapping[str, LineItem | TaxLine] = {"items": LineItem(description=""), "taxes": TaxLine(label="")}
_SINGULAR = {"items": "item", "taxes": "tax"}
_IN_LINE = re.compile(r"(?P<lines>items|taxes)\.(?P<at>\d{1,3}|\+\d{0,3})(?:\.(?P<name>-|[a-z_]+))?", re.ASCII)
_RATED = re.compile(r"(?P<rate>\d{1,3}(?:[.,]\d{1,3})?)\s?%(?:\s+(?P<amount>.+))?")
_SETTLED_BY = {
    "bought_on": {DoubtKind.DATE_MISSING, DoubtKind.DATE_UNCLEAR, DoubtKind.DATE_UNLIKELY},
    "merchant": {DoubtKind.MERCHANT_MISSING, DoubtKind.MERCHANT_UNCLEAR},
    "currency": {DoubtKind.CURRENCY_MISSING, DoubtKind.CURRENCY_UNCLEAR},
    "total": {DoubtKind.TOTAL_MISSING},
    "items": {DoubtKind.ITEMS_DIFFER, DoubtKind.ITEM_UNCLEAR},
}


class NoSuchField(WrongValue):
    """This part of the receipt is not there any more. Please open the receipt anew."""


class TooManyLines(WrongValue):
    """A receipt can have at most {most} such lines."""


class NoName(WrongValue):
    """Please write the item's name, too, as in: add item Rye bread {value}."""


class SeveralTaxes(WrongValue):
    """This receipt has {count} taxes. Please say which one: tax 1 {value}, or tax 2 {value}."""


class WrongValues(Unusable):
    """Not everything could be saved. {sentences}"""

    def __init__(self, faults: Mapping[str, str]) -> None:
        """Take a sentence for each field that cannot be as it was written."""
        self.faults = dict(faults)
        super().__init__("wrong corrections", sentences=" ".join(dict.fromkeys(faults.values())))


def corrected(receipt: Receipt, field: str, value: str, offered: Sequence[str] = EVERYBODYS) -> Receipt:
    """Return the receipt with `value` in `field`; what was read before is no evidence of it any more.

    A field is one of the receipt's (`total`), a line's (`items.0.total`, `taxes.1.rate`), a new line
    (`items.+` with "description | total" or nothing, or `items.+.total`), or a line that goes (`items.0.-`); `taxes`
    alone is the amount of the one tax, or of a first one.
    An empty value clears a field that need not be there. A category is one of those `offered`, or the receipt's own.
    Raises WrongValue.
    """
    draft = _Draft(receipt, offered)
    draft.put(field, value, always=True)
    return draft.receipt


def corrected_all(receipt: Receipt, changes: Mapping[str, str], offered: Sequence[str] = EVERYBODYS) -> Receipt:
    """Return the receipt with all changes, whose places count in the receipt as it was; what is the same stays.

    New lines are told apart by a number: `items.+1.total`, `items.+2.total`; one with nothing in it is not added.
    Raises WrongValues, which has a sentence for each field that is wrong.
    """
    draft, faults = _Draft(receipt, offered), dict[str, str]()
    gone = {field.removesuffix("-") for field in changes if field.endswith(".-")}
    for field in sorted(changes, key=_turn):
        if not field.endswith(".-") and any(field.startswith(line) for line in gone):
            continue
        try:
            draft.put(field, changes[field], always=False)
        except WrongValue as error:
            faults[field] = error.sentence
    if faults:
        raise WrongValues(faults)
    return draft.receipt


def confirmed(receipt: Receipt, field: str) -> Receipt:
    """Return the receipt with a field as it is, said by a person: what was read beside it is no evidence any more."""
    return receipt.model_copy(update={"evidence": _without(receipt.evidence, field)})


def values(receipt: Receipt) -> dict[str, str]:
    """Return every field that can be corrected with its value as a form shows it, lines as `items.0.total`."""
    shown = {name: written(getattr(receipt, name)) for name in RECEIPT}
    for lines, names in _KINDS.items():
        for at, line in enumerate(getattr(receipt, lines)):
            shown |= {f"{lines}.{at}.{name}": written(getattr(line, name)) for name in names}
    return shown


def still_settled(settled: tuple[DoubtKind, ...], before: Receipt, after: Receipt) -> tuple[DoubtKind, ...]:
    """Return the settled doubts that stay settled: those about what has changed are asked anew."""
    changed = [kinds for name, kinds in _SETTLED_BY.items() if getattr(before, name) != getattr(after, name)]
    return tuple(kind for kind in settled if not any(kind in kinds for kinds in changed))


@dataclass
class _Draft:
    """A receipt while it is corrected, the categories on offer, and the places of the lines that are new."""

    receipt: Receipt
    offered: Sequence[str]
    added: dict[tuple[str, str], int] = dataclasses.field(default_factory=dict)

    def put(self, field: str, value: str, always: bool) -> None:
        """Put a value in; one that says what is there already changes nothing, unless `always`. Raises WrongValue."""
        if field == "taxes":
            field, value = self._only_tax(value, always)
        line = _IN_LINE.fullmatch(field)
        if field in RECEIPT:
            now = getattr(self.receipt, field)
            taken = self._taken((field, RECEIPT[field]), value, now)
            if always or taken != now:
                self.receipt = self.receipt.model_copy(
                    update={field: taken, "evidence": _without(self.receipt.evidence, field)}
                )
        elif line is None:
            raise NoSuchField(field)
        elif line["at"].startswith("+"):
            self._add(line, value)
        elif line["name"] == "-":
            self._remove(line["lines"], int(line["at"]))
        else:
            self._change((line["lines"], int(line["at"]), line["name"] or ""), value, always)

    def _only_tax(self, value: str, always: bool) -> tuple[str, str]:
        """Return the field and value that "the tax is …" means: of the one tax, of a new one, or none any more.

        A rate before it (`10% 3.00`) is put in here.
        """
        there = len(self.receipt.taxes)
        if there > 1:
            raise SeveralTaxes("one of several taxes", count=there, value=value[:40])
        if not value.strip():
            return ("taxes.0.-", "") if there else ("taxes.0.amount", "")
        rated = _RATED.fullmatch(value.strip())
        if rated is None:
            return ("taxes.0.amount", value) if there else ("taxes.+", f"Tax | {value.replace('|', ' ')}")
        if not there:
            self.put("taxes.+", "Tax | ", always)
        self.put("taxes.0.rate", rated["rate"], always)
        return ("taxes.0.amount", rated["amount"] or written(self.receipt.taxes[0].amount))

    def _taken(self, field: tuple[str, str], value: str, now: object) -> object:
        """Return what `value` says; one that is written as the form showed it is what it was."""
        if value.strip() == written(now):
            return now
        if field[1] == "category":
            return now if isinstance(now, str) and among(value, [now]) else take_category(value, self.offered)
        return take(*field, value, self.receipt.currency)

    def _change(self, field: tuple[str, int, str], value: str, always: bool) -> None:
        lines, at, name = field
        there = getattr(self.receipt, lines)
        if at >= len(there) or name not in _KINDS[lines]:
            raise NoSuchField(f"{lines}.{name}")
        now = getattr(there[at], name)
        try:
            taken = self._taken((name, _KINDS[lines][name]), value, now)
        except WrongValue as error:
            facts = error.facts | {"field": f"{error.facts['field']} of {_SINGULAR[lines]} {at + 1}"}
            raise WrongValue("a wrong correction", **facts) from None
        if always or taken != now:
            line = there[at].model_copy(update={name: taken})
            self._replace(lines, (*there[:at], line, *there[at + 1 :]), f"{lines}.{at}.{name}")

    def _add(self, line: re.Match[str], value: str) -> None:
        """Add a line, or put a value into one that was just added."""
        lines, name = line["lines"], line["name"]
        if name is None:
            first, last = ("description", "total") if lines == "items" else ("label", "amount")
            words, _, amount = value.rpartition("|") if "|" in value else (value, "", "")
            if lines == "items" and amount.strip() and not words.strip():
                raise NoName("an item without a name", value=amount.strip()[:40])
            at = self._append(lines)
            self._change((lines, at, first), words, always=True)
            self._change((lines, at, last), amount, always=True)
        elif name not in _KINDS[lines]:
            raise NoSuchField(f"{lines}.{name}")
        elif value.strip():
            key = (lines, line["at"])
            if key not in self.added:
                self.added[key] = self._append(lines)
            self._change((lines, self.added[key], name), value, always=True)

    def _append(self, lines: str) -> int:
        there = getattr(self.receipt, lines)
        if len(there) >= MOST_LINES[lines]:
            raise TooManyLines(most=MOST_LINES[lines])
        self._replace(lines, (*there, _NEW[lines]), "")
        return len(there)

    def _remove(self, lines: str, at: int) -> None:
        """Remove a line; what was read of those after it moves up with them."""
        there = getattr(self.receipt, lines)
        if at >= len(there):
            raise NoSuchField(lines)
        self._replace(lines, (*there[:at], *there[at + 1 :]), f"{lines}.{at}")
        moved = {_moved_up(name, lines, at): entry for name, entry in self.receipt.evidence.items()}
        self.receipt = self.receipt.model_copy(update={"evidence": moved})

    def _replace(self, lines: str, new: tuple[LineItem | TaxLine, ...], changed: str) -> None:
        evidence = _without(self.receipt.evidence, changed)
        self.receipt = self.receipt.model_copy(update={lines: new, "evidence": evidence})


def _turn(field: str) -> tuple[int, int]:
    """Return when a change has its turn: the currency, then fields, then new lines, then removals from below."""
    if field.endswith(".-"):
        line = _IN_LINE.fullmatch(field)
        return 3, -int(line["at"]) if line and line["at"].isdecimal() else 0
    return (0 if field == "currency" else 2 if ".+" in field else 1), 0


def _without(evidence: Mapping[str, Evidence], field: str) -> dict[str, Evidence]:
    return {name: entry for name, entry in evidence.items() if name != field and not name.startswith(f"{field}.")}


def _moved_up(name: str, lines: str, gone: int) -> str:
    """Return the evidence's name after line `gone` of `lines` went."""
    first, _, rest = name.partition(".")
    number, _, field = rest.partition(".")
    if first != lines or not number.isdecimal() or int(number) < gone:
        return name
    return f"{lines}.{int(number) - 1}{'.' + field if field else ''}"
