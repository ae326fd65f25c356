"""/privacy and /deleteme: what is said is so, and who asks twice to be forgotten is."""

from __future__ import annotations

import pytest
from telegram import Bot

from bot import sentences
from bot.door_cards import privacy_text
from bot.doors import Rules
from bot.errands import Errands
from core.departures import Departure, Purpose
from core.settings import Settings
from tests.conversation import Conversation, written
from tests.person import Person, said

BAKERY = b"%PDF-1.4 a receipt"
SUPABASE = {
    "SUPABASE_URL": "https://abc.supabase.co",
    "SUPABASE_KEY": "sb_publishable_12345678",
    "SUPABASE_SECRET_KEY": "sb_secret_12345678",
    "DATABASE_URL": "postgresql://snapspend_app.abc@aws-0.pooler.supabase.com:5432/postgres",
}


async def test_who_asks_twice_is_forgotten(ada: Person, talk: Conversation) -> None:
    """Account, receipts and pictures are gone before the chat says so."""
    talk.reader.known[BAKERY] = written("Corner Bakery\nTOTAL   $ 10.45")
    await ada.send_file(BAKERY)
    await ada.until_said("10.45")
    known = await talk.stores.accounts.known(ada.chat)
    assert known is not None
    await ada.say("/deleteme")
    await ada.press(await ada.until_said(sentences.DELETE_ASK), sentences.DELETE_ALL)
    sure = await ada.until_said("Are you sure? 1 receipt and all pictures")
    await ada.press(sure, "Delete 1 receipt for good")
    await ada.until_said("All is gone")
    assert await talk.stores.people.person(known.id) is None
    assert await talk.stores.accounts.known(ada.chat) is None
    await ada.say("/list")
    await ada.until_said(sentences.NO_RECEIPTS)


async def test_an_open_account_is_not_said_to_be_gone(ada: Person, talk: Conversation) -> None:
    """A word of it ends quietly: nothing is tried again."""
    await ada.say("/list")
    await ada.until_said(sentences.NO_RECEIPTS)
    known = await talk.stores.accounts.known(ada.chat)
    assert known is not None
    await Errands(talk.stores, Bot("1:never-asked")).tell_removed(ada.chat, 1, str(known.id))


@pytest.mark.parametrize("times", [1, 2])
async def test_no_keeps_everything(ada: Person, talk: Conversation, times: int) -> None:
    """At either question."""
    await ada.say("/deleteme")
    asked = await ada.until_said(sentences.DELETE_ASK)
    if times == 2:
        await ada.press(asked, sentences.DELETE_ALL)
        asked = await ada.until_said("Are you sure?")
    await ada.press(asked, sentences.NO)
    await ada.until_said(sentences.LEFT_ALONE)
    assert await talk.stores.accounts.known(ada.chat) is not None


async def test_what_is_kept_is_said(ada: Person) -> None:
    """And how to delete it."""
    await ada.say("/privacy")
    assert "/deleteme" in said(await ada.until_said("What is kept"))


async def test_what_left_is_said(ada: Person, talk: Conversation) -> None:
    """To whom, how much, and what was masked, though no key is set any more."""
    await ada.say("/list")
    await ada.until_said(sentences.NO_RECEIPTS)
    known = await talk.stores.accounts.known(ada.chat)
    assert known is not None
    left = Departure("Gemini", "gemini.example.org", Purpose.EXTRACTING, 118_000, 900, {"card number": 1})
    await talk.stores.departures.note(known.id, None, left)
    await ada.say("/privacy")
    text = said(await ada.until_said("What left this machine"))
    assert "• Gemini (gemini.example.org): 1 time, 118 KB of pictures, 900 characters of text;" in text
    assert "masked: 1 card number." in text
    assert "no picture and no text" not in text


@pytest.mark.parametrize(
    ("settings", "told", "untold"),
    [
        ({"TELEGRAM_API_URL": "http://127.0.0.1:8081"}, "no picture and no text of them was sent", "Telegram carries"),
        ({}, "Telegram carries", "Supabase"),
        (SUPABASE, "Supabase project", "no picture and no text"),
        ({"DATABASE_URL": "postgresql://db.example.org/x"}, "on a database server", "example.org"),
        ({"DATABASE_URL": "postgresql:///x?host=/tmp"}, "on the machine that this bot runs on", "server of"),
        ({"GEMINI_API_KEY": "a-key-of-gemini-12345"}, "• Pictures of receipts and their text, to Gemini", "a-key"),
        ({"RAPIDAPI_KEY": "a-key-of-rapidapi-12345"}, "are masked, as far as they are recognised", "Gemini"),
    ],
)
def test_privacy_says_what_is_so(settings: dict[str, str], told: str, untold: str) -> None:
    """As this installation is configured, without giving away an address."""
    text = privacy_text(Rules.of(Settings.from_environment(settings)))
    assert told in text
    assert untold not in text
