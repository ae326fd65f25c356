"""How well receipts were read, as the chat tells it; HTML."""

from __future__ import annotations

from bot import sentences
from bot.columns import columns
from bot.sentences import fill
from core.how_read import CAVEAT, HowRead, lately_sentence, named, share, told, told_fields
from core.locales import locale_of


def accuracy_text(found: HowRead, recent: HowRead, language: str) -> str:
    """Return what became of the receipts that were read: all of them, field by field, and those of the last days."""
    locale = locale_of(language)
    lately = lately_sentence(recent, found)
    rows = fill("<pre>{rows}</pre>", rows="\n".join(_table(found, locale)))
    after = [*told(found, locale)[1:], *([lately] if lately else []), CAVEAT]
    said = [fill("{said}", said=sentence) for sentence in after]
    return "\n\n".join([sentences.ACCURACY_TITLE, fill("{said}", said=told(found, locale)[0]), rows, *said])


def _table(found: HowRead, locale: str) -> list[str]:
    """Return a line for each field: in how many receipts it was corrected, what part that is, and confirmed."""
    rows = [
        (name, f"{one.corrected}", share(one.corrected, found.receipts, locale), f"{one.confirmed}")
        for name, one in named(told_fields(found))
    ]
    return columns([("", sentences.WRONG, "", sentences.CONFIRMED), *rows])
