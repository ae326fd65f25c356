"""/admin: for admins alone; whoever else sends it is answered as to any command that does not exist."""

from __future__ import annotations

from datetime import UTC, datetime

from telegram import Update

from bot import admin_cards, sentences
from bot.admin_cards import PAGE_SIZE, Card
from bot.admin_presses import AdminPage, AdminPress, Decide, OnPerson, TryAgain
from bot.context import ChatContext
from bot.handlers.anything_else import on_unknown_command
from core.cloud_use import month_begun
from core.errors import NotAllowed
from core.people import ACTS, People, do_to_person


async def on_admin(update: Update, context: ChatContext) -> None:
    """Show how the service is doing, or with a word the people whose address or name contains it."""
    if not context.account.is_admin or not context.in_private:
        await on_unknown_command(update, context)
        return
    people, search = context.parts.doors.people, " ".join(context.args or [])
    if search:
        await context.say(*admin_cards.people_card(await people.people(search, PAGE_SIZE), 0, is_search=True))
        return
    await context.say(*await _overview(people))


async def on_admin_press(context: ChatContext, press: AdminPress) -> None:
    """Do what an admin's button stands for; what may not be done says why in the toast."""
    try:
        match press:
            case AdminPage():
                await context.toast()
                await context.change(*await _page(context, press))
            case OnPerson():
                await _on_person(context, press)
            case TryAgain(receipt, page):
                await context.parts.doors.people.try_again(receipt)
                await context.toast(sentences.WAITS_AGAIN)
                await context.change(*await _page(context, AdminPage("failures", page)))
            case Decide():
                await _decide(context, press)
    except NotAllowed as refused:
        await context.toast(refused.sentence)


async def _page(context: ChatContext, wanted: AdminPage) -> Card:
    people, offset = context.parts.doors.people, wanted.page * PAGE_SIZE
    if wanted.what == "people":
        return admin_cards.people_card(await people.people("", PAGE_SIZE + 1, offset), wanted.page)
    if wanted.what == "failures":
        return admin_cards.failures_card(await people.failures(PAGE_SIZE + 1, offset), wanted.page)
    if wanted.what == "requests":
        return admin_cards.requests_card(await context.parts.doors.requests.open(PAGE_SIZE))
    return await _overview(people)


async def _overview(people: People) -> Card:
    month = month_begun(datetime.now(UTC))
    return admin_cards.overview_card(await people.overview(), await people.cloud_use(month))


async def _on_person(context: ChatContext, press: OnPerson) -> None:
    """Show an account, after doing what the button says about it. Raises NotAllowed."""
    people = context.parts.doors.people
    if press.verb in ACTS:
        await do_to_person(people, press.verb, press.account, context.account.id)
    await context.toast(sentences.DONE if press.verb in ACTS else "")
    person = await people.person(press.account)
    if person is None:
        await context.change(sentences.NO_PEOPLE)
        return
    await context.change(*admin_cards.person_card(person, press.page))


async def _decide(context: ChatContext, press: Decide) -> None:
    """Let somebody in or not; where another admin did that before, the message says what they decided."""
    requests = context.parts.doors.requests
    decided = await requests.decide(press.telegram_id, press.approved)
    await context.toast("" if decided else sentences.ALREADY_DECIDED)
    known = decided or await requests.find(press.telegram_id)
    if known is not None:
        await context.change(admin_cards.decided_text(known))
