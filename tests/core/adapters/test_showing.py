"""Figures framed in a picture, and two readers' values beside each other, as they are really drawn."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from PIL import Image

from core.adapters.sketches import ProcessSketches
from core.framing import framed
from core.ports import Filed
from core.receipt import Box, Doubt, DoubtKind
from core.showing import Artist
from tests.bot.fakes import MemoryLedger, MemoryPhotos
from tests.core.test_framing import READING, filed, receipt
from tests.webhook.pages.shelf import CAFE, drawn

DOUBT = Doubt(kind=DoubtKind.READERS_DIFFER, field="total", found="11.34", choices=("3.50",))


async def artist(one: Filed) -> Artist:
    """Return who draws the café's receipt, whose photo is kept."""
    ledger, photos = MemoryLedger(one), MemoryPhotos()
    ledger.readings[one.id] = READING
    photos.kept["photo"] = drawn(CAFE)
    return Artist(ledger, photos, ProcessSketches())


def reds(picture: Image.Image, box: Box) -> int:
    """Return how many pixels around a box's edges are red."""
    edges = (round(box.left) - 8, round(box.top) - 8, round(box.right) + 8, round(box.bottom) + 8)
    pixels = picture.convert("RGB").crop(edges).tobytes()
    return sum(red > 150 and green < 90 for red, green in zip(pixels[::3], pixels[1::3], strict=True))


async def test_figures_are_framed_where_they_stand() -> None:
    """A frame lies around the total, and none around what is no figure of the receipt."""
    one = filed(receipt())
    (page,) = await (await artist(one)).pages(one, READING, framed(one, READING))
    assert not page.is_roll
    boxes = {line.text: line.box for line in READING.lines if line.box}
    with Image.open(BytesIO(page.picture)) as picture:
        assert picture.size == (600, 900)
        assert reds(picture, boxes["EUR 11.34"]) > 200
        assert reds(picture, boxes["Paid with Visa"]) == 0


async def test_both_values_are_put_below_each_other() -> None:
    """Two strips, as wide as a phone shows them."""
    found = receipt()
    evidence = found.evidence["total"].model_copy(update={"other": "3.50", "other_lines": (4,)})
    one = filed(found.model_copy(update={"evidence": {**found.evidence, "total": evidence}}))
    both = await (await artist(one)).both(one, READING, DOUBT)
    assert both is not None
    with Image.open(BytesIO(both)) as picture:
        assert picture.format == "JPEG"
        assert picture.width > 2 * picture.height
    nowhere = replace(one, receipt=found)
    assert await (await artist(nowhere)).both(nowhere, READING, DOUBT) is None
