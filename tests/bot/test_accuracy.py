"""/accuracy in the chat: how often each field of one's own receipts had to be corrected."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot import sentences
from bot.accuracy_cards import accuracy_text
from bot.handlers import COMMANDS
from core.how_read import NAMES, Field, HowRead
from tests.bot.fakes import ACCOUNT, open_chat
from tests.bot.test_groups import GROUP
from tests.conversation import Conversation, written
from tests.person import Person, said

BAKERY = b"%PDF-1.4 a receipt of a bakery"
PRINTED = "Corner Bakery\n2026-10-03\nBread   4.00\nCake   6.45\nTOTAL   $ 10.45"


async def _ask(person: Person) -> str:
    """Ask, and return the answer."""
    await person.say("/accuracy")
    return str((await person.reply())["text"])


async def test_before_the_first_receipt_it_says_what_to_do(ada: Person) -> None:
    """And shows how with a sample."""
    await ada.say("/accuracy")
    answer = await ada.reply()
    assert answer["text"] == sentences.NOTHING_READ
    assert sentences.TRY_SAMPLE in str(answer["reply_markup"])


async def test_a_photo_that_waits_is_named(talk: Conversation) -> None:
    """It will count as soon as it is read."""
    ada = await talk.person()
    talk.reader.known[BAKERY] = written(PRINTED)
    talk.reader.gate.clear()
    async with talk.working():
        await ada.send_file(BAKERY)
        await ada.reply(sentences.READING)
        assert (await _ask(ada)).startswith(sentences.BEING_READ_ONE)
        talk.reader.gate.set()
        await ada.until_said("Corner Bakery")


async def test_a_correction_in_the_chat_counts_for_its_field(ada: Person, talk: Conversation) -> None:
    """Once, however often; what nobody corrected is told as right."""
    talk.reader.known[BAKERY] = written(PRINTED)
    await ada.send_file(BAKERY)
    shown = await ada.until_said("10.45")
    before = await _ask(ada)
    assert "1 stayed untouched" in before
    assert re.search("total +0 +0% +0\n", before)
    for total in ("11.45", "12.45"):
        await ada.say(f"total {total}", shown)
        await ada.reply(total)
    after = await _ask(ada)
    assert "I read 1 receipt of yours: you corrected something in 1," in after
    assert re.search("total +1 +100% +0\ndate +0 +0% +0\nmerchant +0 +0% +0$", after, re.MULTILINE)


async def test_nobody_is_told_of_anothers_corrections(ada: Person, talk: Conversation) -> None:
    """Somebody else in another chat has nothing yet."""
    talk.reader.known[BAKERY] = written(PRINTED)
    await ada.send_file(BAKERY)
    await ada.until_said("Corner Bakery")
    assert await _ask(await talk.person("Eve")) == sentences.NOTHING_READ


async def test_words_behind_it_are_not_passed_over(ada: Person) -> None:
    """It says that there is nothing to choose."""
    await ada.say("/accuracy nonsense")
    assert (await ada.reply())["text"] == sentences.ACCURACY_WORKS


def test_it_stands_in_the_menu_and_in_the_help() -> None:
    """Where people look for what there is."""
    assert "accuracy" in dict(COMMANDS)
    assert "/accuracy" in sentences.HELP


async def test_in_a_group_only_a_command_to_the_bot_is_answered() -> None:
    """Another bot may have one of that name; where nothing is counted it is not known."""
    chat = await open_chat(account=ACCOUNT)
    assert await chat.send(chat=GROUP, text="/accuracy@other_bot") == []
    (answer,) = await chat.send(text="/accuracy")
    assert "I don't know /accuracy" in answer.text


def test_the_longest_answer_fits_one_message() -> None:
    """Every field, in an account of a million receipts, in lines that a phone does not break."""
    fields = tuple(Field(name, 999_999, 888_888, 777_777, 666_666) for name in NAMES)
    found = HowRead(1_000_000, date(2026, 11, 3), 777_777, 111_111, 99_999, fields)
    text = accuracy_text(found, replace(found, receipts=999_999), "de")
    assert len(text) < 4096
    assert max(len(line) for line in text.split("<pre>")[1].split("</pre>")[0].splitlines()) <= 30


async def test_the_answer_is_well_read_by_telegram(ada: Person, talk: Conversation) -> None:
    """What is less than one in a hundred is written with a sign that HTML knows."""
    found = HowRead(1000, date(2026, 11, 3), 1, fields=(Field("total", corrected=1, unasked=1),))
    text = accuracy_text(found, HowRead(), "en")
    assert "&lt;1%" in text
    message = await talk.application.bot.send_message(ada.chat, text, parse_mode="HTML")
    assert "<1%" in said(message.to_dict())
