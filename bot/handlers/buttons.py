"""A button was pressed: its receipt is looked up anew, for anyone may press anything at any time."""

from __future__ import annotations

from uuid import UUID

from telegram import Update

from bot import cards, keyboards, sentences
from bot.context import ChatContext
from bot.differing import both
from bot.handlers.door_buttons import on_door_button
from bot.handlers.lists import list_page
from bot.handlers.summary import show_summary
from bot.handlers.where import show_where
from bot.originals import file_name, shows_as_photo
from bot.presses import ListPage, OnAlbum, OnReceipt, Sample, Settle, Summarise, read_press
from bot.sentences import fill
from core.albums import Choice
from core.answers import mark_of
from core.locales import locale_of
from core.ports import Filed, State


async def on_button(update: Update, context: ChatContext) -> None:
    """Do what the pressed button stands for; one that stands for nothing (any more) says so."""
    press = read_press(update.callback_query.data if update.callback_query else None)
    match press:
        case None:
            await on_door_button(update, context)
        case Sample():
            await context.toast(sentences.SAMPLE_COMES)
            await context.receive_sample()
        case ListPage(page):
            await _turn(update, context, page)
        case Summarise(period):
            await context.toast()
            await show_summary(context, period)
        case OnAlbum(choice, receipt):
            await _arrange(update, context, receipt, choice)
        case _:
            await _on_receipt(update, context, press)


async def _turn(update: Update, context: ChatContext, page: int) -> None:
    """Turn a list to another page; in a group, a list that shows someone else's receipts stays as it is."""
    message = update.effective_message
    shown = keyboards.receipts_in(message.reply_markup) if message else []
    if shown and await context.parts.ledger.find(context.account.id, shown[0]) is None:
        await context.toast(sentences.NOT_YOUR_LIST)
        return
    await context.toast()
    await context.change(*await list_page(context, page))


async def _arrange(update: Update, context: ChatContext, receipt: UUID, choice: Choice) -> None:
    """Let the album be what the person says; its messages are rewritten by jobs, in their order."""
    filed = await context.parts.ledger.find(context.account.id, receipt)
    if filed is None or filed.album is None:
        await context.toast(sentences.OLD_BUTTON if filed else sentences.NOT_YOURS)
        return
    await context.parts.arranger.choose(context.account, filed.album, choice)
    await context.toast(sentences.ONE_NOW if choice is Choice.ONE else sentences.SEPARATE_NOW)
    if await _stands_here(update, context) is None:
        await _rewrite(context, await context.parts.ledger.find(context.account.id, receipt) or filed, None)


async def _stands_here(update: Update, context: ChatContext) -> Filed | None:
    """Return the receipt whose answer the message of the pressed button is, or None."""
    message = update.effective_message
    found = await context.receipt_in(message.message_id) if message else None
    return await context.parts.ledger.find(context.account.id, found) if found else None


async def _on_receipt(update: Update, context: ChatContext, press: OnReceipt | Settle) -> None:
    filed = await context.parts.ledger.find(context.account.id, press.receipt)
    if filed is None:
        await context.toast(sentences.NOT_YOURS)
    elif filed.state is State.SET_ASIDE and press.data().split(":")[0] != "photo":
        await context.toast(sentences.NOW_SEPARATE if filed.joins else sentences.PART_OF_ONE)
        await _rewrite(context, await _stands_here(update, context) or filed, press.page)
    elif isinstance(press, Settle):
        await _settle(context, filed, press)
    elif press.verb == "photo":
        await _send_photo(context, filed)
    elif press.verb == "where":
        await show_where(context, filed)
    elif press.verb == "delete":
        await _delete(context, filed, press.page)
    elif press.verb == "restore":
        await _restore(context, filed, press.page)
    else:
        await _open(context, filed, press)


async def _open(context: ChatContext, filed: Filed, press: OnReceipt) -> None:
    """Show a receipt's card in place of the list, or in a message of its own when it is another's."""
    await context.toast()
    card = cards.card(filed, context.account.language, press.page)
    await (context.say(*card) if press.verb == "other" else context.change(*card))


async def _send_photo(context: ChatContext, filed: Filed) -> None:
    """Send every picture as it was received; what Telegram would not show as a photo goes as a file."""
    await context.toast()
    parts = [await context.parts.ledger.find(filed.account, part) for part in filed.joins]
    for key in dict.fromkeys(part.photo for part in parts or [filed] if part is not None):
        await _send_one_photo(context, filed, key)


async def _send_one_photo(context: ChatContext, filed: Filed, key: str) -> None:
    photo = await context.parts.photos.fetch(key)
    caption = fill("{receipt}", receipt=cards.named(filed, locale_of(context.account.language)))
    if shows_as_photo(photo):
        await context.show(photo, caption)
    else:
        await context.hand_over(photo, file_name(photo, filed.counted_on), caption)


async def _delete(context: ChatContext, filed: Filed, page: int | None) -> None:
    if filed.state is State.WAITING:
        await context.toast(sentences.STILL_READING)
        return
    deleted = await context.parts.bookkeeper.delete(context.account, filed.id)
    await context.toast("" if deleted else sentences.ALREADY_DELETED)
    await _rewrite(context, deleted or filed, page)


async def _restore(context: ChatContext, filed: Filed, page: int | None) -> None:
    restored = await context.parts.bookkeeper.restore(context.account, filed.id)
    await context.toast("" if restored else sentences.NOT_DELETED)
    await _rewrite(context, restored or filed, page)


async def _settle(context: ChatContext, filed: Filed, press: Settle) -> None:
    """Settle the doubt that the button asked about, unless the receipt has moved on since."""
    settled = None
    if filed.state is State.READ and _asks_still(filed, press):
        bookkeeper = context.parts.bookkeeper
        settled = await bookkeeper.settle(context.account, filed.id, press.doubt, press.choice)
    refusal = sentences.ALREADY_DELETED if filed.state is State.DELETED else sentences.ALREADY_SETTLED
    await context.toast(sentences.NOTED if settled else refusal)
    await _rewrite(context, settled or filed, press.page)
    if settled and (drawn := await both(context.parts, context.account, settled)):
        await context.show(*drawn)


def _asks_still(filed: Filed, press: Settle) -> bool:
    found = filed.receipt.doubts if filed.receipt else ()
    return press.doubt < len(found) and mark_of(found[press.doubt]) == press.mark


async def _rewrite(context: ChatContext, filed: Filed, page: int | None) -> None:
    """Show the receipt as it stands now, also where the press changed nothing: the message may be an old one."""
    await context.change(*cards.card(filed, context.account.language, page))
