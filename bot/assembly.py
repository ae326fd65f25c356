"""Puts a worker's parts together: who reads, here and elsewhere, and what handlers work with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.context import Parts
from bot.doors import Rules, doors_of
from bot.metered_departures import MeteredDepartures
from bot.metrics import Metrics, TimedExtractor, TimedReader
from core.adapters.cloud_wiring import Opened, open_cloud
from core.adapters.offline_extractor import OfflineExtractor
from core.adapters.sketches import ProcessSketches
from core.adapters.wiring import Stores
from core.advisor import Advisor, Phraser
from core.asking.asker import Asker, Interpreter
from core.departures import Departures
from core.masking import mask_text
from core.ports import Reader
from core.reading_bookkeeper import ReadingBookkeeper
from core.settings import Settings
from core.showing import Sketchbook


def assemble(stores: Stores, settings: Settings, reader: Reader, metrics: Metrics) -> tuple[Parts, ReadingBookkeeper]:
    """Return what handlers work with, and what reads: with `reader`, and with the services whose keys are set.

    Raises Misconfigured when what such a service needs is not installed.
    """
    sketches, departures = ProcessSketches(), MeteredDepartures(stores.departures, metrics)
    opened = open_cloud(settings, stores.rests, sketches)
    bookkeeper = ReadingBookkeeper(
        photos=stores.photos,
        intake=stores.ledger,
        ledger=stores.ledger,
        rules=stores.rules,
        reader=TimedReader(reader, metrics),
        extractor=TimedExtractor(OfflineExtractor(), metrics),
        cloud=opened.cloud,
        departures=departures,
        today=lambda: datetime.now(UTC).date(),
    )
    parts = replace(
        _parts(stores, bookkeeper, Rules.of(settings), sketches),
        advisor=_advisor(stores, opened, departures),
        asker=_asker(stores, opened, departures, settings),
    )
    return parts, bookkeeper


def _parts(stores: Stores, bookkeeper: ReadingBookkeeper, rules: Rules, sketches: Sketchbook) -> Parts:
    return Parts(
        accounts=stores.accounts,
        ledger=stores.ledger,
        figures=stores.ledger,
        photos=stores.photos,
        bookkeeper=bookkeeper,
        replies=stores.replies,
        arranger=stores.arranger,
        doors=doors_of(stores, rules),
        sketches=sketches,
    )


def _advisor(stores: Stores, opened: Opened, departures: Departures) -> Advisor:
    if opened.gemini is None:
        return stores.advisor
    return replace(stores.advisor, phraser=Phraser(opened.gemini, departures))


def _asker(stores: Stores, opened: Opened, departures: Departures, settings: Settings) -> Asker:
    if opened.gemini is None:
        return Asker(stores.answering)
    mask = mask_text if settings.mask_before_cloud else _as_it_is
    return Asker(stores.answering, Interpreter(opened.gemini, departures, mask))


def _as_it_is(text: str) -> tuple[str, Mapping[str, int]]:
    return text, {}
