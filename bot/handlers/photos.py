"""A photo, or a picture or PDF sent as a file: looked at by its description alone, then received."""

from __future__ import annotations

from pathlib import PurePosixPath

from telegram import Document, Update

from bot.context import ChatContext, Shown
from bot.sentences import fill
from core.errors import Empty, TooLarge, Unusable, WrongKind
from core.quota import QuotaReached

LIMIT_MB = 20
"""What a bot may download from Telegram, in MiB."""

_PICTURES = (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".heic", ".heif", ".bmp", ".gif", ".tif", ".tiff")
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream"})


async def on_photo(update: Update, context: ChatContext) -> None:
    """Receive the largest size of a photo or the document; say at once what can never be used."""
    message = update.effective_message
    if message is None:
        return
    found = max(message.photo, key=lambda size: size.width * size.height) if message.photo else message.document
    if found is None:
        return
    problem = problem_with(found.file_size, message.document)
    if problem is not None:
        await context.say(fill("{problem}", problem=problem.sentence))
        return
    try:
        await context.receive(found.file_id, message.caption)
    except QuotaReached as full:
        text = fill("{problem}", problem=full.sentence)
        await context.refuse(lambda: _shown(text))


async def _shown(text: str) -> Shown:
    return text, None


def problem_with(size: int | None, document: Document | None) -> Unusable | None:
    """Return why a file of that size and description can't be used, or None; its bytes tell the rest."""
    if document is not None and not _may_be_read(document):
        return WrongKind()
    if size is not None and size > LIMIT_MB << 20:
        return TooLarge(limit_mb=LIMIT_MB)
    return Empty() if size == 0 and document is not None else None


def _may_be_read(document: Document) -> bool:
    """Say whether a file may be a picture or a PDF by the sender's word: its type, else its name's end."""
    kind = (document.mime_type or "").casefold()
    suffix = PurePosixPath(document.file_name or "").suffix.casefold()
    if kind.startswith(("image/", "application/pdf", "application/x-pdf")):
        return True
    return kind in _UNTOLD and (not suffix or suffix in (*_PICTURES, ".pdf"))
