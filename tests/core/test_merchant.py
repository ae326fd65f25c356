"""The merchant's name: which lines it stands in, and what is cut off."""

import pytest

from core.checks import check
from core.extraction.merchant import find_merchant
from core.extraction.merchant_names import tidy_name
from core.receipt import Box, DoubtKind, Evidence, Line, Reading, Receipt

Row = tuple[str, int]
"""A centred line of print and the height of its type in pixels."""


def page(*rows: Row) -> Reading:
    """Return centred rows below each other on a page 400 pixels wide."""
    lines, top = [], 10.0
    for text, height in rows:
        half = len(text) * height * 0.3
        box = Box(left=200 - half, top=top, right=200 + half, bottom=top + height)
        lines.append(Line(text=text, box=box, score=0.98))
        top += height * 1.3
    return Reading(lines=tuple(lines), pages=((400, 900),))


SLIP: tuple[Row, ...] = (("17/03/2024 18:22", 16), ("Milk 1L 2.10", 16), ("Bread 3.40", 16), ("TOTAL 5.50", 16))


def test_the_name_is_the_line_above_the_address() -> None:
    """Neither the heading nor the address nor the telephone is the name."""
    reading = page(
        *(("TAX INVOICE", 16), ("BLUE HERON TRADING SDN BHD", 18), ("12, JALAN BUKIT 3", 16)),
        *(("TEL: 03-5550 1234", 16), *SLIP),
    )
    assert find_merchant(reading)[0] == "BLUE HERON TRADING SDN BHD"


def test_a_company_form_on_its_own_line_belongs_to_the_name() -> None:
    """A name that is broken before SDN BHD is joined."""
    reading = page(("PASAR HARIAN SERI ANGSANA", 18), ("SDN BHD", 18), ("NO 4, JALAN ANGSANA", 16), *SLIP)
    assert find_merchant(reading)[0] == "PASAR HARIAN SERI ANGSANA SDN BHD"


def test_large_print_beats_a_greeting() -> None:
    """WELCOME is no name."""
    reading = page(("WELCOME", 16), ("Otter & Finch Café", 34), ("41 Mill Road", 16), ("Austin, TX 78701", 16), *SLIP)
    assert find_merchant(reading)[0] == "Otter & Finch Café"


def test_the_evidence_names_the_lines_and_how_sure_it_is() -> None:
    """The chosen line's index and a confidence from 0 to 1 come back."""
    _, why = find_merchant(page(("OTTER BAKERY LTD", 20), ("41 Mill Road", 16), ("Tel 01223 555123", 16), *SLIP))
    assert why.lines == (0,)
    assert why.confidence is not None
    assert 0.5 < why.confidence <= 1.0


def test_lines_without_boxes_are_enough() -> None:
    """A PDF's own text has a merchant too."""
    texts = ("Otter Bakery GmbH", "Mühlenweg 4", "10115 Berlin", "Rechnung", "Summe 5,50")
    assert find_merchant(Reading(lines=tuple(Line(text=text) for text in texts)))[0] == "Otter Bakery GmbH"


def test_an_empty_reading_has_no_merchant() -> None:
    """Nothing printed, nothing found."""
    assert find_merchant(Reading())[0] is None


def test_figures_alone_are_no_merchant() -> None:
    """A page of numbers has no name."""
    assert find_merchant(page(("12.50", 20), ("03-5550 1234", 16), ("****", 16)))[0] is None


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("BLUE HERON SDN BHD (123456-X)", "BLUE HERON SDN BHD"),
        ("Blue Heron Sdn. Bhd. (Co. No: 123456-X)", "Blue Heron Sdn. Bhd."),
        ("BLUE HERON SDN 8HD", "BLUE HERON SDN BHD"),
        ("*** OTTER BAKERY ***", "OTTER BAKERY"),
        ("OTTER BAKERY (EAST)", "OTTER BAKERY (EAST)"),
        ("OTTER INC.", "OTTER INC."),
        ("OTTER BAKERY.", "OTTER BAKERY"),
        ("Otter Bakery Tel: 01223 555123", "Otter Bakery"),
        ("OTTER (2012) PTE LTD", "OTTER (2012) PTE LTD"),
        ("0TTER BAKERY", "OTTER BAKERY"),
        ("********************", ""),
    ],
)
def test_a_name_is_tidied(printed: str, name: str) -> None:
    """Registration numbers, ornaments and slips of the OCR go; brackets that belong to the name stay."""
    assert tidy_name(printed) == name


def scored(*lines: tuple[str, float]) -> Reading:
    """Return lines without boxes, each with the score that the OCR gave it."""
    return Reading(lines=tuple(Line(text=text, score=score) for text, score in lines))


def test_a_clearer_print_at_the_foot_mends_the_name() -> None:
    """The logo's letters are hard to read; the same name further down is not."""
    reading = scored(
        *(("THlSTLE & BURK", 0.88), ("41 Mill Road", 0.99), ("Tel 01223 555123", 0.99), ("Milk  2.10", 0.99)),
        *(("TOTAL  2.10", 0.99), ("Thank you for shopping at THISTLE & BURR", 0.98)),
    )
    assert find_merchant(reading)[0] == "THISTLE & BURR"


def test_a_clear_name_is_left_as_it_is_printed() -> None:
    """Another spelling further down is no better than clear print."""
    reading = scored(
        *(("THISTLE & BURR", 0.99), ("41 Mill Road", 0.99), ("Tel 01223 555123", 0.99), ("Milk  2.10", 0.99)),
        *(("TOTAL  2.10", 0.99), ("THISTLES & BURR", 1.0)),
    )
    assert find_merchant(reading)[0] == "THISTLE & BURR"


def test_a_confused_letter_of_a_known_word_is_mended() -> None:
    """BAKERLES is BAKERIES, where the OCR was unsure."""
    rest = (("41 Mill Road", 0.99), ("Tel 01223 555123", 0.99), ("Milk  2.10", 0.99), ("TOTAL  2.10", 0.99))
    assert find_merchant(scored(("OTTER BAKERLES", 0.97), *rest))[0] == "OTTER BAKERIES"


def test_words_that_the_ocr_glued_are_still_words() -> None:
    """WELCOMETO greets and TAXINVOICE heads; the name between them is glued, too."""
    reading = scored(
        *(("WELCOMETO", 0.98), ("OtterBayRestaurant", 0.98), ("41MillRoad", 0.98), ("TAXINVOICE", 0.98)),
        *(("Soup  4.10", 0.98), ("TOTAL  4.10", 0.98)),
    )
    assert find_merchant(reading)[0] == "OtterBayRestaurant"


def test_names_that_contain_each_other_agree() -> None:
    """That it is Otter is sure, though the second line may belong to the name or not."""
    reading = page(("OTTER", 30), ("RIVERSIDE", 30), ("41 Mill Road", 16), ("Tel 01223 555123", 16), *SLIP)
    name, why = find_merchant(reading)
    assert name in {"OTTER", "OTTER RIVERSIDE"}
    assert why.confidence is not None
    assert why.confidence > 0.6


def test_where_nothing_looks_like_a_name_little_is_sure() -> None:
    """A page that begins with its items names no merchant for sure."""
    _, why = find_merchant(scored(("2 Soup  8.20", 0.99), ("1 Tea  2.00", 0.99), ("TOTAL  10.20", 0.99)))
    assert (why.confidence or 0.0) < 0.6


def test_a_name_that_is_unsure_is_asked_about_even_without_another() -> None:
    """A lone line that may be anything is no merchant for sure; the person can type who it was."""
    for sure, asked in ((0.5, True), (0.9, False)):
        receipt = Receipt(merchant="Otter", evidence={"merchant": Evidence(confidence=sure)})
        kinds = {doubt.kind for doubt in check(receipt, Reading())}
        assert (DoubtKind.MERCHANT_UNCLEAR in kinds) is asked
