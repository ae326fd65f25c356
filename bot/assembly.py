"""Puts a worker's parts together: who reads, here and elsewhere, and what handlers work with."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from core.asking.asker import asker_of
from core.departures import Departures
from core.ports import Reader
from core.reading_bookkeeper import ReadingBookkeeper
from core.settings import Settings
from core.showing import Sketchbook


@dataclass(frozen=True)
class Hands:
    """What does a worker's heavy work in processes of its own, and what counts it."""

    reader: Reader
    sketches: Sketchbook
    metrics: Metrics


def sketches_of(settings: Settings) -> ProcessSketches:
    """Return what draws; where each photo needs a drawing, with a process that is started ahead."""
    return ProcessSketches(spare=bool(settings.gemini_key or settings.rapidapi_key))


def assemble(stores: Stores, settings: Settings, hands: Hands) -> tuple[Parts, ReadingBookkeeper]:
    """Return what handlers work with, and what reads: on this machine, and with the services whose keys are set.

    Raises Misconfigured when what such a service needs is not installed.
    """
    metrics, departures = hands.metrics, MeteredDepartures(stores.departures, hands.metrics)
    opened = open_cloud(settings, stores.rests, hands.sketches)
    bookkeeper = ReadingBookkeeper(
        photos=stores.photos,
        intake=stores.ledger,
        ledger=stores.ledger,
        rules=stores.rules,
        reader=TimedReader(hands.reader, metrics),
        extractor=TimedExtractor(OfflineExtractor(), metrics),
        cloud=opened.cloud,
        departures=departures,
        today=lambda: datetime.now(UTC).date(),
    )
    parts = replace(
        _parts(stores, bookkeeper, Rules.of(settings), hands.sketches),
        advisor=_advisor(stores, opened, departures),
        asker=asker_of(stores.answering, opened.gemini, departures, settings.mask_before_cloud),
        how_read=stores.how_read,
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
