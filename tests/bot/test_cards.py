"""How a receipt looks in the chat."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from bot import cards, sentences
from bot.columns import WIDTH, clean, columns
from core.ports import State
from core.receipt import Doubt, DoubtKind, Kind, LineItem, Receipt, TaxLine
from tests.bot.fakes import coffee, doubtful, filed

WIDE = "東京ラーメン味噌チャーシュー大盛り餃子セット"


class _Tags(HTMLParser):
    """Collects the tags that a text opens."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.add(tag)


def _text(receipt: Receipt, locale: str = "en") -> str:
    return cards.answer(filed(receipt=receipt), locale)[0]


def _hostile(items: int) -> Receipt:
    words = "</pre><b>&amp;<script>\u202e\x00\n" * 200
    return coffee(
        merchant=words,
        number=words,
        payment_method=words,
        currency="XXX",
        items=tuple(LineItem(description=words, total=Decimal("1e11")) for _ in range(items)),
        taxes=tuple(TaxLine(label=words, amount=Decimal("1.23456789")) for _ in range(items)),
    )


def test_an_answer_names_merchant_date_items_and_total() -> None:
    """What a person looks for first is there, written for them."""
    text = _text(coffee())
    assert "Corner Café" in text
    assert "Oct 3, 2026" in text
    assert re.search(r"2 × Espresso +5\.00", text)
    assert "Total €7.50" in text


def test_amounts_and_dates_follow_the_readers_language() -> None:
    """Germans write a comma, and the day first."""
    text = _text(coffee(), "de")
    assert "7,50\xa0€" in text
    assert "03.10.2026" in text


@pytest.mark.parametrize("language", ["xx", "", "../../etc/passwd", "zh-hans", "pt-BR", "iw"])
def test_a_language_nobody_knows_is_no_error(language: str) -> None:
    """Telegram sends what the person's app says."""
    assert "Corner Café" in _text(coffee(), language)


def test_text_from_a_receipt_never_becomes_markup() -> None:
    """Only the tags that we write are there, whatever was printed."""
    assert _Tags(_text(_hostile(3))).found <= {"b", "pre", "code"}


@pytest.mark.parametrize("items", [0, 1, 31, 500])
def test_an_answer_always_fits_into_a_message(items: int) -> None:
    """4096 is Telegram's limit, in UTF-16 units; the HTML itself keeps it, so the text does."""
    doubt = Doubt(kind=DoubtKind.TOTAL_UNCLEAR, field="total", found="9" * 900, choices=("1.00",))
    receipt = _hostile(items).model_copy(update={"doubts": (doubt,)})
    assert len(_text(receipt).encode("utf-16-le")) // 2 <= 4096


def test_a_long_list_of_items_is_cut_with_the_number_that_is_left() -> None:
    """The answer stays readable, and says what it leaves out."""
    items = tuple(LineItem(description=f"thing {place}", total=Decimal(1)) for place in range(53))
    assert "… and 23 more" in _text(coffee(items=items))


def test_what_is_missing_is_said_and_never_zero() -> None:
    """Absent is absent: no 0.00 and no invented day."""
    text = _text(Receipt())
    assert all(words in text for words in (sentences.NO_MERCHANT, sentences.NO_DATE))
    assert "Total not found" in text
    assert not re.search(r"\d", text)


def test_without_a_currency_amounts_stand_bare() -> None:
    """No currency is guessed."""
    assert "Total 7.50" in _text(coffee(currency=None))


def test_items_are_written_with_as_many_decimals_as_were_printed() -> None:
    """Prices without decimals (rupiah, yen) get none."""
    receipt = coffee(items=(LineItem(description="Nasi goreng", total=Decimal("75000")),), currency="IDR")
    assert re.search(r"Nasi goreng +75,000$|Nasi goreng +75,000<", _text(receipt), re.MULTILINE)


def test_dinars_are_written_with_their_three_decimals() -> None:
    """Beside a total of KWD2,500.000 an item of 2,500 would be read as two and a half."""
    receipt = Receipt(items=(LineItem(description="Tea", total=Decimal(2500)),), total=Decimal(2500), currency="KWD")
    text = _text(receipt)
    assert "2,500.000\n" in text.replace("</pre>", "\n")
    assert "KWD2,500.000" in text


@pytest.mark.parametrize(
    ("label", "rate", "shown"),
    [
        ("VAT included", "20", "VAT included 20%"),
        ("TVA", "5.5", "incl. TVA 5.5%"),
        ("inkl. MwSt", "19", "inkl. MwSt 19%"),
    ],
)
def test_a_tax_in_the_prices_is_said_to_be_so_once(label: str, rate: str, shown: str) -> None:
    """With its rate as it was printed."""
    tax = TaxLine(label=label, rate=Decimal(rate), amount=Decimal("0.30"), included=True)
    row = next(row for row in _text(coffee(taxes=(tax,))).splitlines() if label in row)
    assert row.removeprefix("<pre>").startswith(f"{shown} ")


def test_the_table_of_items_fits_a_phone() -> None:
    """No line is wider than the block, with wide letters counted double."""
    rows = [("2 × Espresso with a long name", "5.00"), (WIDE, "1,234.50"), ("short", "")]
    widths = [sum(2 if letter in WIDE else 1 for letter in line) for line in columns(rows)]
    assert widths == [WIDTH] * 3


def test_control_and_direction_signs_are_taken_out_of_printed_text() -> None:
    """A printed right-to-left override would turn our own words round."""
    assert clean("To\u202etal\x00\n\t  9") == "To tal 9"


def test_the_first_open_doubt_is_asked_with_its_answers() -> None:
    """One question at a time: the settled one is not asked again."""
    settled = Doubt(kind=DoubtKind.MERCHANT_UNCLEAR, field="merchant", choices=("Other Café",))
    open_ = Doubt(kind=DoubtKind.DATE_UNCLEAR, field="bought_on", choices=("2026-10-03", "2026-03-10"))
    receipt = filed(receipt=coffee(doubts=(settled, open_)), settled=(settled.kind,))
    _, keyboard = cards.answer(receipt, "en")
    assert keyboard is not None
    assert [button.text for button in keyboard.inline_keyboard[0]] == ["Oct 3, 2026", "Mar 10, 2026"]


def test_an_unusable_photo_gets_its_own_sentence() -> None:
    """And no buttons, for there is nothing to press."""
    problem = filed(state=State.UNUSABLE, problem="I can't see any text in this <picture>.")
    text, keyboard = cards.answer(type(problem)(**{**vars(problem), "receipt": None}), "en")
    assert (text, keyboard) == ("I can't see any text in this &lt;picture&gt;.", None)


def test_a_waiting_receipt_is_still_being_read() -> None:
    """Until its answer is there."""
    assert cards.answer(filed(state=State.WAITING), "en") == (cards.reading_message(), None)


def test_a_credit_note_is_called_so() -> None:
    """It gives money back; "total" would say the opposite."""
    assert "Credit €7.50" in _text(coffee(kind=Kind.CREDIT_NOTE))


def test_a_row_of_the_list_says_when_where_and_how_much() -> None:
    """And that something is open, where something is."""
    doubt = Doubt(kind=DoubtKind.TOTAL_UNCLEAR, field="total", choices=("1.00",))
    text = cards.listed([filed(), doubtful(doubt)], 11, 30, "en")
    assert "11. Oct 3, 2026 · Corner Café · €7.50\n" in text
    assert f"12. Oct 3, 2026 · Corner Café · €7.50 · {sentences.TO_CHECK}" in text


def test_a_list_of_ten_longest_rows_fits_into_a_message() -> None:
    """Whatever was printed."""
    assert len(cards.listed([filed(receipt=_hostile(1))] * 10, 9991, 99999, "en")) <= 4096


def test_a_receipt_without_a_printed_date_is_listed_with_the_day_it_was_sent() -> None:
    """It counts on that day, but nobody takes that for the day of purchase."""
    undated = filed(receipt=coffee(bought_on=None), sent_on=date(2026, 10, 9))
    assert cards.named(undated, "en").startswith("no date, sent Oct 9, 2026 · ")


def test_the_proof_shows_how_the_total_comes_about() -> None:
    """The sum of what was printed, with a tick where it is the total."""
    receipt = coffee(taxes=(TaxLine(label="VAT", amount=Decimal("0.75")),), total=Decimal("8.25"))
    assert "items 7.50 + tax 0.75 = 8.25 ✓" in _text(receipt)


def test_a_discount_is_taken_off_in_the_proof() -> None:
    """With a minus before it."""
    receipt = coffee(discount=Decimal("0.5"), total=Decimal("7.00"))
    assert "items 7,50 − discount 0,50 = 7,00 ✓" in _text(receipt, "de")


def test_a_sum_that_is_not_the_total_is_said_plainly() -> None:
    """No tick, and both figures."""
    assert "items 7.50 = 7.50, but the total is 9.00" in _text(coffee(total=Decimal("9.00")))


def test_a_question_without_an_answer_to_press_says_how_to_answer() -> None:
    """By replying."""
    text, _ = cards.answer(doubtful(Doubt(kind=DoubtKind.TOTAL_MISSING, field="total"), total=None), "en")
    assert text.endswith("You can reply with <code>total 12.50</code>.")


@pytest.mark.parametrize(
    ("read_by", "missed", "told"),
    [
        (("Gemini", "local"), (), "<i>Read by Gemini, checked against the reading on this machine.</i>"),
        (("local",), ("Gemini did not answer",), "<i>Gemini did not answer, so I read it on this machine alone.</i>"),
        (("<b>",), (), "Read by &lt;b&gt;."),
    ],
)
def test_who_read_it_stands_below(read_by: tuple[str, ...], missed: tuple[str, ...], told: str) -> None:
    """In one line, and none where this machine read it as it should."""
    text, _ = cards.answer(filed(receipt=coffee(read_by=read_by, missed=missed)), "en")
    assert told in text
    assert "<i>" not in cards.answer(filed(receipt=coffee(read_by=("local",))), "en")[0]
