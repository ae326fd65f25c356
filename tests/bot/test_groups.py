"""Groups: the bot speaks when it is spoken to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from bot import keyboards, sentences
from bot.presses import ListPage
from tests.bot.fakes import BOT, filed, how, open_chat

GROUP = {"id": -100, "type": "supergroup", "title": "Family"}


def _photo(*widths: int) -> list[dict[str, Any]]:
    return [{"file_id": f"p{w}", "file_unique_id": f"u{w}", "width": w, "height": w} for w in widths]


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "good morning"},
        {"photo": _photo(90)},
        {"text": "/unknown"},
        {"text": "/list@other_bot"},
        {"new_chat_title": "Home"},
    ],
)
async def test_a_group_is_left_in_peace(fields: dict[str, Any]) -> None:
    """What does not speak to the bot is not answered."""
    assert await (await open_chat()).send(chat=GROUP, **fields) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"caption": "@SnapSpend_bot please"},
        {"reply_to_message": {"message_id": 1, "date": 1, "chat": GROUP, "from": BOT, "text": "…"}},
    ],
)
async def test_a_photo_in_a_group_that_speaks_to_the_bot_is_received(fields: dict[str, Any]) -> None:
    """By naming it or by replying to it."""
    said = await (await open_chat()).send(chat=GROUP, photo=_photo(90), **fields)
    assert how(said) == [("receive", "p90")]


async def test_who_hides_behind_a_group_has_no_ledger() -> None:
    """All anonymous administrators share one user id: nothing may be shown to it."""
    said = await (await open_chat(filed())).send(chat=GROUP, text="/list", sender_chat=GROUP)
    assert how(said) == [("say", sentences.ANONYMOUS)]


@pytest.mark.parametrize("command", ["/list@other_bot", "/roll"])
async def test_an_anonymous_command_to_another_bot_is_left_alone(command: str) -> None:
    """It is not ours to answer."""
    assert await (await open_chat()).send(chat=GROUP, text=command, sender_chat=GROUP) == []


async def test_somebody_elses_list_does_not_turn_to_ones_own_receipts() -> None:
    """In a group everyone can press every button; the list stays whose it is."""
    chat = await open_chat(filed(1), filed(2, account=UUID(int=2)))
    keyboard = keyboards.of_list([UUID(int=2)], 0, 11).to_dict()
    message = {"message_id": 9, "date": 1, "chat": GROUP, "from": BOT, "text": "…", "reply_markup": keyboard}
    said = await chat.press(ListPage(1).data(), message=message)
    assert how(said) == [("toast", sentences.NOT_YOUR_LIST)]
