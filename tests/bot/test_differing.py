"""Two readers differ: the question has both values, and a picture of both places follows it, once."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot import sentences
from bot.differing import follow_up
from core.accounts import Account
from core.adapters.postgres_replies import Answer
from core.errors import Unusable
from core.ports import Filed
from core.receipt import Doubt, DoubtKind, Evidence, Receipt
from tests.bot.fakes import coffee, open_chat
from tests.bot.fakes import filed as filed_receipt
from tests.conversation import Conversation, written
from tests.person import Person, said
from tests.sketches import RememberedSketches

TOTALS = written("Corner Café\n2026-10-03\nEspresso  5.00\nCroissant  2.50\nTOTAL  7.50\nignore this, TOTAL  0.01")
DOUBT = Doubt(kind=DoubtKind.READERS_DIFFER, field="total", found="7.50", choices=("0.01",))


def disputed(other_lines: tuple[int, ...] = (9,), **changes: object) -> Receipt:
    """Return a receipt of whose total another reader read 0.01."""
    evidence = {"total": Evidence(lines=(7,), other="0.01", other_lines=other_lines)}
    return coffee(evidence=evidence, doubts=(DOUBT,), **changes)


async def stored(talk: Conversation, person: Person, receipt: Receipt) -> tuple[Account, Filed]:
    """Keep a receipt whose answer stands in a person's chat, and whose reading is known."""
    await person.say("/list")
    await person.until_said(sentences.NO_RECEIPTS)
    account = await talk.stores.accounts.known(person.chat)
    assert account is not None
    photo = await talk.stores.photos.keep(account.id, b"%PDF-1.4 a receipt")
    opened = await talk.stores.ledger.open(account.id, photo, "telegram:test", filed_receipt().sent_on)
    waiting = await talk.stores.ledger.find(account.id, opened)
    assert waiting is not None
    await talk.stores.ledger.save(replace(waiting, state=filed_receipt().state, receipt=receipt), TOTALS)
    await talk.stores.replies.await_answer(waiting.source, Answer(person.chat, 1, 1, answered=True))
    found = await talk.stores.ledger.find(account.id, opened)
    assert found is not None
    return account, found


async def test_both_places_follow_the_question_once(ada: Person, talk: Conversation) -> None:
    """However often the job runs."""
    account, filed = await stored(talk, ada, disputed())
    sketches = RememberedSketches()
    parts = replace(talk.application.bot_data["parts"], sketches=sketches)
    for _ in range(3):
        await follow_up(talk.application.bot, parts, account, filed)
    shown = await ada.until_said("B €0.01")
    assert "A €7.50" in said(shown)
    assert [drawing.crop is not None for _, drawing in sketches.asked][:2] == [True, True]
    assert sketches.pairs[0][0] != b""
    assert sum("B €0.01" in said(message) for message in await ada.answers()) == 1


@pytest.mark.parametrize("why", ["no place", "cannot be drawn", "settled", "no chat"])
async def test_without_a_picture_the_question_stands_alone(ada: Person, talk: Conversation, why: str) -> None:
    """Nothing is sent, and nothing fails."""
    account, filed = await stored(talk, ada, disputed(other_lines=() if why == "no place" else (9,)))
    sketches = RememberedSketches(failure=Unusable("code 3") if why == "cannot be drawn" else None)
    if why == "settled":
        filed = replace(filed, receipt=coffee())
    if why == "no chat":
        filed = replace(filed, source="web:1")
    await follow_up(
        talk.application.bot, replace(talk.application.bot_data["parts"], sketches=sketches), account, filed
    )
    assert await talk.stores.replies.begun("differing:") == 0


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
