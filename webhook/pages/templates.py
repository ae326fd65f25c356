"""The templates, and how they write money, days and addresses of static files."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from aiohttp import web
from babel.dates import format_date, format_time, get_datetime_format
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from core.days import zone_of
from core.locales import written_day, written_percent
from core.money import Money
from core.sent_words import departure_line

HERE = Path(__file__).parent.parent
STATIC = HERE / "static"
TEMPLATES = web.AppKey("templates", Environment)


def build_templates() -> Environment:
    """Return the templates: everything is escaped, and a name that is not there is an error."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "written_money": written_money,
        "written_day": written_day_of,
        "written_moment": written_moment,
        "written_share": written_share,
        "departure_line": departure_line,
    }
    versions = {path.name: sha256(path.read_bytes()).hexdigest()[:10] for path in STATIC.iterdir() if path.is_file()}
    environment.globals["static"] = lambda name: f"/static/{name}?v={versions[name]}"
    return environment


@pass_context
def written_money(context: Context, amount: Decimal, currency: str | None) -> str:
    """Return an amount as the account's language writes it."""
    return Money(amount, currency).written(context["locale"])


@pass_context
def written_day_of(context: Context, day: date, year: bool = True) -> str:
    """Return a day as the account's language writes it."""
    return written_day(day, context["locale"], year)


@pass_context
def written_moment(context: Context, moment: datetime) -> str:
    """Return a moment in the account's language and time zone (UTC until that is known)."""
    account = context.get("account")
    locale, here = context["locale"], moment.astimezone(zone_of(account and account.time_zone))
    joined = str(get_datetime_format("medium", locale=locale)).replace("'", "")
    return joined.format(format_time(here, "short", locale=locale), format_date(here, "medium", locale=locale))


@pass_context
def written_share(context: Context, share: Decimal) -> str:
    """Return a share (0.125 for an eighth) in percent."""
    return written_percent(share, context["locale"])
