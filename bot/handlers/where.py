"""Show me where: a receipt's pictures with its figures framed."""

from __future__ import annotations

import asyncio

from bot import cards, sentences
from bot.context import ChatContext
from bot.sentences import fill
from core.errors import Unusable
from core.framing import Framed, framed
from core.locales import locale_of
from core.ports import Filed
from core.receipt import Reading
from core.showing import MOST_PAGES, Artist


async def show_where(context: ChatContext, filed: Filed) -> None:
    """Send each page on which figures stand; what cannot be shown, or drawn, is said."""
    await context.toast()
    parts = context.parts
    reading = await parts.ledger.reading(filed.account, filed.id) or Reading()
    found = await asyncio.to_thread(framed, filed, reading)  # of a long receipt that is work
    try:
        shown = await Artist(parts.ledger, parts.photos, parts.sketches).pages(filed, reading, found)
    except Unusable:
        await context.say(sentences.NOT_DRAWN)
        return
    caption = caption_of(filed, found, locale_of(context.account.language))
    if not shown:
        await context.say(caption)
    for number, page in enumerate(shown, start=1):
        if page.is_roll:
            await context.hand_over(page.picture, f"where-{number}.jpg", caption if number == 1 else "")
        else:
            await context.show(page.picture, caption if number == 1 else "")


def caption_of(filed: Filed, found: Framed, locale: str) -> str:
    """Return what is said below the first picture, as HTML."""
    if not found.pages and not found.unknown:
        return sentences.WHERE_NOTHING
    pages = len(found.pages)
    return "\n".join([
        fill("{receipt}", receipt=cards.named(filed, locale)),
        *([fill(sentences.WHERE_LOST, figures=_listed(found.unknown))] if found.unknown else []),
        *([fill(sentences.WHERE_MORE, shown=MOST_PAGES, all=pages)] if pages > MOST_PAGES else []),
    ])  # fmt: skip


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
