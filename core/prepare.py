"""From bytes to upright page pictures: which kind of file it is, bounded before it is decoded."""

from __future__ import annotations

from core.errors import Empty, TooLarge, WrongKind
from core.kinds import MAX_MEGABYTES, is_pdf, kind_of
from core.ports import Page
from core.prepare_pdf import pages_of_pdf
from core.prepare_picture import pages_of_picture


def prepare(photo: bytes) -> tuple[Page, ...]:
    """Return the pages of a photo or PDF: upright, on white, as 8-bit RGB, no larger than reading needs.

    Raises Empty, TooLarge, WrongKind, Broken, TooManyPixels, TooManyPages or Locked, all of them Unusable.
    The kind is told by the first bytes; a file's name is never asked.
    """
    if not photo:
        raise Empty
    if len(photo) > MAX_MEGABYTES * 1024 * 1024:
        raise TooLarge(limit_mb=MAX_MEGABYTES)
    kind = kind_of(photo)
    if kind is not None:
        return pages_of_picture(photo, kind)
    if is_pdf(photo):
        return pages_of_pdf(photo)
    raise WrongKind
