"""Single values of a model's answer, mended where that is safe: dates, names, closed lists, and lists of rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from core.categories import among
from core.choices import currency_codes
from core.extraction.answer_figures import LONGEST_FIGURE, figure_of, is_absent
from core.extraction.model_json import Unquoted
from core.extraction.visible import visible
from core.receipt import Kind

NAME = 200
LABEL = 60
MOST_ROWS = 500
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][\d:.]{0,20}Z?)?", re.ASCII)
_YEARS = range(1990, 2100)
_YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}


def text_of(value: object, longest: int) -> str | None:
    """Return a text without what nobody sees, or None when it is absent or no text at all."""
    if not isinstance(value, str):
        return None
    text = visible(value, longest)
    return None if is_absent(text) else text


def day_of(value: object) -> date | None:
    """Return a day that is written YYYY-MM-DD, or None: a day that is written otherwise is not guessed."""
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) and len(value) <= LONGEST_FIGURE else None
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
    return day if day is not None and day.year in _YEARS else None


def currency_of(value: object) -> str | None:
    """Return the code of a currency that is money somewhere, or None."""
    code = value.strip().upper() if isinstance(value, str) and len(value) <= NAME else ""
    return code if code in currency_codes() else None


def category_of(value: object, offered: Sequence[str]) -> str | None:
    """Return the offered category that is meant, or None."""
    return among(value, offered) if isinstance(value, str) and len(value) <= NAME else None


def kind_of(value: object) -> Kind:
    """Return the kind that is meant; a receipt, when none is."""
    name = value.strip().casefold().replace("_", " ") if isinstance(value, str) and len(value) <= NAME else ""
    return next((kind for kind in Kind if kind.value == name), Kind.RECEIPT)


def yes_or_no(value: object) -> bool | None:
    """Return a yes or a no, or None when it is neither."""
    if isinstance(value, str):
        return _YES_OR_NO.get(value.strip().casefold()) if len(value) <= LABEL else None
    return value if isinstance(value, bool) else None


def rows_of(value: object) -> list[object]:
    """Return a list's objects; what is only a name becomes one. Raises ValueError when there are too many."""
    if value is None:
        return []
    rows = value if isinstance(value, list) else [value]
    if len(rows) > MOST_ROWS:
        raise ValueError(f"has more than {MOST_ROWS} entries")
    made = [{"description": row, "label": row} if _is_name(row) else row for row in rows]
    return [row for row in made if isinstance(row, dict)]


def _is_name(row: object) -> bool:
    return isinstance(row, str) and not isinstance(row, Unquoted)


def _amount(value: object, info: ValidationInfo) -> Decimal | None:
    return figure_of(value, (info.context or {}).get("currency"))


def _count(value: object) -> Decimal | None:
    """Read what is only told beside the amounts: absent, where it cannot be read."""
    try:
        return figure_of(value.replace("%", " ") if isinstance(value, str) else value, counts=True)
    except ValueError:
        return None


def _text(longest: int) -> Callable[[Any], str | None]:
    return lambda value: text_of(value, longest)


def _category(value: object, info: ValidationInfo) -> str | None:
    return category_of(value, (info.context or {}).get("categories", ()))


AmountOf = Annotated[Decimal | None, BeforeValidator(_amount)]
CountOf = Annotated[Decimal | None, BeforeValidator(_count)]
NameOf = Annotated[str | None, BeforeValidator(_text(NAME))]
LabelOf = Annotated[str | None, BeforeValidator(_text(LABEL))]
DayOf = Annotated[date | None, BeforeValidator(day_of)]
CurrencyOf = Annotated[str | None, BeforeValidator(currency_of)]
CategoryOf = Annotated[str | None, BeforeValidator(_category)]
KindOf = Annotated[Kind, BeforeValidator(kind_of)]
YesOrNo = Annotated[bool | None, BeforeValidator(yes_or_no)]
