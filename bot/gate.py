"""Who may come in: asked before any other handler runs, so that somebody unknown costs no download and no reading."""

from __future__ import annotations

from functools import partial

from telegram import Update

from bot import sentences
from bot.context import ChatContext, Making, Shown
from bot.door_cards import link_card
from bot.door_presses import TOKEN, AcceptOffer, Dismiss, read_door_press
from bot.handlers.places import ADDRESSED, COMMAND_TO_US
from core.accounts import Account
from core.linking import SpentLink

FREE = {"link": ("link", "privacy"), "invite": ("privacy",), "open": ()}
"""The commands by which somebody comes in, or learns what this is, without an account."""
LEADS = ("start", "help")
"""The commands that lead to a link where one is needed: whatever else is sent makes no new secret."""


async def may_pass(update: Update, context: ChatContext) -> bool:
    """Tell whether the handlers may run, with the account that the update counts for, if it needs one.

    Open to anyone, the first message opens a guest account. Who may not come in is told why.
    """
    if _is_nobody(update):
        return True
    doors = context.parts.doors
    account = await context.parts.accounts.known(context.person.id)
    if account is not None and account.blocked:
        await _refuse(update, context, sentences.BLOCKED)
        return False
    if account is None or not _is_let_in(account, doors.rules.access):
        if await _is_free(update, context):
            return True
        account = await _newcomer(update, context)
    if account is None:
        return False
    context.enter(account)
    return True


def _is_nobody(update: Update) -> bool:
    """Tell whether a group or channel speaks, whose handler tells it that it has no ledger."""
    message = update.effective_message
    return update.callback_query is None and message is not None and message.sender_chat is not None


def _is_let_in(account: Account, access: str) -> bool:
    return access != "link" or not account.is_guest or account.is_admin


async def _is_free(update: Update, context: ChatContext) -> bool:
    """Tell whether this is a step by which somebody comes in."""
    if update.callback_query is not None:
        return isinstance(read_door_press(update.callback_query.data), AcceptOffer | Dismiss)
    name, words = _command(update)
    if name in FREE[context.parts.doors.rules.access]:
        return True
    return name == "start" and bool(words) and await _is_offered(context, words[0])


def _command(update: Update) -> tuple[str, list[str]]:
    """Return the name of the command that was sent, or "", and the words after it."""
    first, *words = ((update.effective_message.text if update.effective_message else None) or "").split() or [""]
    return (first[1:].partition("@")[0].casefold() if first.startswith("/") else ""), words


async def _is_offered(context: ChatContext, payload: str) -> bool:
    """Tell whether an account offered this start token: its owner lets in whom they give it to."""
    if not TOKEN.fullmatch(payload):
        return False
    try:
        await context.parts.doors.links.offered(payload)
    except SpentLink:
        return False
    return True


async def _newcomer(update: Update, context: ChatContext) -> Account | None:
    """Return the account that somebody new comes in with, or None and tell them what to do."""
    rules = context.parts.doors.rules
    if rules.access == "open" or context.person.id in rules.admin_ids:
        return await context.parts.accounts.of(context.person)
    if not _speaks_to_us(update):
        return None
    if rules.access == "link":
        make = partial(link_first, context) if _command(update)[0] in LEADS else None
        await _refuse(update, context, f"{sentences.LINK_FIRST} {sentences.SEND_LINK}", make)
        return None
    return await _invited(update, context)


async def _invited(update: Update, context: ChatContext) -> Account | None:
    """Return a new account when an admin approved; else note the request, and say once that it was."""
    person = context.person
    before = await context.parts.doors.requests.ask(person.id, person.name, person.language)
    if before is not None and before.approved:
        return await context.parts.accounts.of(person)
    if before is None or before.approved is None:
        await _refuse(update, context, sentences.STILL_ASKED if before else sentences.ADMIN_ASKED)
    elif update.callback_query is not None:
        await context.toast()
    return None


def _speaks_to_us(update: Update) -> bool:
    """Tell whether an answer is expected: in groups, commands of other bots pass by here too."""
    if update.callback_query is not None:
        return True
    return update.message is not None and bool((ADDRESSED | COMMAND_TO_US).check_update(update))


async def _refuse(update: Update, context: ChatContext, sentence: str, make: Making | None = None) -> None:
    """Say a sentence: as a toast where a button was pressed, once for an album, not at all to whom nobody asked."""
    if update.callback_query is not None:
        await context.toast(sentence)
    elif _speaks_to_us(update):

        async def plain() -> Shown:
            return sentence, None

        await context.refuse(make if make is not None and context.in_private else plain)


async def link_first(context: ChatContext) -> Shown:
    """Return the message that asks to link first, with a new one-time button."""
    if told := await context.parts.doors.too_often(context.person.id):
        return told, None
    invitation = await context.parts.doors.links.invite(context.person)
    return link_card(sentences.LINK_FIRST, invitation, context.parts.doors.rules)
