"""Boxes of tilted text: its own size, its corners, and the part of it where some of its characters stand."""

from __future__ import annotations

from math import cos, radians, sin

from core.receipt import Box

STEEP = 30.0
"""Beyond so many degrees a text's own size cannot be told from the rectangle around it: the whole rectangle counts."""

Corners = tuple[tuple[float, float], ...]


def own_size(box: Box) -> tuple[float, float]:
    """Return the width and height of the text itself, along its own tilt."""
    width, height = box.right - box.left, box.bottom - box.top
    if abs(box.tilt) > STEEP or not box.tilt:
        return width, height
    over, up = cos(radians(box.tilt)), abs(sin(radians(box.tilt)))
    square = over**2 - up**2
    return max((width * over - height * up) / square, 1.0), max(
        (height * over - width * up) / square, height * 0.2, 1.0
    )


def corners(box: Box, grow: float = 0.0) -> Corners:
    """Return the four corners of the text, clockwise from its top left, each side moved out by `grow` pixels."""
    width, height = own_size(box)
    tilt = radians(box.tilt) if abs(box.tilt) <= STEEP else 0.0
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    over, up = width / 2 + grow, height / 2 + grow
    turned = ((-over, -up), (over, -up), (over, up), (-over, up))
    return tuple((across + x * cos(tilt) - y * sin(tilt), down + x * sin(tilt) + y * cos(tilt)) for x, y in turned)


def part(box: Box, start: float, end: float) -> Box:
    """Return the box of a part of the text, from the share `start` of its width to the share `end` (0 to 1)."""
    if abs(box.tilt) > STEEP:
        return box
    width, height = own_size(box)
    tilt = radians(box.tilt)
    middle, wide = ((start + end) / 2 - 0.5) * width, (end - start) * width
    across = (box.left + box.right) / 2 + middle * cos(tilt)
    down = (box.top + box.bottom) / 2 + middle * sin(tilt)
    over = (wide * cos(tilt) + height * abs(sin(tilt))) / 2
    up = (wide * abs(sin(tilt)) + height * cos(tilt)) / 2
    return Box(left=across - over, top=down - up, right=across + over, bottom=down + up, tilt=box.tilt)
