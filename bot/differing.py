"""Where two readers differ: the places of both values in one picture, which follows the question in the chat."""

from __future__ import annotations

import logging

from telegram import Bot, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot import sentences
from bot.cards import open_doubt
from bot.columns import clean
from bot.context import Parts
from bot.sending import Letter, deliver
from bot.sentences import fill
from core.accounts import Account
from core.answers import choice_text, mark_of
from core.errors import SnapSpendError
from core.locales import locale_of
from core.ports import Filed
from core.receipt import Doubt, DoubtKind, Reading, Receipt
from core.showing import Artist

log = logging.getLogger(__name__)


async def follow_up(bot: Bot, parts: Parts, account: Account, filed: Filed) -> None:
    """Send the picture of both values below a receipt's answer, once. Raises Unavailable of Telegram alone.

    Without it the question still stands: a picture that cannot be drawn, or is refused, is left out.
    """
    doubt = asked(filed)
    waiting = await parts.replies.answer_of(filed.source) if doubt else None
    if doubt is None or waiting is None or waiting.message_id is None:
        return
    drawn = await both(parts, account, filed)
    if drawn is None:
        return
    picture, caption = drawn
    chat, quoted = waiting.chat_id, ReplyParameters(waiting.message_id, allow_sending_without_reply=True)
    letter = Letter(
        f"differing:{bot.id}:{filed.id}:{mark_of(doubt)}",
        chat,
        lambda: bot.send_photo(
            chat,
            picture,
            caption=caption,
            parse_mode=ParseMode.HTML,
            reply_parameters=quoted,
            disable_notification=True,
        ),
    )
    try:
        await deliver(parts.replies, letter)
    except BadRequest as error:
        log.warning("a picture of two values was refused: %s", type(error).__name__)


def asked(filed: Filed) -> Doubt | None:
    """Return the open question of a receipt when it is which of two readers is right."""
    index = open_doubt(filed)
    doubt = filed.receipt.doubts[index] if filed.receipt and index is not None else None
    return doubt if doubt is not None and doubt.kind is DoubtKind.READERS_DIFFER else None


async def both(parts: Parts, account: Account, filed: Filed) -> tuple[bytes, str] | None:
    """Return the picture of both values that are asked about, with its caption; None where that cannot be made."""
    doubt = asked(filed)
    if doubt is None:
        return None
    reading = await parts.ledger.reading(filed.account, filed.id) or Reading()
    try:
        picture = await Artist(parts.ledger, parts.photos, parts.sketches).both(filed, reading, doubt)
    except SnapSpendError as error:
        log.warning("the places of two values could not be drawn: %s", type(error).__name__)
        return None
    if picture is None:
        return None
    return picture, _caption(doubt, filed.receipt or Receipt(), locale_of(account.language))


def _caption(doubt: Doubt, receipt: Receipt, locale: str) -> str:
    values = (doubt.found or "", next(iter(doubt.choices), ""))
    found, other = (clean(choice_text(doubt, value, receipt.currency, locale)) for value in values)
    return fill(sentences.BOTH, found=found, other=other)
