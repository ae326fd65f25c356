"""Both SDKs at one contract: the same question leaves, and each answer and failure means the same."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from PIL import Image

from core.adapters.gemini_sdk import gemini_client, installed
from core.adapters.genai_client import GenAiClient
from core.adapters.generativeai_client import GenerativeAiClient
from core.errors import SnapSpendError, Unavailable
from core.extraction.model_answer import read_receipt_answer
from core.extraction.question import receipt_question
from core.model import Busy, KeyRefused, ModelClient, ModelGone, OutOfQuota, Question
from core.ports import Hints
from tests.cloud import gemini
from tests.cloud.gemini import Fault, GeminiApi, answer, run_gemini
from tests.core.extraction.pages import TODAY

MODEL = "gemini-3.5-flash-lite"
HINTS = Hints(today=TODAY)
SDKS = {"google-genai": GenAiClient, "google-generativeai": GenerativeAiClient}


def jpeg() -> bytes:
    """Return a picture whose bytes need both alphabets of base64 to differ."""
    written = BytesIO()
    Image.effect_noise((64, 96), 80).convert("RGB").save(written, "JPEG")
    return written.getvalue()


def question(text: str = "TOTAL 10.45") -> Question:
    """Return a question with a picture."""
    return receipt_question(text, (jpeg(),), HINTS)


@pytest.fixture
async def api() -> AsyncIterator[GeminiApi]:
    """Give the stand-in."""
    async with run_gemini(GeminiApi()) as served:
        yield served


@pytest.fixture(params=SDKS)
def client(request: pytest.FixtureRequest, api: GeminiApi) -> ModelClient:
    """Give each SDK's client in turn."""
    made: ModelClient = SDKS[request.param](api.key, api.url)
    return made


async def test_a_question_goes_out_whole_and_comes_back_read(api: GeminiApi, client: ModelClient) -> None:
    """Text, picture, schema and temperature; the answer's tokens count thoughts too."""
    came = await client.ask(question(), MODEL, 5)
    assert read_receipt_answer(came, HINTS).merchant == "Corner Bakery"
    assert (came.finish, came.blocked, came.tokens_in, came.tokens_out) == ("STOP", None, 1400, 350)
    (asked,) = api.asked
    assert "TOTAL 10.45" in asked.text
    assert asked.pictures == ((64, 96),)
    assert "total" in asked.config["responseSchema"]["properties"]


@pytest.mark.parametrize("thoughts", ["I think the total is 9.99, since {…}", '{"total": "9.99"}'])
async def test_thoughts_are_cut(api: GeminiApi, client: ModelClient, thoughts: str) -> None:
    """They come as parts before the answer, and may look like one."""
    api.says = answer('{"total": ', '"1.00"}', thoughts=thoughts)
    came = await client.ask(question(), MODEL, 5)
    assert came.text == '{"total": "1.00"}'


@pytest.mark.parametrize("finish", ["MAX_TOKENS", "SAFETY", "RECITATION"])
async def test_an_answer_without_text_says_how_it_ended(api: GeminiApi, client: ModelClient, finish: str) -> None:
    """No text is None, never an empty receipt."""
    api.says = answer(finish=finish)
    came = await client.ask(question(), MODEL, 5)
    assert (came.text, came.finish) == (None, finish)


async def test_half_an_answer_says_that_it_was_cut(api: GeminiApi, client: ModelClient) -> None:
    """The text is there as far as it came."""
    api.says = answer('{"merchant":"Co', finish="MAX_TOKENS")
    came = await client.ask(question(), MODEL, 5)
    assert (came.text, came.finish) == ('{"merchant":"Co', "MAX_TOKENS")


async def test_a_blocked_question_says_so(api: GeminiApi, client: ModelClient) -> None:
    """And has no candidate."""
    api.says = gemini.BLOCKED
    came = await client.ask(question(), MODEL, 5)
    assert (came.text, came.finish, came.blocked) == (None, "", "PROHIBITED_CONTENT")


async def test_an_empty_body_is_no_answer(api: GeminiApi, client: ModelClient) -> None:
    """Nor an error."""
    api.says = gemini.NOTHING
    assert (await client.ask(question(), MODEL, 5)).text is None


@pytest.mark.parametrize(
    ("fault", "meant"),
    [
        (gemini.BAD_KEY, KeyRefused),
        (gemini.FORBIDDEN, KeyRefused),
        (gemini.GONE, ModelGone),
        (gemini.quota("PerMinute", "34s"), Busy),
        (gemini.quota("PerDay"), OutOfQuota),
        (gemini.AWAY, Busy),
        (Fault(500, "INTERNAL"), Busy),
        (gemini.HTML, Busy),
        (Fault(400, "INVALID_ARGUMENT"), Unavailable),
        (gemini.CUT, Unavailable),
        (gemini.UNKNOWN_KEY, KeyRefused),
        (gemini.ELSEWHERE, Unavailable),
        (Fault(429, "RESOURCE_EXHAUSTED", ({"violations": 5}, {"violations": [7], "retryDelay": ["1s"]})), Busy),
    ],
)
async def test_each_failure_means_the_same(
    api: GeminiApi, client: ModelClient, fault: Fault, meant: type[SnapSpendError]
) -> None:
    """It is asked once, soon told, and neither key nor text is in what is said of it."""
    api.says = fault
    began = time.monotonic()
    with pytest.raises(meant) as raised:
        await client.ask(question("a secret of the receipt"), MODEL, 5)
    assert type(raised.value) is meant
    assert time.monotonic() - began < 2
    assert len(api.asked) == 1
    told = f"{raised.value!r} {raised.value} {raised.value.__cause__!r}"
    assert api.key not in told
    assert "secret" not in told
    assert "words of the service" not in told


async def test_a_minute_s_quota_tells_how_long_to_wait(api: GeminiApi, client: ModelClient) -> None:
    """As RetryInfo has it."""
    api.says = gemini.quota("PerMinute", "34s")
    with pytest.raises(Busy) as raised:
        await client.ask(question(), MODEL, 5)
    assert raised.value.seconds == 34


async def test_a_wrong_key_is_told(api: GeminiApi, client: ModelClient) -> None:
    """With the setting's name."""
    api.key = "another"
    with pytest.raises(KeyRefused) as raised:
        await client.ask(question(), MODEL, 5)
    assert raised.value.sentence == "Gemini does not accept the key (GEMINI_API_KEY)."


@pytest.mark.parametrize("fault", [gemini.HANGS, gemini.DRIPS], ids=["silence", "drops"])
async def test_silence_ends(api: GeminiApi, client: ModelClient, fault: Fault) -> None:
    """After the seconds that were given, also when a byte comes now and then."""
    api.says = fault
    began = time.monotonic()
    with pytest.raises(Unavailable):
        await client.ask(question(), MODEL, 0.5)
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("sdk", SDKS.values(), ids=SDKS)
async def test_each_client_has_its_own_key(api: GeminiApi, sdk: type[GenAiClient | GenerativeAiClient]) -> None:
    """A second one in the same process, for another key, changes nothing for the first."""
    first, second = sdk(api.key, api.url), sdk("another" * 5, api.url)
    with pytest.raises(KeyRefused):
        await second.ask(question(), MODEL, 5)
    assert (await first.ask(question(), MODEL, 5)).text


async def test_nobody_there_is_unavailable() -> None:
    """With either SDK."""
    for sdk in SDKS.values():
        with pytest.raises(Unavailable):
            await sdk("k" * 32, "http://127.0.0.1:9").ask(question(), MODEL, 2)


def test_the_newer_sdk_is_taken(api: GeminiApi) -> None:
    """Where both are installed, as here."""
    assert installed() == "google-genai"
    assert isinstance(gemini_client(api.key, api.url), GenAiClient)


def test_the_older_sdk_is_quiet_and_without_a_key_none_is_loaded() -> None:
    """In a fresh process: no warning at import, and no module of an SDK before a key is set."""
    without = "import sys, bot.__main__, bot.cli, webhook.__main__, core.adapters.cloud_wiring as w\n" + (
        "bot.cli.build_parser()\n"
        "from core.settings import Settings\n"
        "w.open_cloud(Settings.from_environment({}), None, None)\n"
        "assert not [m for m in sys.modules if m.startswith(('google.gen', 'google.ai', 'google.api', 'grpc'))]\n"
    )
    with_it = "from core.adapters.generativeai_client import GenerativeAiClient as C; C('k' * 32, None)\n"
    for program in (without, with_it):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_the_stand_in_knows_the_sample() -> None:
    """Its answer is one that is read."""
    assert json.loads(json.dumps(gemini.RECEIPT))["total"] == "10.45"
