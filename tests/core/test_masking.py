"""Personal numbers are masked before anything goes to a cloud, and the receipt's figures never are."""

from __future__ import annotations

import time

import pytest

from core.boxes import own_size
from core.disguise import disguised, longest_for
from core.masking import Masked, mask, mask_text
from core.receipt import Box, Line, Reading

CARD, ACCOUNT, PHONE, MAIL, LOYALTY = (
    kind.value for kind in (Masked.CARD, Masked.ACCOUNT, Masked.PHONE, Masked.MAIL, Masked.LOYALTY)
)


def _reading(*texts: str) -> Reading:
    return Reading(lines=tuple(Line(text=text) for text in texts))


def _row(*cells: tuple[str, float], tilt: float = 0.0) -> Reading:
    """Return a reading of one row: each cell with where it begins; a character is 10 pixels wide, a line 20 high."""
    boxes = [Box(left=left, top=100, right=left + 10 * len(text), bottom=120, tilt=tilt) for text, left in cells]
    lines = tuple(Line(text=text, box=box) for (text, _), box in zip(cells, boxes, strict=True))
    return Reading(lines=lines, pages=((1000, 2000),), turned=(90,))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("VISA 4111 1111 1111 1111 32.27", "VISA [card number] 32.27"),
        ("5500-0000-0000-0004", "[card number]"),
        ("3400 000000 00009", "[card number]"),
        ("4111.1111.1111.1111", "[card number]"),
        ("EC-Karte:4111111111111111", "EC-Karte:[card number]"),
        ("4111 1l11 1I11 1111", "[card number]"),
        ("４１１１ １１１１ １１１１ １１１１", "[card number]"),
        ("4111\u200b 1111 1111 1111", "[card number]"),
        ("4111 1111 1111 11**", "[card number]"),
    ],
)
def test_card_numbers_are_masked(text: str, masked: str) -> None:
    """However they are grouped, with an OCR's slips, and half masked ones that show too much."""
    assert mask_text(text) == (masked, {CARD: 1})


@pytest.mark.parametrize(
    "text",
    [
        "**** **** **** 1234",
        "XXXX1234",
        "CARD NO 45 XXXXXXXX 2468",
        "VISA ************2468",
        "411111******1111",
        "Card 1234",
    ],
)
def test_what_is_masked_on_paper_stays_as_it_is(text: str) -> None:
    """At most the first six digits and the last four are there: nobody has the number from those."""
    assert mask_text(text) == (text, {})


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("DE89 3704 0044 0532 0130 00", "[account number]"),
        ("IBAN: GB29NWBK60161331926819 BIC NWBKGB2L", "IBAN: [account number] BIC NWBKGB2L"),
        ("FR14 2004 1010 0505 0001 3M02 606", "[account number]"),
        ("IBAN DE89 37O4 OO44 O532 O13O OO", "IBAN [account number]"),
        ("NL91 ABNA 0417 I643 00", "[account number]"),
        ("NO93 8601 1117 947", "[account number]"),
        ("Konto-Nr. 1234567", "Konto-Nr. [account number]"),
        ("BANK ACC MYB 5120 3344 5566", "BANK ACC MYB [account number]"),
    ],
)
def test_account_numbers_are_masked(text: str, masked: str) -> None:
    """Where the checksum holds, also once letters are taken for the digits they look like."""
    assert mask_text(text) == (masked, {ACCOUNT: 1})


@pytest.mark.parametrize(
    "text",
    [
        "TEL:07-5550123", "Tel.: 030 / 12345678", "Tél : 02.49.11.22.33", "Telp. (021) 1234567",
        "FAX : 603-55501234", "H/P: 019-555 0177", "No. Tel : 03-5550 1023/1024", "☎ 03-1234-5678",
        "電話：03-1234-5678", "Telefon +36 1 234 5678", "Тел. +7 (495) 123-45-67", "Τηλ: 210 1234567",
        "هاتف: ٠٥٠١٢٣٤٥٦٧", "CALL8005550143", "Mobile No.: 60125550199", "+603-5550-1188", "(608)555-0134",
        "206-555-0142", "0161 496 0000", "03-55501234", "1-300-55-1234", "T: +44 (0)20 7946 0958",
        "Tel: O3-55501234", "Puh. 09 123 4567", "SĐT: 0912 345 678", "전화 02-123-4567",
        "Tlf. 22 33 44 55",
    ],
)  # fmt: skip
def test_phone_numbers_of_many_countries_are_masked(text: str) -> None:
    """With a word before them, or by their writing alone; no digit of one is left."""
    masked, counts = mask_text(text)
    assert counts == {PHONE: 1}
    assert not any(map(str.isdigit, masked))


def test_several_numbers_after_one_word_are_all_masked() -> None:
    """A stroke, a comma or a space may stand between them."""
    assert mask_text("TEL:012-5550122 / 010-5550133")[1] == {PHONE: 2}
    assert mask_text("Tel: 03 1234 5678 0912 345 678 Fax 03-1234567")[0] == f"Tel: [{PHONE}] [{PHONE}] Fax [{PHONE}]"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mail: Anna.B@example.co.uk!", "mail: [e-mail address]!"),
        ("info @ shop.com", "[e-mail address]"),
        ("info@shop,com", "[e-mail address]"),
        ("SHOP88@GMAIL . COM", "[e-mail address]"),
        ("E-Mail: hallo©laden.de", "E-Mail: [e-mail address]"),
    ],
)
def test_addresses_are_masked(text: str, masked: str) -> None:
    """Also with the slips of an OCR."""
    assert mask_text(text) == (masked, {MAIL: 1})


@pytest.mark.parametrize(
    "text",
    [
        "MEMBER NUM : 70123456", "Kundenkarte 1234567890", "PAYBACK Karten-Nr. 3083420012345678",
        "Clubcard: 634004024012345678", "Carte de fidélité n° 29801234", "Carta Fedeltà 0401234567",
        "No. ahli: 98765432", "会員番号 1234567890", "N° socio 123456", "VALUED CUSTOMER: 2230004455",
        "Card No. 1234567", "Member no MO55123", "회원번호: 12345678", "Kundennr. 4711001",
    ],
)  # fmt: skip
def test_loyalty_numbers_are_masked(text: str) -> None:
    """After a word for them in many languages."""
    masked, counts = mask_text(text)
    assert counts == {LOYALTY: 1}
    assert not any(map(str.isdigit, masked))


@pytest.mark.parametrize(
    "text",
    [
        "TOTAL 1,234.56", "75,000 150,000 225,000", "12.50 4.50 17.00 100.00", "5100 2600 7700 15400",
        "1.234,56 EUR", "06/08/2015 09:10:11", "2026-03-12 14:32", "12.03.2026", "21/07/19 00:15 70123 02 5100",
        "2 x Greek yoghurt @ 2.40", "12.345@ $2.199/GAL", "SR @ 6%", "GST ID : 000123456789",
        "TIN#123-456-789-000VAT", "VAT No. GB 123 4567 89", "USt-IdNr. DE123456789", "CIF:B12345678",
        "CNPJ 12.345.678/0001-90", "ABN:51824753556", "BTW Nummer 123/456/78901",
        "INVOICE NO: 2019031120300040055", "RECEIPT#: AB00012345", "REF NO: 00700123456789012",
        "AID A0000000012345", "4947989310729 1 X 7.30", "1X 000002000334", "9550000111225", "01-220417",
        "1022 411 4110233", "2044 003 0050017", "HP 15 INK 12.50", "iPhone 15 128 GB 999.00",
        "MOBILE TOPUP 10.00", "Tel 12.50", "TEL: 12/03/2018 12:30", "QA15 - 10/250", "MEMBER DISCOUNT 10000",
        "Member price 1.250,00", "LOYALTY POINTS 120", "Bonus -10000", "Qty 100 200 300", "HP 1500000",
    ],
)  # fmt: skip
def test_figures_are_never_masked(text: str) -> None:
    """Amounts, dates, times, tax numbers, barcodes, receipt numbers and quantities stand as they were."""
    assert mask_text(text) == (text, {})


def test_an_amount_beside_a_number_stays() -> None:
    """On the same line, and as a column of the same row."""
    assert mask_text("TEL 012-5550100 12.50")[0] == "TEL [phone number] 12.50"
    masking = mask(_row(("Tel 03-1234567", 0), ("24.70", 800)))
    assert [line.text for line in masking.reading.lines] == ["Tel [phone number]", "24.70"]


def test_a_number_in_several_cells_of_a_row_is_masked() -> None:
    """Its parts lie near each other; each part is painted over, and it counts once."""
    masking = mask(_row(("VISA", 0), ("4111 1111", 60), ("1111 1111", 160), ("24.70", 800)))
    assert [line.text for line in masking.reading.lines] == ["VISA", "[card number]", "[card number]", "24.70"]
    assert masking.counts == {CARD: 1}
    assert len(masking.covered) == 2


def test_columns_of_amounts_are_no_card_number() -> None:
    """4111 1111 1111 1111 far apart are four amounts."""
    masking = mask(_row(("4111", 0), ("1111", 300), ("1111", 600), ("1111", 900)))
    assert masking.counts == {}


def test_a_number_split_over_lines_without_boxes_is_masked() -> None:
    """A reader that gives no places breaks lines where it likes."""
    masking = mask(_reading("VISA 4111 1111", "1111 1111", "24.70"))
    assert [line.text for line in masking.reading.lines] == ["VISA [card number]", "[card number]", "24.70"]


def test_a_word_at_the_end_of_a_row_tells_what_begins_the_next() -> None:
    """The number stands below its word."""
    masking = mask(_reading("MOBILE NO.:", "60125550199", "Tel:", "12/03/2026", "Kundenkarte", "1234567890"))
    assert masking.reading.text.split("\n")[1::2] == ["[phone number]", "12/03/2026", "[loyalty number]"]


def test_a_number_is_known_again_where_no_word_stands() -> None:
    """Also in the lines of a second reader, which count no second time."""
    reading = _reading("Member no. 2230004455", "TOTAL 24.70", "2230004455").model_copy(
        update={"second": ("Member no. 2230004455", "TOTAL 24.70")}
    )
    masking = mask(reading)
    assert masking.reading.text == "Member no. [loyalty number]\nTOTAL 24.70\n[loyalty number]"
    assert masking.reading.second == ("Member no. [loyalty number]", "TOTAL 24.70")
    assert masking.counts == {LOYALTY: 2}


def test_lines_keep_their_number_order_boxes_and_scores() -> None:
    """So that what points at lines still points at them."""
    reading = Reading(
        lines=(
            Line(text="Tel 03-1234567", box=Box(left=0, top=0, right=140, bottom=20), score=0.9, page=0),
            Line(text="TOTAL 24.70", box=Box(left=0, top=40, right=110, bottom=60), score=0.8, page=0),
        ),
        pages=((200, 100),),
    )
    masked = mask(reading).reading
    assert [line.model_copy(update={"text": ""}) for line in masked.lines] == [
        line.model_copy(update={"text": ""}) for line in reading.lines
    ]
    assert masked.pages == reading.pages


def test_only_the_number_of_a_line_is_covered() -> None:
    """With a margin, and not the amount beside it."""
    (page, box), = mask(_row(("VISA CARD 4111 1111 1111 1111     24.70", 100))).covered  # fmt: skip
    assert page == 0
    assert 170 < box.left < 200
    assert 390 <= box.right < 440


def test_the_cover_of_a_tilted_line_is_tilted() -> None:
    """It is as high as the type is, and lies further down the further right it stands."""
    tilted = Line(text="CARD 4111 1111 1111 1111", box=Box(left=100, top=100, right=900, bottom=260, tilt=10))
    ((_, box),) = mask(Reading(lines=(tilted,), pages=((1000, 1000),))).covered
    assert box.tilt == 10
    whole = tilted.box
    assert whole is not None
    assert own_size(box)[1] == pytest.approx(own_size(whole)[1], abs=1)


def test_each_page_is_disguised_in_its_own_frame() -> None:
    """Turned as it was read; a page with findings whose place is not known is painted over whole."""
    lines = (
        Line(text="Tel 03-1234567", box=Box(left=0, top=0, right=140, bottom=20)),
        Line(text="Tel 03-7654321", page=1),
        Line(text="TOTAL 1.00", page=2),
    )
    reading = Reading(lines=lines, pages=((200, 400), (300, 500), (100, 1000)), turned=(90, 0, 270))
    masking = mask(reading)
    first, second, third = disguised(masking, reading)
    assert (first.page, first.turn, first.frame, len(first.covered)) == (1, 90, (200, 400), 1)
    assert masking.unplaced == {1}
    assert second.covered == (Box(left=0, top=0, right=300, bottom=500),)
    assert (third.page, third.turn, third.covered) == (3, 270, ())
    assert len(disguised(masking, reading, most_pages=2)) == 2


def test_a_till_roll_is_drawn_longer() -> None:
    """It keeps its width in pixels, up to a bound."""
    assert longest_for((1000, 1400)) == 1536
    assert longest_for((1000, 6000)) == 4608
    assert longest_for((100, 12000)) == 6144


@pytest.mark.parametrize(
    "text",
    [
        "1" * 200, "a@" * 500, "1 " * 2000, "(" * 3000, "+1" * 2000, "de89 " * 2000, "tel " * 3000,
        "no " * 3000 + "1", "4111 " * 2000, "x*" * 3000, "tel:" + "1-" * 2000, "@a." * 3000,
        "a.a," * 2000 + "@" + "a.a," * 2000, "\u0301" * 5000,
    ],
)  # fmt: skip
def test_hostile_lines_take_no_long_time(text: str) -> None:
    """No pattern goes back and forth over a line: a second is far more than any needs."""
    started = time.process_time()
    mask_text(text)
    assert time.process_time() - started < 1


def test_a_question_is_masked_line_by_line() -> None:
    """What is asked stays as it was otherwise."""
    text, counts = mask_text("How much in March?\nMy card is 4111 1111 1111 1111, my mail a.b@example.com")
    assert text == "How much in March?\nMy card is [card number], my mail [e-mail address]"
    assert counts == {CARD: 1, MAIL: 1}


@pytest.mark.parametrize(
    "rows",
    [
        ["VISA411111111111 1111"],
        ["41111 11111111111"],
        ["4111111111111 111"],
        ["VISA 4111 1111", "1111 1111"],
        ["VISA 4111 1111 1111", "1111"],
        ["IBAN DE89 3704 0044", "0532 0130 00"],
    ],
)
def test_a_number_whose_gaps_an_ocr_misplaced_or_that_goes_on_below_is_masked(rows: list[str]) -> None:
    """In lines with boxes, as a till's receipt has them."""
    boxes = [Box(left=40, top=40 * at, right=40 + 11 * len(row), bottom=40 * at + 24) for at, row in enumerate(rows)]
    lines = tuple(Line(text=row, box=box) for row, box in zip(rows, boxes, strict=True))
    masking = mask(Reading(lines=lines, pages=((600, 400),)))
    assert sum(masking.counts.values()) == 1
    assert len(masking.covered) == len(rows)
    assert "1111 1" not in masking.reading.text


@pytest.mark.parametrize(
    "text", ["VISA 4111 1111 1111 111", "Mastercard 5500 0000 0000 0005 1", "VISA 4111 1111 1111 1112"]
)
def test_a_card_s_number_with_a_slip_is_masked_after_its_word(text: str) -> None:
    """It tells nearly as much."""
    assert mask_text(text)[1] == {"card number": 1}
