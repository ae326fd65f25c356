"""Draws the pictures of the tests and the sample button: `python tests/pictures/draw.py` writes them anew."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "bot" / "samples" / "receipt.jpg"

Row = tuple[str, ...] | str | None
"""Columns (the first flush left, the others flush right), one centred line, or a rule."""

EDGES = {1: (0.0,), 2: (0.0, 1.0), 4: (0.0, 0.55, 0.76, 1.0)}
"""Where the columns stand between the margins, by their number."""

TILL: Sequence[Row] = (
    "CORNER PANTRY",
    "14 Harbour Street, Bristol BS1 4QA",
    "VAT No. GB 123 4567 89",
    None,
    ("Date: 12/03/2026", "Time: 14:32"),
    ("Receipt no. 004917", "Till 2"),
    None,
    ("Wholemeal bread", "1.85"),
    ("Semi-skimmed milk 2L", "1.65"),
    ("2 x Greek yoghurt @ 2.40", "4.80"),
    ("Cheddar 350g", "3.95"),
    ("Ground coffee", "5.25"),
    ("Washing powder", "7.20"),
    None,
    ("Subtotal", "24.70"),
    ("VAT 20% on washing powder (included)", "1.20"),
    ("TOTAL", "GBP 24.70"),
    ("Cash", "30.00"),
    ("Change", "5.30"),
    None,
    "Thank you for shopping with us",
)

CAFE: Sequence[Row] = (
    "BLUE HERON CAFE",
    "218 Alder Avenue, Portland OR 97205",
    None,
    ("04/18/2026 08:47 AM", "Check 1182"),
    None,
    ("2 Cappuccino", "9.00"),
    ("1 Almond croissant", "4.75"),
    ("1 Avocado toast", "11.50"),
    None,
    ("Subtotal", "$25.25"),
    ("Sales tax 8.00%", "$2.02"),
    ("Tip", "$5.00"),
    ("TOTAL", "$32.27"),
    "VISA **** 4821   APPROVED",
)

INVOICE: Sequence[Row] = (
    "INVOICE",
    ("Lindqvist Design Studio", "Invoice no. 2026-0417"),
    ("Storgatan 9, 111 23 Stockholm", "Invoice date: 3 April 2026"),
    ("VAT No. SE556677889901", "Due date: 3 May 2026"),
    None,
    ("Bill to: Example Bakery Ltd",),
    None,
    ("Description", "Qty", "Unit price", "Amount"),
    ("Logo design", "1", "900.00", "900.00"),
    ("Menu layout", "4", "125.00", "500.00"),
    ("Print proofs", "10", "8.50", "85.00"),
    None,
    ("Subtotal", "1,485.00"),
    ("VAT 25%", "371.25"),
    ("Total due", "EUR 1,856.25"),
    None,
    "Please pay within 30 days",
)


def paper(rows: Sequence[Row], width: int, size: int) -> Image.Image:
    """Return white paper of `width` pixels with the rows printed at `size` pixels, black on white."""
    step = round(size * 1.55)
    sheet = Image.new("RGB", (width, step * (len(rows) + 3)), "white")
    pen, margin = ImageDraw.Draw(sheet), width // 14
    for number, row in enumerate(rows):
        top = step * (number + 1.5)
        if row is None:
            pen.line((margin, top + step / 2, width - margin, top + step / 2), fill="#555", width=2)
        elif isinstance(row, str):
            font = ImageFont.load_default(size * (1.35 if number == 0 else 1))
            pen.text((width / 2, top), row, fill="#111", font=font, anchor="ma")
        else:
            font = ImageFont.load_default(size * (1.25 if row[0].lower().startswith("total") else 1))
            for edge, text in zip(EDGES[len(row)], row, strict=True):
                x = margin + edge * (width - 2 * margin)
                pen.text((x, top), text, fill="#111", font=font, anchor="ra" if edge else "la")
    return sheet


def photographed(sheet: Image.Image, tilt: float, seed: int) -> Image.Image:
    """Return the paper as lying on a table: tilted by `tilt` degrees, lit from one side, with grain."""
    chance = Random(seed)
    table = (96, 74, 58)
    framed = Image.new("RGB", (sheet.width + 120, sheet.height + 120), table)
    framed.paste(sheet, (60, 60))
    turned = framed.rotate(tilt, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=table)
    light = Image.linear_gradient("L").rotate(90).resize(turned.size).point(lambda value: 190 + value // 4)
    shaded = Image.composite(turned, Image.new("RGB", turned.size, "black"), light)
    grain = Image.frombytes("L", (64, 64), chance.randbytes(64 * 64)).resize(turned.size)
    return Image.blend(shaded, Image.merge("RGB", (grain,) * 3), 0.04).filter(ImageFilter.GaussianBlur(0.6))


def crumpled(sheet: Image.Image, seed: int) -> Image.Image:
    """Return the paper with folds: every strip between two of them is bent sideways and shaded."""
    chance = Random(seed)
    rows, columns, bend = 7, 4, 7
    xs = [sheet.width * n // columns for n in range(columns + 1)]
    ys = [sheet.height * n // rows for n in range(rows + 1)]
    points = [(x, y) for x in xs for y in ys]
    knots = {point: tuple(value + chance.uniform(-bend, bend) for value in point) for point in points}
    mesh, shade = [], Image.new("L", sheet.size, 255)
    pen = ImageDraw.Draw(shade)
    for left, right in pairwise(xs):
        for top, bottom in pairwise(ys):
            corners = [knots[p] for p in ((left, top), (left, bottom), (right, bottom), (right, top))]
            mesh.append(((left, top, right, bottom), tuple(value for corner in corners for value in corner)))
            pen.polygon([(left, top), (left, bottom), (right, bottom)], fill=chance.randint(200, 255))
    bent = sheet.transform(sheet.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)
    dark = Image.new("RGB", sheet.size, "#222")
    return Image.composite(bent, dark, shade.filter(ImageFilter.GaussianBlur(9)))


def cat() -> Image.Image:
    """Return a drawing of a cat, with not a letter in it."""
    scene = Image.new("RGB", (900, 900), "#8fb8a8")
    pen = ImageDraw.Draw(scene)
    pen.ellipse((250, 430, 650, 880), fill="#4a4038")
    pen.ellipse((270, 190, 630, 520), fill="#564a40")
    for left in (270, 500):
        pen.polygon([(left, 290), (left + 40, 110), (left + 130, 230)], fill="#564a40")
    for left in (350, 490):
        pen.ellipse((left, 310, left + 64, 374), fill="#d9c84a")
        pen.ellipse((left + 24, 312, left + 40, 372), fill="#111")
    pen.polygon([(430, 400), (470, 400), (450, 425)], fill="#d08a8a")
    for side in (-1, 1):
        for rise in (-12, 6, 24):
            pen.line((450 + side * 40, 425, 450 + side * 210, 425 + rise), fill="#ddd", width=3)
    pen.arc((560, 640, 860, 900), 180, 20, fill="#4a4038", width=34)
    return scene.filter(ImageFilter.GaussianBlur(1))


def invoice_pdf() -> bytes:
    """Return the invoice as a PDF of one A4 page whose text is text (Helvetica), not a picture."""
    ops = []
    for number, row in enumerate(INVOICE):
        columns = (row,) if isinstance(row, str) else row or ()
        for edge, text in zip(EDGES.get(len(columns), ()), columns, strict=True):
            ops.append(f"BT /F1 11 Tf {56 + 370 * edge:.0f} {780 - 24 * number} Td ({text}) Tj ET")
    content = "\n".join(ops).encode("latin-1")
    return _pdf(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        )
    )


def _pdf(objects: Sequence[bytes]) -> bytes:
    """Return a PDF file of these objects, numbered from 1; the first is the catalogue."""
    file, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, trailer)


def main() -> None:
    """Write every picture beside this script, and the sample of the bot's start button."""
    till = photographed(paper(TILL, 620, 24), tilt=1.2, seed=7)
    folded = photographed(crumpled(paper(CAFE, 620, 26), seed=3), tilt=-4, seed=11)
    pictures = {
        HERE / "till.jpg": till,
        HERE / "invoice.jpg": paper(INVOICE, 1000, 24),
        HERE / "crumpled.jpg": folded,
        HERE / "upside_down.jpg": till.rotate(180),
        HERE / "sideways.jpg": till.transpose(Image.Transpose.ROTATE_90),
        HERE / "cat.jpg": cat(),
        SAMPLE: photographed(paper(CAFE, 620, 26), tilt=-1, seed=5),
    }
    for path, picture in pictures.items():
        picture.save(path, quality=72, optimize=True)
    (HERE / "invoice.pdf").write_bytes(invoice_pdf())


if __name__ == "__main__":
    main()
