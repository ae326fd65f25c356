"""What `snapspend doctor` asks of the cloud: the OCR on RapidAPI one harmless picture, Gemini whether it is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from bot.findings import ILL, OFF, WELL, Finding
from bot.sample import sample_photo
from core.adapters.gemini_sdk import installed
from core.departures import Departure, Outing, Purpose, Return
from core.errors import SnapSpendError, Unavailable
from core.model import Busy, KeyRefused, ModelGone, NoGoodAnswer, NotSubscribed, OutOfQuota
from core.settings import Settings

_LATER = "check the network; try again later (photos are read here meanwhile)"
_PLAN = "wait till the plan begins anew, or take a larger one (photos are read here meanwhile)"


class _Unnoted:
    """Goes along with the sample, which is nobody's receipt: no note is kept, and nobody rests."""

    async def leaves(self, departure: Departure) -> UUID:
        return UUID(int=0)

    async def returned(self, note: UUID, what: Return) -> None:
        return None

    async def until(self, service: str, model: str = "") -> datetime | None:
        return None

    async def rest(self, service: str, model: str, until: datetime) -> None:
        return None


async def ocr(settings: Settings) -> Finding:
    """Let RapidAPI read the sample."""
    if settings.rapidapi_key is None:
        return Finding("OCR", OFF, "no key: photos are read here alone", "for an OCR service, set RAPIDAPI_KEY")
    if "rapidapi" not in settings.asked_readers:
        return Finding("OCR", OFF, "there is a key, but READERS leaves it out", "add rapidapi to READERS to use it")
    from core.adapters.rapidapi_reader import RapidApiReader

    along = _Unnoted()
    reader = RapidApiReader(settings.rapidapi_key, settings.rapidapi_host, settings.rapidapi_path, along)
    try:
        lines = await reader.read_text(sample_photo(), Outing(along, Purpose.READING, settings.cloud_seconds))
    except SnapSpendError as error:
        return Finding("OCR", ILL, *_of_ocr(error, reader.host))
    return Finding("OCR", WELL, f"RapidAPI takes the key; {reader.host} read {len(lines)} lines of the sample")


def _of_ocr(error: SnapSpendError, host: str) -> tuple[str, str]:
    """Return what is wrong with the OCR, and what to do."""
    match error:
        case NotSubscribed():
            return f"RapidAPI knows the key, but not for {host}", "subscribe to that API on its page at rapidapi.com"
        case KeyRefused():
            return "RapidAPI does not accept the key", "copy RAPIDAPI_KEY again from the API's page at rapidapi.com"
        case OutOfQuota():
            return f"the plan for {host} is used up", _PLAN
        case NoGoodAnswer():
            return f"{host} gave no text ({error})", "set RAPIDAPI_HOST and RAPIDAPI_PATH to another OCR API"
        case Busy():
            return f"{host} is busy ({error})", _LATER
    if isinstance(error, Unavailable) and "HTTP" in str(error):
        return f"{host} has no such API ({error})", "check RAPIDAPI_HOST and RAPIDAPI_PATH on the API's page"
    return f"no answer of {host} ({error})", "check RAPIDAPI_HOST and the network (photos are read here meanwhile)"


async def gemini(settings: Settings, sdk: Callable[[], str | None] = installed) -> Finding:
    """Look the model up, which costs nothing."""
    if settings.gemini_key is None:
        return Finding("Gemini", OFF, "no key: figures are found here alone", "for Gemini, set GEMINI_API_KEY")
    package = sdk()
    if package is None:
        found = "there is a key, but no SDK of Gemini's is installed"
        return Finding("Gemini", ILL, found, "pip install 'snapspend[genai]' (or 'snapspend[gemini]', its older one)")
    from core.adapters.gemini_models import look_up

    try:
        known = await look_up(settings.gemini_key, settings.gemini_url, settings.gemini_model)
    except ModelGone:
        return await _gone(settings)
    except SnapSpendError as error:
        return Finding("Gemini", ILL, *_of_gemini(error, settings))
    tokens = f", {known.most_tokens:,} tokens a question" if known.most_tokens else ""
    return Finding("Gemini", WELL, f"Google takes the key; {known.name}{tokens}; asked with {package}")


def _of_gemini(error: SnapSpendError, settings: Settings) -> tuple[str, str]:
    """Return what is wrong with Gemini, and what to do."""
    match error:
        case KeyRefused():
            return "Google does not accept the key", "copy GEMINI_API_KEY again from aistudio.google.com/apikey"
        case OutOfQuota():
            return "the key's quota is used up", _PLAN
    if settings.gemini_url:
        return (
            f"no answer of {settings.gemini_url} ({error})",
            "check GEMINI_API_URL (figures are found here meanwhile)",
        )
    return f"no answer ({error})", _LATER


async def _gone(settings: Settings) -> Finding:
    """Tell that the model is gone, and which of the fallbacks is asked in its place."""
    from core.adapters.gemini_models import look_up

    for model in settings.gemini_fallbacks:
        try:
            await look_up(settings.gemini_key or "", settings.gemini_url, model)
        except ModelGone:
            continue
        except SnapSpendError as error:
            return Finding("Gemini", ILL, *_of_gemini(error, settings))
        found = f"{settings.gemini_model} does not exist any more; {model} of GEMINI_FALLBACKS is asked"
        return Finding("Gemini", ILL, found, f"set GEMINI_MODEL={model}, or a newer one")
    found = f"{settings.gemini_model} does not exist any more, nor does any of GEMINI_FALLBACKS"
    return Finding("Gemini", ILL, found, "set GEMINI_MODEL to one of ai.google.dev/gemini-api/docs/models")
