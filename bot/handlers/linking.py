"""/link, /login and /unlink, and /start with a token: how a chat and an account find each other and part."""

from __future__ import annotations

from telegram import Update

from bot import sentences
from bot.context import ChatContext, Shown
from bot.door_cards import address_of, link_card, login_card, offer_card, unlink_card
from bot.sentences import fill
from core.linking import OthersLink, SpentLink


async def on_link(update: Update, context: ChatContext) -> None:
    """Answer with a one-time button to the pages and a code; only where nobody else reads it."""
    if not context.in_private:
        await context.say(sentences.PRIVATE_ONLY)
        return
    doors = context.parts.doors
    known = await context.parts.accounts.known(context.person.id)
    opening = sentences.LINK_ASK
    if known is not None and known.email is not None:
        linked = fill(sentences.LINKED_TO, address=address_of(known))
        opening = f"{linked} {sentences.LINK_MOVES}\n\n{opening.split(', and the')[0]}."

    async def make() -> Shown:
        if told := await doors.too_often(context.person.id):
            return told, None
        return link_card(opening, await doors.links.invite(context.person), doors.rules)

    await context.say_made(make)


async def on_login(update: Update, context: ChatContext) -> None:
    """Answer with a one-time button that signs a browser in; only where nobody else reads it."""
    if not context.in_private:
        await context.say(sentences.PRIVATE_ONLY)
        return
    doors = context.parts.doors

    async def make() -> Shown:
        if told := await doors.too_often(context.person.id):
            return told, None
        token = await doors.links.sign_in_token(context.account.id, context.person.id)
        return login_card(token, doors.rules)

    await context.say_made(make)


async def on_offer(context: ChatContext, token: str) -> None:
    """Ask whether to link this chat to the account that offered a start token. Raises SpentLink."""
    if not context.in_private:
        await context.say(sentences.PRIVATE_ONLY)
        return
    account = await context.parts.doors.links.offered(token)
    before = await context.parts.accounts.known(context.person.id)
    if before is not None and before.id == account.id:
        await context.say(fill(sentences.ALREADY_LINKED, address=address_of(account)))
        return
    is_admin = context.person.id in context.parts.doors.rules.admin_ids
    await context.say(*offer_card(account, token, before, is_admin))


async def accept_offer(context: ChatContext, token: str) -> None:
    """Link this chat, once; only who was asked, in their own chat, can."""
    if not context.in_private:
        await context.toast(OthersLink().sentence)
        return
    try:
        account = await context.parts.doors.links.accept(token, context.person)
    except SpentLink as spent:
        await context.toast()
        await context.change(await _spent(context, spent))
        return
    await context.toast()
    await context.change(fill(sentences.LINKED, address=address_of(account)))


async def _spent(context: ChatContext, spent: SpentLink) -> str:
    """Return that a token was used, and to what this chat is linked: a press that is answered again did that."""
    known = await context.parts.accounts.known(context.person.id)
    linked = fill(sentences.LINKED_TO, address=address_of(known)) if known is not None and known.email else ""
    return f"{fill('{problem}', problem=spent.sentence)} {linked}".rstrip()


async def on_unlink(update: Update, context: ChatContext) -> None:
    """Ask whether to untie this chat; a guest has nothing to untie."""
    if not context.in_private:
        await context.say(sentences.PRIVATE_ONLY)
    elif context.account.is_guest:
        await context.say(sentences.NOT_LINKED)
    else:
        await context.say(*unlink_card(context.account))


async def unlink(context: ChatContext) -> None:
    """Untie this chat."""
    untied = await context.parts.doors.links.unlink(context.person.id)
    await context.toast()
    await context.change(sentences.UNLINKED if untied else sentences.NOT_LINKED)
