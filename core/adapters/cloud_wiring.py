"""Puts the cloud together from what has a key; no module of a cloud's client is loaded without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from core.cloud import Cloud, CloudExtractor, Order, TextReader
from core.drawings import Sketches
from core.gemini import Gemini
from core.model import Rests
from core.settings import Settings


@dataclass(frozen=True)
class Opened:
    """What there is of the cloud: who reads receipts, and the model for questions and advice (None without a key)."""

    cloud: Cloud | None
    gemini: Gemini | None


def open_cloud(settings: Settings, rests: Rests, sketches: Sketches) -> Opened:
    """Return the services that have a key and are to be asked. Raises Misconfigured when an SDK is not installed."""
    gemini = _gemini(settings, rests)
    reader = _reader(settings, rests) if "rapidapi" in settings.asked_readers else None
    extractor = _extractor(gemini) if "gemini" in settings.asked_extractors else None
    if reader is None and extractor is None:
        return Opened(None, gemini)
    order = Order(settings.asked_readers, settings.asked_extractors, settings.mask_before_cloud, settings.cloud_seconds)
    return Opened(Cloud(order, sketches, rests, _now, reader, extractor), gemini)


def _reader(settings: Settings, rests: Rests) -> TextReader | None:
    if settings.rapidapi_key is None:
        return None
    from core.adapters.rapidapi_reader import RapidApiReader

    return RapidApiReader(settings.rapidapi_key, settings.rapidapi_host, settings.rapidapi_path, rests)


def _gemini(settings: Settings, rests: Rests) -> Gemini | None:
    if settings.gemini_key is None:
        return None
    from core.adapters.gemini_sdk import gemini_client

    client = gemini_client(settings.gemini_key, settings.gemini_url)
    models = (settings.gemini_model, *settings.gemini_fallbacks)
    return Gemini(client, models, rests)


def _extractor(gemini: Gemini | None) -> CloudExtractor | None:
    if gemini is None:
        return None
    from core.gemini_extractor import GeminiExtractor

    return GeminiExtractor(gemini)


def _now() -> datetime:
    return datetime.now(UTC)
