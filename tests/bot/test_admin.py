"""/admin: figures and few buttons for admins; for everybody else it does not exist."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from bot import sentences
from bot.admin_cards import failures_card, overview_card, people_card
from bot.admin_presses import AdminPage, Decide, OnPerson, TryAgain, read_admin_press
from bot.handlers import COMMANDS
from core.accounts import Role, TelegramUser
from core.cloud_use import NONE_ASKED, CloudUse
from core.errors import NoText
from core.people import Failure, Overview, OwnAccount, Queue
from core.people import Person as Somebody
from tests.bot.fakes import how, open_chat
from tests.bot.test_access import admin
from tests.conversation import Conversation, written
from tests.person import Person, said

BAKERY = b"%PDF-1.4 a receipt"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
PRESSES = [
    AdminPage("overview"),
    AdminPage("people", 3),
    OnPerson("block", UUID(int=1)),
    OnPerson("promote", UUID(int=1), 9),
    TryAgain(UUID(int=2)),
    Decide(7, approved=True),
]


async def test_for_others_the_command_does_not_exist(ada: Person) -> None:
    """The answer is that to any unknown command, word for word but for the name."""
    await ada.say("/admin")
    one = said(await ada.until_said("/admin"))
    await ada.say("/nimda")
    other = said(await ada.until_said("/nimda"))
    assert one == other.replace("/nimda", "/admin")
    assert "admin" not in dict(COMMANDS)


@pytest.mark.parametrize("press", PRESSES)
async def test_an_admins_button_is_nothing_in_others_hands(press: AdminPage | OnPerson | TryAgain | Decide) -> None:
    """A forged one gets the toast of any old button."""
    assert read_admin_press(press.data()) == press
    assert len(press.data().encode()) <= 64
    assert how(await (await open_chat()).press(press.data())) == [("toast", sentences.OLD_BUTTON)]


async def test_an_admin_sees_how_it_goes(ada: Person, talk: Conversation) -> None:
    """In figures, with the ways to people and failures."""
    boss = await admin(talk)
    await ada.say("/start")
    await ada.until_said("SnapSpend reads receipts")
    await boss.say("/admin")
    overview = await boss.until_said("How SnapSpend is doing")
    assert "2 accounts: 2 guests" in said(overview)
    await boss.press(overview, sentences.PEOPLE)
    people = await boss.until_said("People")
    assert "Ada · 0 receipts · guest" in said(people)


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "1 account: 1 guest, 1 blocked|1 receipt read|1 photo in|1 failed job, 1 open request|ocr: 1 job,"),
        (2, "2 accounts: 2 guests, 2 blocked|2 receipts read|2 photos in|2 failed jobs, 2 open requests|ocr: 2 jobs,"),
    ],
)
def test_one_of_anything_is_told_in_the_singular(count: int, told: str) -> None:
    """In the figures of the whole service."""
    text, _ = overview_card(Overview(*[count] * 10, queues=(Queue("ocr", count, 3.0),)))
    assert [part for part in told.split("|") if part not in text] == []


def test_what_the_cloud_costs_is_told() -> None:
    """A line a service and model, or that none was asked."""
    seen = Overview(*[0] * 10, queues=())
    used = CloudUse("Gemini", "flash", 120, 120, 120, 300_000, 40_000, Decimal("0.19"), 0)
    text, _ = overview_card(seen, [used])
    assert f"{sentences.CLOUD_USE}\nGemini flash: 120 receipts" in text
    assert "$0.0016 a receipt" in text
    assert NONE_ASKED in overview_card(seen)[0]


async def test_an_admin_blocks_and_lets_in_again(ada: Person, talk: Conversation) -> None:
    """By the buttons under a person, found by name."""
    boss = await admin(talk)
    await ada.say("/start")
    await ada.until_said("SnapSpend reads receipts")
    await boss.say("/admin ada")
    found = await boss.until_said("People")
    await boss.press(found, "1")
    person = await boss.until_said("newest photo")
    await boss.press(person, sentences.BLOCK)
    blocked = await boss.until_said("blocked")
    known = await talk.stores.accounts.known(ada.chat)
    assert known is not None
    assert known.blocked
    await boss.press(blocked, sentences.UNBLOCK)
    await boss.until_shown(lambda message: "Make an admin" in str(message) and "Unblock" not in str(message))


@pytest.mark.parametrize("act", ["block", "demote"])
async def test_an_admin_does_it_to_nobody_who_is_them(ada: Person, talk: Conversation, act: str) -> None:
    """The toast says why, also where another admin would be left."""
    boss = await admin(talk)
    known = await talk.stores.accounts.known(boss.chat)
    other = await talk.stores.accounts.of(TelegramUser(99, "Other"))
    await talk.stores.people.promote(other.id)
    await boss.say("/admin boss")
    await boss.press(await boss.until_said("People"), "1")
    person = await boss.until_said("newest photo")
    label = {"block": sentences.BLOCK, "demote": sentences.DEMOTE}[act]
    assert (await boss.answer(await boss.press(person, label)))["text"] == OwnAccount().sentence
    assert await talk.stores.accounts.known(boss.chat) == known


async def test_a_failure_is_tried_again(ada: Person, talk: Conversation) -> None:
    """The chat's message becomes the receipt; the admin saw the reason and nothing else."""
    await ada.send_file(BAKERY)
    await ada.until_said(NoText().sentence)
    boss = await admin(talk)
    talk.reader.known[BAKERY] = written("Corner Bakery\nTOTAL   $ 10.45")
    await boss.say("/admin")
    await boss.press(await boss.until_said("How SnapSpend is doing"), sentences.FAILURES)
    failures = await boss.until_said("any text in this picture")
    await boss.press(failures, "Try 1 again")
    await ada.until_said("10.45")
    await boss.until_said(sentences.NO_FAILURES)


def test_names_are_escaped_and_cut() -> None:
    """A person's name is theirs to choose."""
    eve = Somebody(UUID(int=1), None, ("<b>Eve" + "x" * 90,), Role.USER, False, NOW, 0, 0, 0, 0, None)
    text, _ = people_card([eve], 0)
    assert "&lt;b&gt;Eve" in text
    assert len(text) < 200


def test_a_page_of_people_has_a_way_on() -> None:
    """When there are more than fit."""
    people = [
        Somebody(UUID(int=number), f"a{number}@example.org", (), Role.USER, False, NOW, 0, 0, 0, 0, None)
        for number in range(9)
    ]
    _, keyboard = people_card(people, 1)
    labels = [button.text for row in keyboard.inline_keyboard for button in row]
    assert labels == [str(number) for number in range(9, 17)] + ["‹", sentences.OVERVIEW, "›"]
    assert failures_card([], 0)[0] == sentences.NO_FAILURES


@pytest.mark.parametrize(("found", "turns"), [(8, [sentences.OVERVIEW]), (9, [sentences.OVERVIEW, "›"])])
def test_a_page_of_failures_has_a_way_on_where_there_are_more(found: int, turns: list[str]) -> None:
    """Not to an empty page; jobs count like receipts."""
    text, keyboard = failures_card([Failure(NOW, f"reason {number}", job=number) for number in range(found)], 0)
    assert [button.text for row in keyboard.inline_keyboard for button in row] == turns
    assert ("reason 7" in text, "reason 8" in text) == (True, False)
