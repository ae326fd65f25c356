"""What each thing that people send is answered with, on python-telegram-bot's real application."""

from __future__ import annotations

from typing import Any

import pytest

from bot import sentences
from bot.presses import Sample
from tests.bot.fakes import PERSON, how, open_chat


def _document(**fields: Any) -> dict[str, Any]:
    return {"file_id": "file", "file_unique_id": "u", **fields}


def _photo(*widths: int) -> list[dict[str, Any]]:
    return [{"file_id": f"p{w}", "file_unique_id": f"u{w}", "width": w, "height": w} for w in widths]


@pytest.mark.parametrize("command", ["/start", "/start payload", "/help", "/Help", "/start@snapspend_bot"])
async def test_a_greeting_offers_the_sample(command: str) -> None:
    """Who has no receipt at hand presses the button."""
    (answer,) = await (await open_chat()).send(text=command)
    assert answer.buttons() == {sentences.TRY_SAMPLE: Sample().data()}


async def test_the_sample_goes_the_same_road_as_a_photo() -> None:
    """It is received, not faked."""
    assert ("receive", "the sample") in how(await (await open_chat()).press("sample"))


async def test_the_largest_size_of_a_photo_is_received() -> None:
    """Telegram offers several, in no promised order."""
    chat = await open_chat()
    assert how(await chat.send(photo=_photo(90, 1280, 320))) == [("receive", "p1280")]


@pytest.mark.parametrize(
    "fields",
    [
        {"mime_type": "image/heic"},
        {"mime_type": "application/pdf"},
        {"mime_type": "application/octet-stream", "file_name": "scan.PDF"},
        {"mime_type": "application/octet-stream"},
        {"file_name": "IMG_1.jpeg"},
        {"mime_type": "image/png", "file_size": 20 << 20},
    ],
)
async def test_a_picture_or_pdf_as_a_file_is_received(fields: dict[str, Any]) -> None:
    """What it really is, its bytes will tell."""
    assert how(await (await open_chat()).send(document=_document(**fields))) == [("receive", "file")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"mime_type": "text/plain", "file_name": "photo.jpg"}, "not a picture or a PDF"),
        ({"mime_type": "video/mp4", "file_name": "cat.mp4"}, "not a picture or a PDF"),
        ({"mime_type": "application/octet-stream", "file_name": "a.exe"}, "not a picture or a PDF"),
        ({"mime_type": "image/png", "file_size": (20 << 20) + 1}, "larger than 20 MB"),
        ({"mime_type": "image/png", "file_size": 0}, "empty"),
    ],
)
async def test_a_file_that_can_never_be_used_is_refused_without_a_download(fields: dict[str, Any], words: str) -> None:
    """Each with its own sentence."""
    (answer,) = await (await open_chat()).send(document=_document(**fields))
    assert answer.how == "say"
    assert words in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "hello"},
        {"text": "x" * 4096},
        {"text": "<b>& {amount}"},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
        {"contact": {"phone_number": "1", "first_name": "Bo"}},
        {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 1}},
        {"video": {"file_id": "v", "file_unique_id": "v", "duration": 1, "width": 1, "height": 1}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {
            "sticker": {
                "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
                "is_animated": False, "is_video": False,
            }
        },
    ],
    ids=lambda fields: next(iter(fields)),
)  # fmt: skip
async def test_anything_else_gets_one_helpful_line(fields: dict[str, Any]) -> None:
    """It says what can be sent instead; after a text also what can be asked."""
    line = sentences.NO_QUESTION if "text" in fields else sentences.ANYTHING_ELSE
    assert how(await (await open_chat()).send(**fields)) == [("say", line)]


@pytest.mark.parametrize("text", ["/frobnicate", "/", "/<b>x", "/" + "x" * 4000, "/list@other_bot"])
async def test_an_unknown_command_is_told_the_known_ones(text: str) -> None:
    """And named, escaped and cut."""
    (answer,) = await (await open_chat()).send(text=text)
    assert "/summary" in answer.text
    assert "<" not in answer.text
    assert len(answer.text) < 800


async def test_a_changed_message_is_not_followed() -> None:
    """An edited /list is not answered twice; the person is told to send it anew."""
    chat = await open_chat()
    fields = {"message_id": 9, "date": 1, "chat": {"id": 7, "type": "private"}, "from": PERSON}
    assert how(await chat.update(edited_message={**fields, "text": "/list"})) == [("say", sentences.EDITED)]


async def test_a_live_location_that_moves_is_left_alone() -> None:
    """Telegram sends it as a change every few seconds."""
    chat = await open_chat()
    fields = {"message_id": 9, "date": 1, "chat": {"id": 7, "type": "private"}, "from": PERSON}
    assert await chat.update(edited_message={**fields, "location": {"latitude": 1.0, "longitude": 2.0}}) == []
