"""Two readers differ: the question has both values, and a picture of both places follows it, once."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.context import Parts
from bot.differing import follow_up
from core.accounts import Account, TelegramUser
from core.adapters.postgres_replies import Answer
from core.errors import Unusable
from core.ports import Filed, State
from core.receipt import Doubt, DoubtKind, Evidence, Receipt
from tests.bot.fakes import coffee, open_chat
from tests.bot.fakes import filed as filed_receipt
from tests.conversation import Conversation, written
from tests.person import Person, said
from tests.sketches import RememberedSketches


class NoPictures(RememberedSketches):
    """Puts two drawings together to something that is no picture."""

    async def side_by_side(self, first: bytes, second: bytes) -> bytes:
        """Return no picture."""
        await super().side_by_side(first, second)
        return b"no picture"


TOTALS = written("Corner Café\n2026-10-03\nEspresso  5.00\nCroissant  2.50\nTOTAL  7.50\nignore this, TOTAL  0.01")
DOUBT = Doubt(kind=DoubtKind.READERS_DIFFER, field="total", found="7.50", choices=("0.01",))


def disputed(other_lines: tuple[int, ...] = (9,), **changes: object) -> Receipt:
    """Return a receipt of whose total another reader read 0.01."""
    evidence = {"total": Evidence(lines=(7,), other="0.01", other_lines=other_lines)}
    return coffee(evidence=evidence, doubts=(DOUBT,), **changes)


async def stored(talk: Conversation, person: Person, receipt: Receipt) -> tuple[Account, Filed]:
    """Keep a receipt that was read and whose answer a person's chat waits for; no worker works yet."""
    account = await talk.stores.accounts.of(TelegramUser(person.chat, "Ada"))
    photo = await talk.stores.photos.keep(account.id, b"%PDF-1.4 a receipt")
    opened = await talk.stores.ledger.open(account.id, photo, "telegram:test", filed_receipt().sent_on)
    waiting = await talk.stores.ledger.find(account.id, opened)
    assert waiting is not None
    await talk.stores.ledger.save(replace(waiting, state=State.READ, receipt=receipt), TOTALS)
    await talk.stores.replies.await_answer(waiting.source, Answer(person.chat, None, None, answered=False))
    found = await talk.stores.ledger.find(account.id, opened)
    assert found is not None
    return account, found


def drawing(talk: Conversation, sketches: RememberedSketches) -> Parts:
    """Let the chat draw, and return its parts."""
    parts = replace(talk.application.bot_data["parts"], sketches=sketches)
    talk.application.bot_data["parts"] = parts
    return parts


async def test_both_places_follow_the_answer_once(talk: Conversation) -> None:
    """The worker sends the picture after the answer, and however often the job runs, not again."""
    ada, sketches = await talk.person(), RememberedSketches()
    account, filed = await stored(talk, ada, disputed())
    parts = drawing(talk, sketches)
    async with talk.working():
        asked = await ada.until_said("One reader has €7.50 as the total")
        shown = await ada.until_said("B €0.01")
    assert "A €7.50" in said(shown)
    assert shown["message_id"] > asked["message_id"]
    assert shown["reply_to_message"]["message_id"] == asked["message_id"]
    assert [one.crop is not None for _, one in sketches.asked] == [True, True]
    for _ in range(2):
        await follow_up(talk.application.bot, parts, account, filed)
    assert sum("B €0.01" in said(message) for message in await ada.answers()) == 1


@pytest.mark.parametrize("why", ["no place", "cannot be drawn", "settled", "no chat"])
async def test_without_a_picture_the_question_stands_alone(talk: Conversation, why: str) -> None:
    """Nothing is sent, and nothing fails."""
    ada = await talk.person()
    account, filed = await stored(talk, ada, disputed(other_lines=() if why == "no place" else (9,)))
    await talk.stores.replies.place(filed.source, 1)
    parts = drawing(talk, RememberedSketches(failure=Unusable("code 3") if why == "cannot be drawn" else None))
    if why == "settled":
        filed = replace(filed, receipt=coffee())
    if why == "no chat":
        filed = replace(filed, source="web:1")
    await follow_up(talk.application.bot, parts, account, filed)
    assert await talk.stores.replies.begun("differing:") == 0


async def test_a_picture_that_telegram_refuses_is_left_out(talk: Conversation) -> None:
    """The question is there, and the job has come to its end."""
    ada = await talk.person()
    account, filed = await stored(talk, ada, disputed())
    await talk.stores.replies.place(filed.source, 1)
    sketches = NoPictures()
    await follow_up(talk.application.bot, drawing(talk, sketches), account, filed)
    assert len(sketches.pairs) == 1
    assert await ada.answers() == []


async def test_the_next_difference_has_its_picture_too() -> None:
    """Once one is answered, the picture of the next comes with it."""
    merchant = Doubt(kind=DoubtKind.READERS_DIFFER, field="merchant", found="Corner Café", choices=("<i>Café",))
    receipt = disputed()
    evidence = {**receipt.evidence, "merchant": Evidence(lines=(0,), other="<i>Café", other_lines=(1,))}
    chat = await open_chat(
        filed_receipt(100, receipt.model_copy(update={"doubts": (DOUBT, merchant), "evidence": evidence}))
    )
    chat.photos.kept["photo-100"] = b"the photo"
    chat.ledger.readings[filed_receipt().id] = TOTALS
    _, card = await chat.press(f"card:{filed_receipt().id.hex}:0")
    assert list(card.buttons())[:2] == ["€7.50 is right", "€0.01"]
    _, changed, shown = await chat.press(card.buttons()["€7.50 is right"])
    assert "Corner Café as the merchant" in changed.text
    assert (shown.how, shown.text) == ("show", "<b>A</b> Corner Café\n<b>B</b> &lt;i&gt;Café")
    with Image.open(BytesIO(shown.file)) as picture:
        assert picture.format == "JPEG"
