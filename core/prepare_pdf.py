"""PDFs: pages rendered at a bounded size, with the text that the file itself carries."""

from __future__ import annotations

from typing import Any
from unicodedata import category

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import PdfiumError
from pypdfium2 import raw as pdfium

from core.errors import Broken, Locked, TooManyPages
from core.ports import Page
from core.prepare_picture import MAX_PAGES, page_size
from core.receipt import Box, Line

_DOTS_PER_POINT = 200 / 72
_MAX_CHARACTERS = 20_000
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_GAP = 1.2
"""Characters further apart than this many times their height are two runs: columns stay apart."""


def pages_of_pdf(photo: bytes) -> tuple[Page, ...]:
    """Return every page rendered, with its text when it has any. Raises Broken, Locked or TooManyPages."""
    try:
        with pypdfium2.PdfDocument(photo) as document:
            pages = len(document)
            if pages > MAX_PAGES:
                raise TooManyPages(pages=pages, limit=MAX_PAGES)
            if not pages:
                raise Broken("no pages")
            # What was typed into a form stands in no page's text, so a form is read from its picture.
            plain = document.get_formtype() == pdfium.FORMTYPE_NONE or not document.init_forms()
            return tuple(_page(document, number, plain) for number in range(pages))
    except PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Locked from error
        raise Broken("PDF") from error


def _page(document: pypdfium2.PdfDocument, number: int, plain: bool) -> Page:
    """Return one page; `plain` says that its text layer is all of its text."""
    page = document[number]
    width, height = (side * _DOTS_PER_POINT for side in page.get_size())
    small, _ = page_size(max(width, 1), max(height, 1), len(document))
    bitmap = page.render(scale=small / max(width, 1) * _DOTS_PER_POINT, rev_byteorder=True, prefer_bgrx=False)
    picture = bitmap.to_pil().convert("RGB")
    lines = _lines(page.get_textpage(), bitmap.get_posconv(page), number) if plain else ()
    return Page(picture.width, picture.height, picture.tobytes(), lines if _is_text(lines) else None)


def _is_text(lines: tuple[Line, ...]) -> bool:
    """Say whether a text layer is worth more than OCR: a scanner's stamp or a broken encoding is not.

    Text on its side or letterspaced comes in runs of one letter, and is better read from the picture too.
    """
    text = "".join(line.text for line in lines)
    if len(text) < 3 * len(lines):
        return False
    known = sum(character.isalnum() for character in text)
    return known >= 20 and sum(map(str.isdigit, text)) >= 3 and text.count(_UNKNOWN) * 20 <= len(text)


def _lines(text: Any, place: Any, number: int) -> tuple[Line, ...]:
    """Return the runs of text in the file's order; `place` turns points of the page into pixels."""
    runs: list[tuple[str, Box]] = []
    fresh = True
    for index in range(min(text.count_chars(), _MAX_CHARACTERS)):
        character = _character(pdfium.FPDFText_GetUnicode(text, index))
        if character in "\r\n\0":
            fresh = True
            continue
        if character.isspace():  # the space between two words may have no place of its own
            runs[-1:] = [(run + " ", box) for run, box in runs[-1:]]
            continue
        box = _box(text.get_charbox(index, loose=True), place)
        if fresh or _apart(runs[-1][1], box):
            runs.append((character, box))
        else:
            runs[-1] = (runs[-1][0] + character, _around(runs[-1][1], box))
        fresh = False
    words = ((" ".join(run.split()), box) for run, box in runs)
    return tuple(Line(text=run, box=box, score=1.0, page=number) for run, box in words if run)


def _character(code: int) -> str:
    """Return a character that can be stored and shown: no half of a surrogate pair, nothing that steers a terminal."""
    character = chr(code) if code <= 0x10FFFF else _UNKNOWN
    if character.isprintable() or character.isspace() or character == "\0":
        return character
    return "" if category(character) == "Cf" else _UNKNOWN  # a soft hyphen is a mark for printers, not text


def _box(corners: tuple[float, float, float, float], place: Any) -> Box:
    """Return a character's box in pixels from its left, bottom, right and top in points."""
    left, bottom, right, top = corners
    (x1, y1), (x2, y2) = place.to_bitmap(left, top), place.to_bitmap(right, bottom)
    return Box(left=min(x1, x2), top=min(y1, y2), right=max(x1, x2), bottom=max(y1, y2))


def _apart(run: Box, box: Box) -> bool:
    """Say whether a character does not go on with the run: a gap, or another height on the page."""
    height = max(run.bottom - run.top, box.bottom - box.top, 1.0)
    middle = (box.top + box.bottom) / 2
    if not run.top <= middle <= run.bottom:
        return True
    return box.left - run.right > _GAP * height or run.left - box.left > height


def _around(one: Box, other: Box) -> Box:
    """Return the smallest box around two."""
    return Box(
        left=min(one.left, other.left),
        top=min(one.top, other.top),
        right=max(one.right, other.right),
        bottom=max(one.bottom, other.bottom),
    )
