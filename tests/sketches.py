"""Sketches with memory: each drawing that was asked for, and a JPEG for it, or what a test says that goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from core.drawings import Drawing
from core.errors import SnapSpendError


@dataclass
class RememberedSketches:
    """Implements core.showing.Sketchbook."""

    asked: list[tuple[bytes, Drawing]] = field(default_factory=list)
    failure: SnapSpendError | None = None
    pairs: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def draw(self, photo: bytes, drawing: Drawing) -> bytes:
        """Remember what was asked for and return a grey JPEG of the crop's size."""
        self.asked.append((photo, drawing))
        if self.failure is not None:
            raise self.failure
        crop = drawing.crop
        size = (round(crop.right - crop.left), round(crop.bottom - crop.top)) if crop else drawing.frame or (60, 90)
        written = BytesIO()
        Image.new("RGB", size, "lightgrey").save(written, "JPEG")
        return written.getvalue()

    async def side_by_side(self, first: bytes, second: bytes) -> bytes:
        """Return the first."""
        self.pairs.append((first, second))
        return first

    @property
    def labels(self) -> list[list[str]]:
        """Return the labels of the outlines of each drawing, those without one as an empty text."""
        return [[outline.label for outline in drawing.outlined] for _, drawing in self.asked]
