"""What `snapspend doctor` says of the cloud: both keys are tried with a harmless call, and each fault has a way out."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot import doctor_cloud
from bot.findings import Finding
from bot.sample import sample_photo
from core.settings import Settings
from tests.cloud.gemini import GeminiApi, run_gemini
from tests.cloud.rapidapi import Fault, RapidApi, run_rapidapi, said


@pytest.fixture
async def model() -> AsyncIterator[GeminiApi]:
    """Give Gemini's stand-in."""
    async with run_gemini(GeminiApi()) as api:
        yield api


@pytest.fixture
async def reader() -> AsyncIterator[RapidApi]:
    """Give RapidAPI's stand-in."""
    async with run_rapidapi(RapidApi()) as api:
        yield api


async def of_gemini(api: GeminiApi, **given: str) -> Finding:
    """Check Gemini."""
    environment = {"GEMINI_API_KEY": api.key, "GEMINI_API_URL": api.url, **given}
    return await doctor_cloud.gemini(Settings.from_environment(environment))


async def of_ocr(api: RapidApi, **given: str) -> Finding:
    """Check the OCR."""
    environment = {"RAPIDAPI_KEY": api.key, "RAPIDAPI_HOST": api.host, "CLOUD_SECONDS": "2", **given}
    return await doctor_cloud.ocr(Settings.from_environment(environment))


async def test_without_keys_both_are_off() -> None:
    """Which is no fault."""
    settings = Settings.from_environment({})
    findings = [await doctor_cloud.ocr(settings), await doctor_cloud.gemini(settings)]
    assert [finding.state for finding in findings] == ["off", "off"]


async def test_good_keys_are_well(model: GeminiApi, reader: RapidApi) -> None:
    """Gemini is asked nothing, and the OCR reads our own sample."""
    assert (await of_gemini(model)).found == (
        "Google takes the key; gemini-3.5-flash-lite, 1,048,576 tokens a question; asked with google-genai"
    )
    assert model.asked == []
    assert (await of_ocr(reader)).state == "ok"
    assert len(reader.asked) == 1


async def test_a_wrong_key_of_gemini_s_says_where_to_get_it(model: GeminiApi) -> None:
    """And tells nothing of it."""
    finding = await of_gemini(model, GEMINI_API_KEY="wrong-key-wrong-key")
    assert (finding.state, finding.found) == ("FAULT", "Google does not accept the key")
    assert "aistudio.google.com" in finding.advice


async def test_a_model_that_is_gone_says_which_is_asked_in_its_place(model: GeminiApi) -> None:
    """The first of the fallbacks that exists."""
    finding = await of_gemini(model, GEMINI_MODEL="gemini-2.0-flash")
    assert "gemini-2.0-flash does not exist any more; gemini-3.1-flash-lite" in finding.found
    assert finding.advice.startswith("set GEMINI_MODEL=gemini-3.1-flash-lite")
    model.models = ()
    assert "nor does any" in (await of_gemini(model)).found


async def test_without_an_sdk_it_says_what_to_install(model: GeminiApi) -> None:
    """There is a key, and nothing to carry a question."""
    settings = Settings.from_environment({"GEMINI_API_KEY": model.key})
    finding = await doctor_cloud.gemini(settings, lambda: None)
    assert (finding.state, "pip install" in finding.advice) == ("FAULT", True)


async def test_nobody_at_gemini_s_address_is_a_fault(model: GeminiApi) -> None:
    """Figures are found here meanwhile."""
    finding = await of_gemini(model, GEMINI_API_URL="http://127.0.0.1:9")
    assert (finding.state, "no answer" in finding.found) == ("FAULT", True)
    assert "GEMINI_API_URL" in finding.advice


async def test_another_service_at_gemini_s_address_is_no_model_that_is_gone(model: GeminiApi, reader: RapidApi) -> None:
    """It answers 404 to all that it does not know."""
    finding = await of_gemini(model, GEMINI_API_URL=reader.host)
    assert (finding.state, "exist" in finding.found) == ("FAULT", False)
    assert "GEMINI_API_URL" in finding.advice


async def test_a_key_that_readers_leaves_out_is_not_tried(reader: RapidApi) -> None:
    """Nothing goes to a service that is not to be asked."""
    finding = await of_ocr(reader, READERS="local")
    assert (finding.state, reader.asked) == ("off", [])
    assert "READERS" in finding.advice


async def test_the_ocr_gets_our_own_sample_and_nothing_else(reader: RapidApi) -> None:
    """It is drawn, and nobody's receipt."""
    await of_ocr(reader)
    assert [asked.picture for asked in reader.asked] == [sample_photo()]


@pytest.mark.parametrize(
    ("fault", "found", "advice"),
    [
        (said(401, "Invalid API key."), "does not accept the key", "RAPIDAPI_KEY"),
        (said(403, "You are not subscribed to this API."), "not for", "subscribe"),
        (said(429, "You have exceeded the MONTHLY quota for Requests"), "used up", "plan"),
        (said(404, "API doesn't exists"), "no such API", "RAPIDAPI_HOST"),
        (Fault(200, '{"text": ""}'), "gave no text", "RAPIDAPI_PATH"),
        (Fault(503), "is busy", "try again"),
    ],
)
async def test_each_fault_of_the_ocr_has_a_way_out(reader: RapidApi, fault: Fault, found: str, advice: str) -> None:
    """The key, the subscription, the plan, the path, or patience."""
    reader.faults = [fault] * 3
    finding = await of_ocr(reader)
    assert finding.state == "FAULT"
    assert found in finding.found
    assert advice in finding.advice
    assert reader.key not in finding.found + finding.advice
