"""A photo's way: who is asked, in which order, what is missed, and what leaves."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.adapters.offline_extractor import OfflineExtractor
from core.checks import Context, check
from core.cloud import Cloud, Order
from core.departures import Outing, Purpose
from core.drawings import Drawing
from core.errors import Misconfigured, NotAReceipt, NoText, Unavailable
from core.joining import joined
from core.model import Busy, NoGoodAnswer, OutOfQuota
from core.ports import Hints
from core.receipt import DoubtKind, Reading, Receipt
from core.road import Road
from tests.cloud.memory import MemoryRests, MemorySketches, MemoryTrip, ToldExtractor, ToldLocal, ToldReader
from tests.core.extraction.pages import TODAY, page
from tests.core.test_comparing import TEXT, theirs
from tests.core.test_several import BAKERY, GROCER, beside

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
PHOTO = b"photo"
CARD = "4111 1111 1111 1111"


@dataclass
class Trial:
    """A road with told services, and what is seen of it."""

    order: Order
    local: Reading | Exception = field(default_factory=lambda: page(TEXT))
    reader: ToldReader | None = None
    extractor: ToldExtractor | None = None
    rests: MemoryRests = field(default_factory=MemoryRests)
    sketches: MemorySketches = field(default_factory=MemorySketches)
    trip: MemoryTrip = field(default_factory=MemoryTrip)

    @property
    def road(self) -> Road:
        """Return the road."""
        cloud = Cloud(self.order, self.sketches, self.rests, lambda: NOW, self.reader, self.extractor)
        return Road(ToldLocal(self.local), OfflineExtractor(), cloud)

    async def go(self) -> tuple[Reading, Receipt]:
        """Walk it."""
        reading = await self.road.read(PHOTO, self.trip)

        async def fetch(which: int) -> bytes:
            return PHOTO + str(which).encode()

        return reading, await self.road.extract(reading, Hints(today=TODAY), fetch, self.trip)


def gemini(says: Receipt | Exception, **order: Any) -> Trial:
    """Return a road with a model beside the local extractor."""
    return Trial(Order(extractors=("gemini", "local"), **order), extractor=ToldExtractor(says))


def ocr(says: Any, **order: Any) -> Trial:
    """Return a road with an OCR service beside the local reader."""
    return Trial(Order(readers=("rapidapi", "local"), **order), reader=ToldReader(says))


async def test_both_read_and_both_are_named() -> None:
    """Who decided stands first."""
    trial = gemini(theirs())
    _, receipt = await trial.go()
    assert (receipt.read_by, receipt.missed) == (("Gemini", "local"), ())
    assert [one.purpose for one in trial.trip.left] == [Purpose.EXTRACTING]


async def test_without_keys_nothing_leaves() -> None:
    """And the receipt is the local one."""
    trial = Trial(Order())
    _, receipt = await trial.go()
    assert (receipt.read_by, receipt.missed, trial.trip.left) == (("local",), (), [])


async def test_of_a_picture_with_several_receipts_nothing_leaves() -> None:
    """What a service saw in it could be of any of them."""
    trial = gemini(theirs())
    trial.local = beside(BAKERY, GROCER)
    _, receipt = await trial.go()
    assert (receipt.merchant, receipt.total, trial.trip.left) == ("Corner Bakery", Decimal("7.15"), [])


async def test_each_receipt_of_a_picture_is_read_by_its_number() -> None:
    """Beyond the last there is none."""
    road = Trial(Order(), local=beside(BAKERY, GROCER)).road
    assert (await road.read(PHOTO, None, 1)).lines[0].text == "Green Grocer"
    with pytest.raises(NoText):
        await road.read(PHOTO, None, 2)


async def test_another_receipt_of_a_picture_is_never_read_elsewhere_instead() -> None:
    """Where this machine sees it no more, or is away, a service would take the whole picture for it."""
    for local in (page(TEXT), Unavailable("away")):
        trial = Trial(Order(readers=("rapidapi", "local"), masks=False), local, ToldReader("TOTAL 4.20"))
        with pytest.raises((NoText, Unavailable)):
            await trial.road.read(PHOTO, trial.trip, 1)
        assert trial.trip.left == []


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Unavailable("away"), "Gemini did not answer"),
        (OutOfQuota("a day"), "Gemini is over its quota"),
        (Busy("a minute", 50), "Gemini is too busy"),
        (NoGoodAnswer("blocked"), "Gemini gave no answer that can be used"),
        (Misconfigured(faults="the key"), "Gemini does not accept the key"),
    ],
)
async def test_when_the_model_fails_the_local_answer_is_given_at_once(fault: Exception, told: str) -> None:
    """And the receipt says why."""
    _, receipt = await gemini(fault).go()
    assert (receipt.total, receipt.read_by, receipt.missed) == (Decimal("10.45"), ("local",), (told,))


async def test_a_model_that_is_silent_is_waited_for_no_longer_than_was_set() -> None:
    """Half a second here."""
    began = time.monotonic()
    trial = Trial(Order(extractors=("gemini", "local"), seconds=0.5), extractor=ToldExtractor(theirs(), 30.0))
    _, receipt = await trial.go()
    assert receipt.missed == ("Gemini did not answer",)
    assert time.monotonic() - began < 3


async def test_a_service_that_is_away_is_left_alone_for_a_while() -> None:
    """The next photo does not wait for it."""
    trial = gemini(Unavailable("away"))
    await trial.go()
    _, receipt = await trial.go()
    assert trial.extractor is not None
    assert len(trial.extractor.texts) == 1
    assert "was not asked" in receipt.missed[0]
    trial.rests.known = {("Gemini", ""): NOW - timedelta(seconds=1)}
    await trial.go()
    assert len(trial.extractor.texts) == 2


async def test_the_second_reader_s_text_goes_to_the_model() -> None:
    """And is kept beside the reading, whose places stay."""
    trial = Trial(
        Order(readers=("rapidapi", "local"), extractors=("gemini", "local")),
        reader=ToldReader(TEXT.upper().split("\n")),
        extractor=ToldExtractor(theirs()),
    )
    reading, receipt = await trial.go()
    assert trial.extractor is not None
    assert trial.extractor.texts == [TEXT.upper()]
    assert (reading.second_reader, receipt.read_by) == ("RapidAPI", ("Gemini", "RapidAPI", "local"))
    assert reading.lines == page(TEXT).lines
    assert all(line.box for at in receipt.evidence["total"].lines for line in [reading.lines[at]])


async def test_text_without_places_is_extracted_and_compared() -> None:
    """With the OCR service alone, the local rules read its text too."""
    lines = TEXT.strip().replace("10.45", "16.45").splitlines()
    _, receipt = await ocr(lines).go()
    assert (receipt.total, receipt.evidence["total"].other) == (Decimal("10.45"), "16.45")
    assert receipt.read_by == ("RapidAPI", "local")


async def test_what_is_masked_leaves_neither_in_text_nor_in_a_picture() -> None:
    """The card's number is painted over and counted."""
    trial = gemini(theirs())
    trial.local = page(TEXT + f"VISA {CARD}\n")
    await trial.go()
    assert trial.extractor is not None
    assert CARD not in trial.extractor.texts[0]
    assert [len(drawing.covered) for _, drawing in trial.sketches.asked] == [1]
    assert sum(trial.trip.left[0].masked.values()) == 1


async def test_masking_can_be_turned_off() -> None:
    """It is a setting."""
    trial = gemini(theirs(), masks=False)
    trial.local = page(TEXT + f"VISA {CARD}\n")
    await trial.go()
    assert trial.extractor is not None
    assert CARD in trial.extractor.texts[0]


async def test_a_place_that_is_not_known_keeps_the_picture_here() -> None:
    """What cannot be painted over does not leave as a picture."""
    trial = gemini(theirs())
    read = page(TEXT + f"VISA {CARD}\n")
    trial.local = read.model_copy(update={"lines": tuple(line.model_copy(update={"box": None}) for line in read.lines)})
    await trial.go()
    assert trial.extractor is not None
    assert trial.extractor.pictures == [()]


async def test_what_cannot_be_read_here_leaves_only_without_masking() -> None:
    """Nobody knows what would have to be masked."""
    lines = TEXT.strip().splitlines()
    masked, open_ = ocr(lines), ocr(lines, masks=False)
    masked.local = open_.local = NoText()
    with pytest.raises(NoText):
        await masked.go()
    assert masked.trip.left == []
    reading, receipt = await open_.go()
    assert (reading.reader, receipt.total) == ("RapidAPI", Decimal("10.45"))
    assert receipt.read_by == ("RapidAPI",)


async def test_a_picture_of_something_else_is_none_for_both() -> None:
    """The model is asked, since the rules here may have missed the amounts; it finds none either."""
    trial = gemini(NoGoodAnswer("no amount"))
    trial.local = page("MISSING CAT\nanswers to the name of Minka")
    with pytest.raises(NotAReceipt):
        await trial.go()
    assert len(trial.trip.left) == 1


async def test_amounts_that_only_the_model_can_read_are_asked_about() -> None:
    """In words, or by hand: they are not among what was read here."""
    trial = gemini(theirs(total=Decimal("12.00"), items=(), taxes=(), subtotal=None))
    trial.local = page("Corner Bakery\nreceived with thanks\ntwelve dollars only")
    reading, receipt = await trial.go()
    assert receipt.total == Decimal("12.00")
    assert [doubt.kind for doubt in check(receipt, reading, Context(today=TODAY)) if doubt.field == "total"] == [
        DoubtKind.NOT_PRINTED
    ]


async def test_local_first_asks_the_model_only_when_nothing_is_found_here() -> None:
    """The lists are in the order of asking."""
    trial = Trial(Order(extractors=("local", "gemini")), extractor=ToldExtractor(theirs()))
    _, receipt = await trial.go()
    assert (receipt.read_by, trial.trip.left) == (("local",), [])


async def test_where_only_the_cloud_is_to_read_its_absence_is_for_the_queue() -> None:
    """The photo waits and is tried again."""
    trial = Trial(Order(extractors=("gemini",)), extractor=ToldExtractor(Unavailable("away")))
    with pytest.raises(Unavailable, match="Gemini did not answer"):
        await trial.go()
    reads = Trial(Order(readers=("rapidapi",)), reader=ToldReader(Unavailable("away")))
    with pytest.raises(Unavailable, match="RapidAPI did not answer"):
        await reads.go()


async def test_pages_of_several_photos_are_drawn_from_their_own() -> None:
    """A long receipt in two photos."""
    trial = gemini(theirs())
    read = page(TEXT)
    trial.local = read.model_copy(update={"pages": (*read.pages, *read.pages), "photos": (0, 1)})
    await trial.go()
    assert {(photo, drawing.page) for photo, drawing in trial.sketches.asked} == {(b"photo0", 1), (b"photo1", 1)}


async def test_what_two_photos_both_show_is_painted_over_in_both() -> None:
    """Lines of the overlap count once, and stand in both pictures."""
    rows = [
        "Corner Bakery",
        "19/10/2026",
        "Rye bread  4.20",
        "Croissant  2.30",
        "Tea  1.10",
        f"VISA {CARD}",
        "Milk  1.00",
    ]
    first, second = page("\n".join(rows)), page("\n".join([*rows[3:], "TOTAL  8.60"]))
    trial = gemini(theirs())
    trial.local = joined([first, second])
    await trial.go()
    assert [len(drawing.covered) for _, drawing in trial.sketches.asked] == [1, 1]


async def test_a_number_that_only_the_second_reader_saw_keeps_the_picture_here() -> None:
    """Where it stands is not known."""
    trial = gemini(theirs())
    trial.local = page(TEXT).model_copy(update={"second": ("TOTAL 10.45", f"VISA {CARD}"), "second_reader": "RapidAPI"})
    await trial.go()
    assert trial.extractor is not None
    assert trial.extractor.pictures == [()]
    assert CARD not in trial.extractor.texts[0]


@pytest.mark.parametrize("said", [["ok"], ["Internal Server Error"], TEXT.strip().splitlines()[:3]])
async def test_a_second_reader_that_saw_little_is_no_reader(said: list[str]) -> None:
    """The model gets the local text, and nothing is compared with a part."""
    trial = Trial(
        Order(readers=("rapidapi", "local"), extractors=("gemini", "local")),
        reader=ToldReader(said), extractor=ToldExtractor(theirs()),
    )  # fmt: skip
    await trial.go()
    assert trial.extractor is not None
    assert "10.45" in trial.extractor.texts[0]
    _, receipt = await ocr(said).go()
    assert receipt.evidence["total"].other is None


async def test_a_picture_that_takes_too_long_to_draw_stays_here_and_nobody_is_blamed() -> None:
    """The text alone goes to the model; who reads pictures only is not asked, does not rest, and is missed."""

    class Slow(MemorySketches):
        async def draw(self, photo: bytes, drawing: Drawing) -> bytes:
            raise Unavailable("too many drawings are asked for at once")

    trial = gemini(theirs())
    trial.sketches = Slow()
    _, receipt = await trial.go()
    assert (receipt.missed, len(trial.trip.left)) == ((), 1)
    reads = ocr(TEXT.splitlines())
    reads.sketches = Slow()
    _, receipt = await reads.go()
    assert "was not asked" in receipt.missed[0]
    assert (reads.trip.left, reads.rests.known) == ([], {})


@pytest.mark.parametrize("fault", [ValueError("x"), OverflowError(), RecursionError(), KeyError("y")])
async def test_whatever_a_service_does_the_photo_is_answered(fault: Exception) -> None:
    """Even what nobody thought of."""
    for trial in (gemini(fault), ocr(fault)):
        _, receipt = await trial.go()
        assert receipt.total == Decimal("10.45")
        assert receipt.missed


async def test_a_second_reader_is_no_witness_for_itself() -> None:
    """What it alone saw is asked about."""
    trial = ocr(["ACME SHOP", "18/10/2026", "TOTAL EUR 9999.00"])
    trial.local = page("ACME SHOP\n18/10/2026\nChange  0.00")
    reading, receipt = await trial.go()
    assert any(doubt.field == "total" for doubt in check(receipt, reading, Context(today=TODAY)))


async def test_a_category_named_like_an_address_stays_here() -> None:
    """It would go out with every receipt."""
    asked: list[Hints] = []

    class Asked(ToldExtractor):
        async def extract(self, text: str, pictures: tuple[bytes, ...], hints: Hints, outing: Outing) -> Receipt:
            asked.append(hints)
            return await super().extract(text, pictures, hints, outing)

    trial = Trial(Order(extractors=("gemini", "local")), extractor=Asked(theirs()))
    reading = await trial.road.read(PHOTO, trial.trip)

    async def fetch(_: int) -> bytes:
        return PHOTO

    hints = Hints(today=TODAY, categories=("groceries", "john.doe@example.org"))
    await trial.road.extract(reading, hints, fetch, trial.trip)
    assert asked[0].categories == ("groceries",)
