"""What comes back from RapidAPI's OCR becomes lines or a plain fault, and what leaves is noted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from random import Random
from typing import Any

import pytest
from PIL import Image

from core.adapters.rapidapi_answers import MOST_CHARACTERS, MOST_LINES, NoSuchApi, Refused
from core.adapters.rapidapi_reader import MOST_PICTURE, RapidApiReader
from core.departures import Departure, Outcome, Purpose
from core.errors import Unavailable
from core.model import KeyRefused, NoGoodAnswer, NotSubscribed
from tests.cloud.desk import MASKED, PICTURE, Desk
from tests.cloud.memory import MemoryRests, MemoryTrip
from tests.cloud.rapidapi import PAGE, WORDS, Fault, RapidApi, run_rapidapi, said


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """Give a reader at a stand-in."""
    async with run_rapidapi(RapidApi()) as api:
        yield Desk(api)


async def test_the_lines_of_the_answer_come_back_stripped(desk: Desk) -> None:
    """Without empty ones."""
    assert await desk.read() == ("CORNER SHOP", "Milk 1.20", "TOTAL 1.20")


async def test_the_picture_goes_in_the_form_with_both_headers(desk: Desk) -> None:
    """As the offer's page documents it; the content type is the form's own."""
    await desk.read()
    (asked,) = desk.api.asked
    assert asked.picture == PICTURE
    assert asked.headers["x-rapidapi-host"] == desk.api.host.removeprefix("http://")
    assert asked.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert "authorization" not in asked.headers


async def test_what_leaves_is_noted_with_what_was_masked_and_what_came_of_it(desk: Desk) -> None:
    """The host is told without its scheme."""
    await desk.read()
    host = desk.api.host.removeprefix("http://")
    size = len(PICTURE)
    noted = Departure("RapidAPI", host, Purpose.READING, picture_bytes=size, masked=MASKED)
    assert desk.trip.left == [replace(noted, outcome=Outcome.ANSWERED)]


async def test_nothing_leaves_that_cannot_be_noted(desk: Desk) -> None:
    """The database is away."""

    class NoTrip(MemoryTrip):
        async def leaves(self, departure: Departure) -> Any:
            raise Unavailable("database")

    desk.trip = NoTrip()
    with pytest.raises(Unavailable, match="database"):
        await desk.read()
    assert desk.api.asked == []


async def test_a_plain_host_is_asked_over_https() -> None:
    """The key is never sent in the clear by default."""
    reader = RapidApiReader("k" * 20, "ocr.example", "/ocr", MemoryRests())
    assert (reader.host, reader._offer.url) == ("ocr.example", "https://ocr.example/ocr")
    assert "kkk" not in f"{reader} {reader._offer}"


@pytest.mark.parametrize(
    ("fault", "lines"),
    [
        (Fault(body="SHOP\r\n TOTAL\t1.20 \r\n", kind="text/plain"), ("SHOP", "TOTAL 1.20")),
        (Fault(body="SHOP\nTOTAL 1.20", kind="text/html; charset=utf-8"), ("SHOP", "TOTAL 1.20")),
        (Fault(body='{"text": "SHOP\\nTOTAL 1.20"}', kind="text/html"), ("SHOP", "TOTAL 1.20")),
        (Fault(body='\ufeff{"text": "Caf\\u00e9 \\ud83d\\ude00"}'), ("Café 😀",)),
    ],
)
async def test_text_is_found_plain_or_in_json_whatever_it_is_called(
    desk: Desk, fault: Fault, lines: tuple[str, ...]
) -> None:
    """Small services often name the wrong content type."""
    desk.api.faults = [fault]
    assert await desk.read() == lines


@pytest.mark.parametrize(
    "fault",
    [
        Fault(body='{"text": ""}'),
        Fault(body='{"text": " \\n\\t\\u200b "}'),
        Fault(body='{"text": null}'),
        Fault(body='{"text": ["TOTAL 1.20"]}'),
        Fault(body='{"txt": "TOTAL 1.20"}'),
        Fault(body='{"text": "TOTAL 1.'),
        Fault(body='["TOTAL 1.20"]'),
        Fault(body="[" * 200_000),
        Fault(body=""),
        Fault(body=PAGE, kind="text/html"),
        Fault(body=f"\n {PAGE}", kind="application/json"),
        Fault(body="x" * 1_100_000, kind="text/plain"),
    ],
    ids=lambda fault: fault.body[:20],
)
async def test_an_answer_without_text_is_no_answer_and_not_asked_again(desk: Desk, fault: Fault) -> None:
    """The next reader takes over at once."""
    desk.api.faults = [fault]
    with pytest.raises(NoGoodAnswer):
        await desk.read()
    assert (len(desk.api.asked), desk.outcomes, desk.rest) == (1, ["no answer"], None)


async def test_a_very_long_answer_is_bounded(desk: Desk) -> None:
    """In lines and in characters."""
    desk.api.faults = [Fault(body="y" * 600 + "\n" + "x\n" * 3000, kind="text/plain")]
    lines = await desk.read()
    assert (len(lines), len(lines[0]), lines[1]) == (MOST_LINES, MOST_CHARACTERS, "x")


async def test_what_no_paper_shows_is_taken_out(desk: Desk) -> None:
    """NUL, escape sequences, half a character, and marks that turn the direction of reading."""
    desk.api.faults = [Fault(body='{"text": "TO\\u0000TAL\\u202e \\u001b[31m1.20\\ud800\\u2028END"}')]
    assert await desk.read() == ("TOTAL [31m1.20", "END")


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (said(401, WORDS[401]), KeyRefused, "does not accept the key (RAPIDAPI_KEY)"),
        (said(403, "Blocked User. Please contact your API provider."), KeyRefused, "does not accept the key"),
        (said(403, WORDS[403]), NotSubscribed, "not subscribed to this API"),
    ],
)
async def test_a_key_that_is_refused_is_told_in_words(
    desk: Desk, fault: Fault, kind: type[KeyRefused], words: str
) -> None:
    """A good key without a subscription is told apart."""
    desk.api.faults = [fault]
    with pytest.raises(KeyRefused) as refused:
        await desk.read()
    assert type(refused.value) is kind
    assert words in refused.value.sentence
    assert (len(desk.api.asked), desk.outcomes) == (1, ["refused"])


async def test_a_wrong_key_is_not_in_the_error(desk: Desk) -> None:
    """Nor anywhere that it is logged from."""
    with pytest.raises(KeyRefused) as refused:
        await desk.read(key="wrong-key-of-somebody")
    assert "wrong-key" not in f"{refused.value} {refused.value.sentence} {refused.value.__cause__}"


@pytest.mark.parametrize(("status", "kind"), [(400, Refused), (413, Refused), (415, Refused), (404, NoSuchApi)])
async def test_what_it_does_not_take_is_not_asked_again(desk: Desk, status: int, kind: type[Unavailable]) -> None:
    """The picture is no better the second time."""
    desk.api.faults = [said(status, "No")]
    with pytest.raises(kind):
        await desk.read()
    assert (len(desk.api.asked), desk.outcomes) == (1, ["refused"])


async def test_a_picture_that_cannot_be_opened_there_is_refused(desk: Desk) -> None:
    """The form itself is right."""
    with pytest.raises(Refused):
        await desk.read(b"no picture")


async def test_the_key_follows_no_redirect(desk: Desk) -> None:
    """It would go to whoever is pointed at."""
    async with run_rapidapi(RapidApi()) as elsewhere:
        desk.api.faults = [Fault(307, headers={"Location": f"{elsewhere.host}/ocr"})]
        with pytest.raises(NoSuchApi):
            await desk.read()
        assert elsewhere.asked == []


async def test_a_large_picture_is_shrunk(desk: Desk) -> None:
    """And what is noted is what was sent."""
    noise = Image.frombytes("RGB", (1600, 1200), Random(1).randbytes(1600 * 1200 * 3))
    noise.save(large := BytesIO(), "JPEG", quality=95)
    assert len(large.getvalue()) > 2 * MOST_PICTURE
    await desk.read(large.getvalue())
    (asked,) = desk.api.asked
    assert len(asked.picture) <= MOST_PICTURE
    assert min(asked.size) >= 600
    assert desk.trip.left[0].picture_bytes == len(asked.picture)


async def test_a_large_picture_that_is_none_does_not_leave(desk: Desk) -> None:
    """Nor is it the person's fault."""
    with pytest.raises(Unavailable):
        await desk.read(b"\xff\xd8" + b"x" * MOST_PICTURE)
    assert desk.trip.left == []
