"""RapidOCR inside its own process: finds the lines of a page, cuts each out straight and reads it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from core.adapters import quads as shapes
from core.adapters.cuts import HEIGHT, around, cut_out, half_turned, lit, quarters, slices, strips, strips_needed
from core.adapters.processor import multiplies_whole_numbers
from core.ports import Page
from core.receipt import Line

if TYPE_CHECKING:
    from rapidocr import RapidOCR

    from core.adapters.cuts import Picture
    from core.adapters.quads import Quad

QUICK = Path(__file__).parent / "models" / "lines_in_whole_numbers.onnx"
"""The wheel's recogniser in whole numbers; tests/bench/whole_numbers.py makes it."""

_FIND = 960
"""Lines are found on a copy with this long side,"""
_AREA = 600_000
"""and with so many pixels at most: what finding takes in memory grows with them, and a square photo has the most."""

_FEW, _CLOSE = 4, 1200
"""With fewer lines than this a photo of so many pixels may show a receipt from afar."""

_SMALL, _LEGIBLE, _MOST_STRIPS = 14.5, 20.0, 4
"""Where lines are hardly this high in the copy, those between may be missed: they are looked for again in so many
strips of the picture at most, in which lines are as high as the second."""

_PROBES, _SURE = 8, 0.8
"""The widest lines tell whether the page is upside down: read surely, it is not."""

_KEEP = 0.5
"""A line read with a lower score is more often dirt than text."""

_UNSURE = 0.95
"""A line read in whole numbers with a lower score is read again in full."""


@dataclass(frozen=True)
class Found:
    """A page's picture turned so that its lines run across, where they are, the widest first, and the turn."""

    picture: Picture
    quads: list[Quad]
    turn: int


class Engine:
    """RapidOCR with the models that ship in its wheel: nothing is downloaded, written or sent.

    Where the processor has the instructions for it, a line is first read by the same recogniser in whole numbers of 8
    bits (models/NOTICE), which takes half the time, and again in full only when that is unsure: one line in nine.
    """

    name = "RapidOCR PP-OCRv6 small"

    def __init__(self, threads: int, *, whole_numbers: bool | None = None) -> None:
        """Prepare the models; they are loaded with the first page. Whole numbers first: None asks the processor."""
        # Since 1.29 onnxruntime sends usage to its maker, and keeps a device's id at home, unless this is set first.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import cv2
        import rapidocr

        cv2.setNumThreads(threads)
        models = Path(rapidocr.__file__).parent / "models"
        common = {
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.use_preprocess_img": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            # A model whose path is given is never fetched from elsewhere.
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Det.limit_type": "max",
            "Det.limit_side_len": _FIND,
            "Rec.rec_batch_num": 1,
            "Rec.rec_img_shape": [3, HEIGHT, 2 * HEIGHT],
        }
        self._full = rapidocr.RapidOCR(params={**common, "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx")})
        quick = multiplies_whole_numbers() if whole_numbers is None else whole_numbers
        self._quick = rapidocr.RapidOCR(params={**common, "Rec.model_path": str(QUICK)}) if quick else self._full

    def warm(self) -> None:
        """Load the models now, on a blank page, rather than with the first photo."""
        import numpy as np

        blank = np.full((64, 64, 3), 255, np.uint8)
        self._detect(blank)
        self._read([blank])

    def lines(self, page: Page, number: int) -> tuple[list[Line], tuple[int, int], int]:
        """Return one page's lines, in pixels of the page turned to be read, its (width, height) then, and the turn.

        The turn is in degrees, against the clock.
        """
        return self.read(self.find(page), number)

    def find(self, page: Page) -> Found:
        """Return where the page's lines are: the first of the two stages."""
        import numpy as np

        rgb = np.frombuffer(page.rgb, np.uint8).reshape(page.height, page.width, 3)
        picture, quads, turn = self._level(lit(np.ascontiguousarray(rgb[:, :, ::-1])))
        return Found(picture, sorted(quads, key=shapes.width, reverse=True), turn)

    def read(self, found: Found, number: int) -> tuple[list[Line], tuple[int, int], int]:
        """Return what `lines` does, of lines that are found: the second stage, and most of the time."""
        picture, quads, turn = found.picture, found.quads, found.turn
        probes = [cut_out(picture, quad) for quad in quads[:_PROBES]]
        read = self._read(probes)
        size = (picture.shape[1], picture.shape[0])
        if read and _mean(read) < _SURE:
            turned = self._read([half_turned(line) for line in probes])
            if _mean(turned) > _mean(read):
                picture, quads, read = half_turned(picture), shapes.half_turned(quads, size), turned
                turn += 180
        read += self._read([cut_out(picture, quad) for quad in quads[_PROBES:]])
        return _lines(quads, read, number), size, turn

    def _level(self, picture: Picture) -> tuple[Picture, list[Quad], int]:
        """Return the picture, by a quarter turned when its lines run down, where the lines are, and the turn."""
        import numpy as np

        quads = self._search(picture)
        if not shapes.run_down(quads):
            return picture, quads, 0
        turned = np.ascontiguousarray(np.rot90(picture))
        found = self._search(turned)
        return (picture, quads, 0) if shapes.run_down(found) else (turned, found, 90)

    def _search(self, picture: Picture) -> list[Quad]:
        """Return where the lines of text are; a page that shows none, or tiny ones, is looked at more closely."""
        parts = slices(picture)
        found = self._among(parts)
        if len(found) < _FEW:
            close = max(picture.shape[:2]) > _CLOSE
            return self._among(quarters(picture)) or found if close else found
        return found if len(parts) > 1 or shapes.run_down(found) else self._closer(picture, found)

    def _closer(self, picture: Picture, found: list[Quad]) -> list[Quad]:
        """Return the lines that strips of the page show, where those found are tiny and strips show more."""
        height, width = picture.shape[:2]
        share = min(_FIND / max(height, width), (_AREA / (height * width)) ** 0.5)
        high = median(shapes.height(quad) for quad in found)
        part, (left, top) = around(picture, found, margin=3 * high)
        cut = strips(part, min(_MOST_STRIPS, strips_needed(part, _FIND * high / _LEGIBLE)))
        if share >= 1 or high * share > _SMALL or len(cut) < 2:
            return found
        more = self._among([((left, top + start), strip) for start, strip in cut])
        return more if len(more) > len(found) else found

    def _among(self, parts: Sequence[tuple[tuple[int, int], Picture]]) -> list[Quad]:
        import numpy as np

        found = [quad + np.array(corner, np.float32) for corner, part in parts for quad in self._detect(part)]
        return found if len(parts) == 1 else shapes.without_repeats(found)

    def _detect(self, picture: Picture) -> list[Quad]:
        import cv2

        height, width = picture.shape[:2]
        share = (_AREA / (height * width)) ** 0.5
        if share >= min(1.0, _FIND / max(height, width)):
            share = 1.0  # the library itself makes the long side short enough
        small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA) if share < 1 else picture
        found: Any = self._full(small, use_det=True, use_cls=False, use_rec=False)
        return [] if found.boxes is None else [quad / share for quad in found.boxes]

    def _read(self, lines: Sequence[Picture]) -> list[tuple[str, float]]:
        """Return each line's text and how sure it is, from 0 to 1."""
        read = _texts(self._quick, lines)
        again = [place for place, (_, score) in enumerate(read) if score < _UNSURE and self._quick is not self._full]
        for place, better in zip(again, _texts(self._full, [lines[place] for place in again]), strict=True):
            read[place] = better
        return read


def _texts(ocr: RapidOCR, lines: Sequence[Picture]) -> list[tuple[str, float]]:
    # All at once: for each call the library looks up its settings anew, as long as a short line takes to be read.
    found: Any = ocr.recognize_txt(list(lines)) if lines else None
    return list(zip(found.txts, map(float, found.scores), strict=True)) if found else []


def _mean(read: Sequence[tuple[str, float]]) -> float:
    return sum(score for _, score in read) / len(read)


def _lines(quads: Sequence[Quad], read: Sequence[tuple[str, float]], page: int) -> list[Line]:
    """Return what was read, row by row, without what is too unsure."""
    lines = [
        Line(text=text, box=shapes.box(quad), score=round(score, 4), page=page)
        for quad, (text, score) in zip(quads, read, strict=True)
        if text.strip() and score >= _KEEP
    ]
    order = shapes.by_rows([line.box for line in lines if line.box])
    return [lines[place] for place in order]
