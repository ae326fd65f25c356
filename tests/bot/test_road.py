"""The road of a photo, as the person in the chat sees it: real client library, queue, database and local chat."""

from __future__ import annotations

import asyncio

import pytest

from core.errors import NoText, Unavailable
from tests.conversation import Conversation, written
from tests.person import Person, said
from webhook.local_chat.faults import Fault

BAKERY = b"%PDF-1.4 a receipt of a bakery"
BAKERY_TEXT = """
    Corner Bakery
    12 Mill Lane, Springfield
    19/11/2026 08:41
    Rye bread              4.20
    Croissant              2.30
    Coffee                 3.00
    SUBTOTAL               9.50
    TAX 10%                0.95
    TOTAL               $ 10.45
    CASH                  20.00
    CHANGE                 9.55
"""
GROCER = b"%PDF-1.4 a receipt of a grocer"
GROCER_TEXT = BAKERY_TEXT.replace("Corner Bakery", "Green Grocer").replace("19/11", "18/11").replace("Coffee", "Onions")


@pytest.fixture(autouse=True)
def photos(talk: Conversation) -> None:
    """Let the reader know the photos of these tests."""
    talk.reader.known |= {BAKERY: written(BAKERY_TEXT), GROCER: written(GROCER_TEXT)}


async def test_reading_becomes_the_answer(ada: Person) -> None:
    """One message a photo: it says that it is read, then what was read."""
    await ada.send_file(BAKERY)
    answer = await ada.until_said("10.45")
    assert "Corner Bakery" in said(answer)
    assert "✓" in said(answer)
    assert len(await ada.answers()) == 1


async def test_a_receipt_is_listed_and_counted(ada: Person) -> None:
    """What was answered is in /list and /summary."""
    await ada.send_file(BAKERY)
    await ada.until_said("10.45")
    await ada.say("/list")
    assert "Corner Bakery" in said(await ada.until_said("Your receipts"))
    await ada.say("/summary")
    summary = await ada.until_shown(lambda message: "photo" in message)
    assert "$10.45" in said(summary)


async def test_an_empty_month_shows_the_newest_receipts(ada: Person, talk: Conversation) -> None:
    """Someone who tries an old receipt sees it counted."""
    talk.reader.known[BAKERY] = written(BAKERY_TEXT.replace("2026", "2018"))
    await ada.send_file(BAKERY)
    await ada.until_said("10.45")
    await ada.say("/summary")
    await ada.until_said("your newest receipts are of November 2018")
    assert "$10.45" in said(await ada.until_shown(lambda message: "photo" in message))


async def test_the_list_answers_while_a_photo_is_read(ada: Person, talk: Conversation) -> None:
    """Readings run beside the chat."""
    talk.reader.gate.clear()
    await ada.send_file(BAKERY)
    await ada.until_said("Reading…")
    await ada.say("/list")
    await ada.until_said("1 photo is being read")
    talk.reader.gate.set()
    await ada.until_said("10.45")


async def test_an_album_gives_an_answer_a_photo(ada: Person) -> None:
    """Two receipts at once become two."""
    await ada.send_file(BAKERY, GROCER)
    await ada.until_said("Corner Bakery")
    await ada.until_said("Green Grocer")
    assert len(await ada.answers()) == 2


async def test_updates_of_a_chat_are_answered_in_order(ada: Person) -> None:
    """Ten questions, ten answers, in their order."""
    for number in range(10):
        await ada.say(f"/nothing{number}")
    await ada.until_said("/nothing9")
    order = [
        number
        for message in await ada.answers()
        for number in range(10)
        if f"/nothing{number} " in said(message) or f"/nothing{number}." in said(message)
    ]
    assert order == list(range(10))


async def test_a_photo_sent_again_is_asked_about(ada: Person) -> None:
    """The same photo is a doubt with a button, not a refusal."""
    await ada.send_file(BAKERY)
    await ada.until_said("10.45")
    await ada.send_file(BAKERY)
    again = await ada.until_shown(
        lambda message: "reply_markup" in message and "Keep both" in str(message["reply_markup"])
    )
    await ada.press(again, "Delete this one")
    await ada.until_said("Deleted")
    await ada.say("/list")
    assert "1–1 of 1" in said(await ada.until_said("Your receipts"))


async def test_what_cannot_be_read_gets_its_sentence(ada: Person, talk: Conversation) -> None:
    """A photo without text is no receipt of 0.00."""
    talk.reader.known[b"%PDF-1.4 a cat"] = NoText()
    await ada.send_file(b"%PDF-1.4 a cat")
    await ada.until_said("I can't see any text in this picture")
    await ada.say("/list")
    await ada.until_said("no receipts yet")


async def test_a_reader_that_is_away_is_asked_again(ada: Person, talk: Conversation) -> None:
    """Unavailable means later, not never."""
    talk.reader.failures.append(Unavailable("the reader is down"))
    await ada.send_file(BAKERY)
    await ada.until_said("10.45")
    assert talk.reader.read_photos == 2


async def test_a_bug_in_the_reader_is_told_and_the_photo_kept(ada: Person, talk: Conversation) -> None:
    """An apology in the place of the answer."""
    talk.reader.failures.append(RuntimeError("a bug"))
    await ada.send_file(BAKERY)
    await ada.until_said("Something went wrong on my side")
    assert len(await ada.answers()) == 1


async def test_telegram_asking_to_wait_delays_the_answer(ada: Person, talk: Conversation) -> None:
    """429 is obeyed, and one message comes of it."""
    talk.faults.add(Fault("sendMessage", code=429, retry_after=1))
    await ada.say("/help")
    await ada.until_said("What you can send")
    assert len(await ada.answers()) == 1


async def test_a_failed_edit_is_repeated(ada: Person, talk: Conversation) -> None:
    """The answer comes although Telegram was away, and once."""
    talk.faults.add(Fault("editMessageText", code=500, done_first=True))
    await ada.send_file(BAKERY)
    await ada.until_said("10.45")
    await settled(talk)
    assert len(await ada.answers()) == 1


async def test_a_retry_does_not_hold_up_its_chat(ada: Person, talk: Conversation) -> None:
    """While one photo waits for its retry, the next question is answered."""
    talk.faults.add(Fault("getFile", code=500, times=2))
    await ada.send_file(BAKERY)
    await ada.say("/help")
    await ada.until_said("10.45")
    assert "What you can send" in said((await ada.answers())[0])


async def test_a_reading_message_that_a_crash_made_us_lose_is_found(talk: Conversation) -> None:
    """It was sent, and the worker died before it could note the number: it becomes the answer all the same."""
    ada = await talk.person()
    photo = (await ada.send_file(BAKERY))[0]
    lost = await talk.application.bot.send_message(ada.chat, "Reading…")
    await talk.stores.replies.claim(f"reading:telegram:{talk.application.bot.id}:{ada.chat}:{photo['message_id']}", 1)
    async with talk.working():
        answer = await ada.until_said("10.45")
    assert (answer["message_id"], len(await ada.answers())) == (lost.message_id, 1)


async def test_a_reading_message_that_is_gone_is_replaced(ada: Person, talk: Conversation) -> None:
    """Someone deleted "Reading…": the answer comes all the same."""
    talk.reader.gate.clear()
    await ada.send_file(BAKERY)
    reading = await ada.until_said("Reading…")
    await talk.application.bot.delete_message(ada.chat, reading["message_id"])
    talk.reader.gate.set()
    await ada.until_said("10.45")


async def test_two_people_do_not_see_each_other(ada: Person, talk: Conversation) -> None:
    """Another chat, another ledger."""
    await ada.send_file(BAKERY)
    await ada.until_said("10.45")
    eve = await talk.person("Eve")
    await eve.say("/list")
    await eve.until_said("no receipts yet")


async def test_money_is_written_for_the_reader(talk: Conversation) -> None:
    """A German sees a German amount."""
    async with talk.working():
        otto = await talk.person("Otto", "de")
        await otto.send_file(BAKERY)
        await otto.until_said("10,45\xa0$")


async def test_deleting_is_undone(ada: Person) -> None:
    """Delete, undo, and the receipt is there again."""
    await ada.send_file(BAKERY)
    answer = await ada.until_said("10.45")
    await ada.press(answer, "Delete")
    deleted = await ada.until_said("Deleted")
    await ada.press(deleted, "Undo")
    await ada.until_said("✓")


async def test_a_reply_corrects_the_receipt(ada: Person) -> None:
    """`merchant …` in reply to the answer."""
    await ada.send_file(BAKERY)
    answer = await ada.until_said("10.45")
    await ada.say("merchant Bäckerei <b>Löwe</b>", reply_to=answer)
    await ada.until_said("Bäckerei <b>Löwe</b>")


async def test_a_wrong_correction_is_told(ada: Person) -> None:
    """What is no amount is not taken."""
    await ada.send_file(BAKERY)
    answer = await ada.until_said("10.45")
    await ada.say("total many <i>", reply_to=answer)
    await ada.until_said("I can't take")


async def settled(talk: Conversation) -> None:
    """Wait until no reading is under way."""
    async with asyncio.timeout(20):
        while list(await talk.stores.jobs.job_manager.list_jobs_async(queue="readings")):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
