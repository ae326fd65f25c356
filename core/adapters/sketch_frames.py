"""Frames and labels in a drawing, and two pictures put together: labels stand where least is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PIL import Image, ImageDraw, ImageFont, ImageStat

from core.boxes import corners
from core.receipt import Box

_RED, _PAPER = (214, 20, 60), (255, 255, 255)
_GAP = 12
_WIDE = 1.6
"""Pictures wider than so many heights go below each other."""

Spot = tuple[int, int, int, int]


def framed(picture: Image.Image, outlined: Sequence[tuple[Box, str]]) -> Image.Image:
    """Return the picture with the boxes framed, and labels beside them that lie on no box and on no other label."""
    if not outlined:
        return picture
    stroke = max(3, round(max(picture.size) / 400))
    plain = picture.convert("L")
    pen = ImageDraw.Draw(picture)
    rings = [corners(box, stroke) for box, _ in outlined]
    for ring in rings:
        # A white line on both sides, so that the frame is seen on a dark picture too.
        pen.line([*ring, *ring[:2]], fill=_PAPER, width=stroke + 2, joint="curve")
    for ring in rings:
        pen.line([*ring, *ring[:2]], fill=_RED, width=stroke, joint="curve")
    taken = [_around(ring, stroke) for ring in rings]
    for at, (_, label) in enumerate(outlined):
        if label:
            taken.append(_labelled(pen, plain, _short(label), [taken[at], *taken]))
    return picture


def _labelled(pen: ImageDraw.ImageDraw, plain: Image.Image, label: str, taken: Sequence[Spot]) -> Spot:
    """Write a label near the first of the places that are taken, on none of them, and return where it stands."""
    ring = taken[0]
    font = ImageFont.load_default(size=max(14, min(34, round(max(plain.size) / 55))))
    left, top, right, bottom = pen.textbbox((0, 0), label, font=font)
    size = (round(right - left) + 10, round(bottom - top) + 8)
    spot = min(_spots(ring, size, plain.size), key=lambda each: _cost(each, plain, taken) + _away(each, ring))
    pen.rounded_rectangle(spot, radius=4, fill=_RED)
    pen.text((spot[0] + 5 - left, spot[1] + 4 - top), label, fill=_PAPER, font=font)
    return spot


def _spots(ring: Spot, size: tuple[int, int], within: tuple[int, int]) -> Iterator[Spot]:
    """Yield where a label of this size may stand: right and left of the ring, above and below it, pushed inside."""
    left, top, right, bottom = ring
    wide, high = size
    middle = (top + bottom - high) // 2
    corners_ = [(right + 4, middle), (left - wide - 4, middle)]
    corners_ += [(x, y) for y in (top - high - 4, bottom + 4) for x in (left, right - wide)]
    corners_ += [(within[0] - wide - 4, middle), (4, middle)]
    for x, y in corners_:
        x, y = max(0, min(x, within[0] - wide - 1)), max(0, min(y, within[1] - high - 1))
        yield x, y, x + wide, y + high


def _cost(spot: Spot, plain: Image.Image, taken: Sequence[Spot]) -> float:
    """Return how much a label would hide there: what is framed and other labels count far more than other print."""
    shared = sum(
        max(0, min(spot[2], other[2]) - max(spot[0], other[0]))
        * max(0, min(spot[3], other[3]) - max(spot[1], other[1]))
        for other in taken
    )
    return 1000.0 * shared + float(ImageStat.Stat(plain.crop(spot)).stddev[0])


def _away(spot: Spot, ring: Spot) -> float:
    """Return how far from its ring a label stands, as much as print that it would hide."""
    across = max(ring[0] - spot[2], spot[0] - ring[2], 0)
    down = max(ring[1] - spot[3], spot[1] - ring[3], 0)
    return (across + down) / 12


def _around(ring: Sequence[tuple[float, float]], stroke: int) -> Spot:
    across, down = [x for x, _ in ring], [y for _, y in ring]
    return (
        int(min(across)) - stroke, int(min(down)) - stroke, int(max(across)) + stroke, int(max(down)) + stroke
    )  # fmt: skip


def _short(label: str) -> str:
    """Return a label that fits: one line, what the font has, at most twenty characters."""
    return "".join(character for character in label if character.isprintable())[:20]


def lettered(first: Image.Image, second: Image.Image) -> Image.Image:
    """Return two pictures as one, marked A and B."""
    below = max(first.width / first.height, second.width / second.height) > _WIDE
    font = ImageFont.load_default(size=30)
    margin = 52
    if below:
        size = (margin + max(first.width, second.width), first.height + _GAP + second.height)
        places = ((margin, 0), (margin, first.height + _GAP))
    else:
        size = (2 * margin + first.width + second.width, max(first.height, second.height))
        places = ((margin, 0), (2 * margin + first.width, 0))
    sheet = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(sheet)
    for letter, picture, (x, y) in zip("AB", (first, second), places, strict=True):
        sheet.paste(picture, (x, y))
        middle = (x - margin / 2, y + min(picture.height / 2, 40))
        pen.ellipse((middle[0] - 21, middle[1] - 21, middle[0] + 21, middle[1] + 21), fill=_RED)
        pen.text(middle, letter, fill=_PAPER, font=font, anchor="mm")
    return sheet
