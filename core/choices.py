"""What an account can choose for itself: its language, home currency, time zone, and the categories it is offered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from zoneinfo import available_timezones

from babel.core import Locale, get_global
from babel.numbers import get_currency_name

from core.accounts import Account
from core.errors import Unusable
from core.locales import locale_of
from core.receipt import Category

LANGUAGES = (
    *("af", "ar", "bg", "bn", "ca", "cs", "da", "de", "de-at", "de-ch", "el", "en", "en-au", "en-ca", "en-gb", "en-in"),
    *("es", "es-ar", "es-mx", "et", "eu", "fa", "fi", "fr", "fr-ca", "fr-ch", "gl", "he", "hi", "hr", "hu", "id", "is"),
    *("it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "pl", "pt", "pt-br", "ro", "ru", "sk", "sl", "sr", "sv", "sw"),
    *("ta", "th", "tr", "uk", "ur", "vi", "zh-hans", "zh-hant"),
)
"""Tags as Telegram sends them; of each, Babel knows how amounts and days are written."""
AREAS = frozenset(
    {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific", "UTC"}
)


class WrongChoices(Unusable):
    """Not everything could be saved. {sentences}"""

    def __init__(self, faults: Mapping[str, str]) -> None:
        """Take a sentence for each field that cannot be as it was chosen."""
        self.faults = dict(faults)
        super().__init__("wrong choices", sentences=" ".join(faults.values()))


def chosen(account: Account, given: Mapping[str, str], used: Collection[str]) -> Account:
    """Return the account with what was chosen: `language`, `home_currency` and `time_zone`, and the categories used.

    An empty currency or time zone is none. Raises WrongChoices, which has a sentence for each field that is wrong.
    """
    language, currency, zone = (given.get(name, "").strip() for name in ("language", "home_currency", "time_zone"))
    faults = {}
    if language not in LANGUAGES and language != account.language:
        faults["language"] = "Please choose a language from the list."
    if currency and currency not in currency_codes() and currency != account.home_currency:
        faults["home_currency"] = "Please choose a currency from the list."
    if zone and zone not in time_zones() and zone != account.time_zone:
        faults["time_zone"] = "Please choose a time zone from the list."
    unused = tuple(one.value for one in Category if one.value not in used)
    if not replace(account, unused=unused).offered:
        faults["used"] = "Please keep at least one category."
    if faults:
        raise WrongChoices(faults)
    return replace(account, language=language, home_currency=currency or None, time_zone=zone or None, unused=unused)


@lru_cache
def languages() -> tuple[tuple[str, str], ...]:
    """Return tags with each language's name in itself."""
    names = ((tag, Locale.parse(locale_of(tag)).get_display_name() or tag) for tag in LANGUAGES)
    return tuple(sorted(((tag, name[:1].upper() + name[1:]) for tag, name in names), key=lambda one: one[1].casefold()))


@lru_cache(64)
def currencies(locale: str) -> tuple[tuple[str, str], ...]:
    """Return the currencies that are money somewhere today, with their names in a locale."""
    return tuple((code, f"{code} · {get_currency_name(code, locale=locale)}") for code in sorted(currency_codes()))


@lru_cache
def currency_codes() -> frozenset[str]:
    """Return the codes of the currencies that are money somewhere today (CLDR, through Babel)."""
    territories = get_global("territory_currencies").values()
    return frozenset(
        code for entries in territories for code, _, until, is_tender in entries if is_tender and not until
    )


@lru_cache
def time_zones() -> tuple[str, ...]:
    """Return the time zones that are named by their place, and UTC."""
    return tuple(sorted(zone for zone in available_timezones() if zone.split("/")[0] in AREAS))
