"""Makes core/adapters/models/lines_in_whole_numbers.onnx: RapidOCR's recogniser of lines in 8-bit whole numbers.

    pip install onnx
    python -m tests.bench.whole_numbers

onnxruntime's own quantiser does it. What it needs to know, the range of values at each step, it sees while the model
reads lines that are drawn here: invented words and figures in the fonts that matplotlib ships, blurred, grainy, dim.
Only where the time goes, in products of large matrices, are whole numbers used.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from core.adapters.rapidocr_engine import QUICK

WORDS = """
TOTAL Subtotal VAT Cash Change Bread MILK Coffee Tel: Invoice No. Date Thank you for shopping Rechnung Summe MwSt. Größe
Café crème Reçu número IVA Importe jumlah ИТОГО Сумма наличными kuitti 12.50 1,234.00 € £ $ RM 07/03/2026 14:32 #00417
x2 @ 3.95 20% **** 4821 St. Street 118, Road, ID: 000549230592 (7%) -0.02 Qty & + = / ! ? [ ] _ Łódź żółty přijmout ÅÄÖ
"""
FACES = ("SansMono", "SansMono-Bold", "Sans", "Sans-Bold", "Serif", "SansDisplay", "Serif-Italic")
LINES = 64
HEIGHT = 48
LARGE = 9000
"""Products with fewer weights than this take little time and stay as they are."""

Pixels = NDArray[Any]


class Drawn:
    """Lines for the quantiser, one at a time, in the form that it asks for."""

    def __init__(self, lines: Iterator[Pixels]) -> None:
        """Take the lines as the recogniser takes them."""
        self._lines = lines

    def get_next(self) -> dict[str, Pixels] | None:
        """Return the next line under the name of the model's input, None after the last."""
        line = next(self._lines, None)
        return None if line is None else {"x": line}


def drawn(chance: Random) -> Image.Image:
    """Return one invented line on dim, grainy paper."""
    import matplotlib

    text = " ".join(chance.choice(WORDS.split()) for _ in range(chance.randint(1, 5)))
    text = text.upper() if chance.random() < 0.3 else text
    size = chance.choice((14, 18, 22, 28, 36, 48))
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    font = ImageFont.truetype(str(fonts / f"DejaVu{chance.choice(FACES)}.ttf"), size)
    left, top, right, bottom = font.getbbox(text)
    paper, ink, margin = chance.randint(150, 255), chance.randint(0, 110), chance.randint(0, size // 3)
    paper, ink = (ink, paper) if chance.random() < 0.05 else (paper, ink)
    line = Image.new("L", (int(right - left) + 2 * margin + 2, int(bottom - top) + 2 * margin + 2), paper)
    ImageDraw.Draw(line).text((margin - left, margin - top), text, fill=ink, font=font)
    turned = line.rotate(chance.uniform(-1.5, 1.5), resample=Image.Resampling.BICUBIC, fillcolor=paper)
    return turned.filter(ImageFilter.GaussianBlur(chance.uniform(0, size / 20)))


def lines(chance: Random) -> Iterator[Pixels]:
    """Give drawn lines, tinted and with grain, as numbers from -1 to 1: (1, 3, 48, width)."""
    grain = np.random.default_rng(chance.randint(0, 1 << 30))
    for _ in range(LINES):
        line = drawn(chance)
        wide = line.resize((max(16, round(line.width * HEIGHT / line.height)), HEIGHT), Image.Resampling.BILINEAR)
        grey = np.asarray(wide, np.float32) + grain.normal(0, chance.uniform(0, 12), (HEIGHT, wide.width))
        tint = np.array([chance.uniform(0.85, 1), chance.uniform(0.9, 1), 1])[:, None, None]
        yield ((np.clip(grey * tint, 0, 255) / 255 - 0.5) / 0.5).astype(np.float32)[None]


def plain(model: Path, folder: Path) -> Path:
    """Return the model in the form that can be quantised: a newer opset, its constants folded."""
    import onnx
    from onnx import version_converter

    newer, folded = folder / "newer.onnx", folder / "folded.onnx"
    onnx.save(version_converter.convert_version(onnx.load(str(model)), 17), str(newer))
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(folded)
    onnxruntime.InferenceSession(str(newer), options)
    return folded


def large(model: Path) -> list[str]:
    """Return the names of the 1 by 1 convolutions with many weights, and of the product that gives the letters."""
    import onnx

    graph = onnx.load(str(model)).graph
    shapes = {each.name: list(each.dims) for each in graph.initializer}
    names = []
    for node in graph.node:
        shape = shapes.get(node.input[1], []) if node.op_type in {"Conv", "MatMul"} else []
        one_by_one = len(shape) == 4 and shape[2:] == [1, 1] and shape[0] * shape[1] >= LARGE
        if one_by_one or (len(shape) == 2 and shape[1] > LARGE):
            names.append(str(node.name))
    return names


def main() -> None:
    """Write the model where the reader looks for it."""
    import rapidocr
    from onnxruntime.quantization import QuantType, quantize_static

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=QUICK)
    out = parser.parse_args().out
    with tempfile.TemporaryDirectory() as folder:
        model = plain(Path(rapidocr.__file__).parent / "models" / "PP-OCRv6_rec_small.onnx", Path(folder))
        quantize_static(
            str(model),
            str(out),
            Drawn(lines(Random(5))),
            per_channel=True,
            weight_type=QuantType.QInt8,
            activation_type=QuantType.QUInt8,
            nodes_to_quantize=large(model),
        )


if __name__ == "__main__":
    main()
