"""Totals that lack something: a tax, tip or rounding beside them, digits beyond the edge, a word that calls them so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.checks import check
from core.extraction.amounts import find_figures
from core.extraction.offline import extract
from core.extraction.rows import find_rows
from core.ports import Hints
from core.receipt import Doubt, DoubtKind, Reading, TaxLine
from tests.core.extraction.pages import TODAY, page

HEAD = "CORNER STORE\n12 Hill Street\n2026-10-30\n"
AUSTIN = "Corner Store\nAustin, TX 78701\nOct 30, 2026\n"


def asked(reading: Reading) -> list[Doubt]:
    """Return the doubts about the total of a reading."""
    return [doubt for doubt in check(extract(reading, Hints(today=TODAY)), reading) if doubt.field == "total"]


@pytest.mark.parametrize(
    ("rows", "meant"),
    [
        (HEAD + "Tea  3.00\nCake  4.62\nTOTAL  7.62\nRounding  -0.02\nROUNDED\nCash  10.00\nChange  2.40", "7.60"),
        (HEAD + "Duck  33.00\nSALES  33.00\nGST 6%  1.98\nRounding  0.02\nTOTAL\nCash  55.00\nChange  20.00", "35.00"),
        (AUSTIN + "Cheese  4.40\nHam  20.00\nTAX  2.00\nTOTAL  $24.40", "26.40"),
        (HEAD + "Lamp  60.00\nVase  40.00\nNET AMOUNT  100.00\nVAT 20%  20.00", "120.00"),
        (HEAD + "Dinner  60.00\nWine  40.00\nTotal  100.00\nGratuity  18.00\nTotal", "118.00"),
    ],
)  # fmt: skip
def test_what_is_printed_and_not_in_the_total_is_asked_about(rows: str, meant: str) -> None:
    """The last total may be cut off or under a thumb: what the print comes to is the first answer."""
    doubt = asked(page(rows))[0]
    assert Decimal(doubt.choices[0]) == Decimal(meant)


@pytest.mark.parametrize(
    "rows",
    [
        "Tea  3.00\nCake  4.60\nTOTAL  7.60\nVAT 20% incl.  1.27",
        "Lamp  70.00\nVase  49.00\nTOTAL  119.00\nMwSt 19%  19.00",
        "Tea  3.00\nCake  4.62\nTOTAL  7.62\nRounding  -0.02\nNet total  7.60\nCash  8.00\nChange  0.40",
        "Tea  3.00\nCake  4.60\nSubtotal  7.60\nTip  1.40\nTOTAL  9.00",
        "Lamp  70.00\nVase  49.00\nSUMME  119.00\nMwSt  Brutto  Steuer\nA 19,0%  119.00  19.00",
        "Lamp  60.00\nVase  40.00\nTOTAL  100.00\nTax A  9.00\nTax B  2.00",
    ],
)
def test_what_the_total_contains_is_not_asked_about(rows: str) -> None:
    """A tax within the prices, a rounding or tip that is in the sum: silence."""
    assert asked(page(HEAD + rows)) == []


ROWS = HEAD + "Tea  33.00\nCake  34.60\nTOTAL  67.60"


def test_amounts_at_the_edge_of_the_picture_are_asked_about() -> None:
    """Where the picture ends in the column of amounts, their last digits may be beyond it."""
    whole = page(ROWS)
    edge = max(line.box.right for line in whole.lines if line.box)
    assert asked(whole) == []
    assert asked(whole.model_copy(update={"pages": ((int(edge), whole.pages[0][1]),)}))


@pytest.mark.parametrize("cut", ["67.6", "67."])
def test_a_total_without_its_last_digit_is_asked_about(cut: str) -> None:
    """One decimal, or a point with nothing behind it, is less than was printed."""
    assert asked(page(ROWS.replace("67.60", cut)))


def test_a_misread_digit_of_the_total_is_proposed_right() -> None:
    """The items come to 67.60: a total read as 87.60 is one easy slip away, and one question settles it."""
    doubts = check(extract(page(ROWS.replace("67.60", "87.60")), Hints(today=TODAY)), page(ROWS + "\n87.60"))
    kinds = {doubt.kind for doubt in doubts}
    assert kinds & {DoubtKind.SUM_DIFFERS, DoubtKind.ITEMS_DIFFER, DoubtKind.ITEM_UNCLEAR} == {DoubtKind.SUM_DIFFERS}


def test_a_saving_between_the_total_and_the_card_is_asked_about() -> None:
    """The card paid less than the total, by just what was saved."""
    doubt = asked(page(HEAD + "Socks  14.00\nTOTAL  14.00\nSAVINGS  -1.40\nVISA  12.60"))[0]
    assert "12.60" in doubt.choices


def test_cash_alone_is_no_total() -> None:
    """What was handed over may be more than was due."""
    assert asked(page(HEAD + "Tea\nCake\nCash  20.00"))


def test_money_back_without_a_minus_is_asked_about() -> None:
    """A refund of 34.99 is offered as 34.99 less."""
    doubt = asked(page("HARBOUR STORE\n2026-10-30\nREFUND RECEIPT\nScarf  34.99\nTOTAL REFUND  34.99"))[0]
    assert "-34.99" in doubt.choices


def test_gallons_with_three_decimals_are_no_thousands() -> None:
    """A price with a currency's sign and pennies shows which sign stands before the decimals."""
    found = extract(
        page("GAS STATION\nAlbany, NY 12207\n05/20/2026\nGALLONS  13.440\nPRICE/G  $3.499\nFUEL SALE  $47.03"),
        Hints(today=TODAY),
    )
    assert found.total == Decimal("47.03")


def test_a_total_that_includes_a_tax_of_so_much_is_that_tax() -> None:
    """`TOTAL INCLUDES GST 3.31` tells the tax, and no total."""
    rows = HEAD + "Crepes  14.60\nFish stew  21.80\nTOTAL  $36.40\nTOTAL INCLUDES GST  $3.31"
    assert extract(page(rows), Hints(today=TODAY)).total == Decimal("36.40")


def test_a_page_without_any_amount_that_could_be_the_total_is_read() -> None:
    """A foot that was photographed alone, with its change and nothing else: what is missing is asked for."""
    assert asked(page("Customer Change: Rp 0.00\n*4 Pcs\nPlum Tart\nBox of 4"))[0].kind is DoubtKind.TOTAL_MISSING


BILL = AUSTIN + "Steak  32.00\nWine  18.00\nSubtotal  50.00\nTax  4.13\nTotal  54.13\n"


@pytest.mark.parametrize(
    "rows",
    [
        "Suggested gratuity\n15%  7.50\n18%  9.00\n20%  10.00",
        "18%: (Tip $9.00 Total $63.13)\n20%: (Tip $10.00 Total $64.13)",
        "Trinkgeldvorschlag 10%  5.41",
        "TIP  ____\nTOTAL  ____\n18% = 9.74\n22% = 11.91",
    ],
)
def test_a_proposed_tip_is_no_tip(rows: str) -> None:
    """Nobody has paid it: it is neither in the bill nor a total."""
    found = extract(page(BILL + rows), Hints(today=TODAY))
    assert (found.total, found.tip, asked(page(BILL + rows))) == (Decimal("54.13"), None, [])


def test_a_long_list_with_per_cents_proposes_no_tips() -> None:
    """A hundred rows with a rate and its part of the same whole are prices, and are not compared in pairs."""
    rows = page("".join(f"Rate {at} {8 + at % 30}%  {2 * (8 + at % 30)}.00\n" for at in range(100)))
    figures = find_figures(find_rows(rows))
    assert sum(figure.amount and figure.unit != "%" for figure in figures) == 100


def test_a_tip_among_proposals_that_was_given_is_in_the_total() -> None:
    """Of two totals the one with the tip that stands before it was paid."""
    rows = BILL + "18% 9.00  Total 63.13\n20% 10.00  Total 64.13\nTip  7.23\nTotal  61.36"
    found = extract(page(rows), Hints(today=TODAY))
    assert (found.total, found.tip) == (Decimal("61.36"), Decimal("7.23"))


def test_a_rate_that_makes_no_sense_is_no_crash() -> None:
    """Somebody may correct a tax to 100 per cent less than nothing."""
    found = extract(page(ROWS), Hints(today=TODAY))
    odd = found.model_copy(update={"taxes": (TaxLine(label="VAT", rate=Decimal(-100), amount=Decimal("1.00")),)})
    assert isinstance(check(odd, page(ROWS)), tuple)


def test_a_total_without_a_word_that_two_sums_show_is_not_asked_about() -> None:
    """What was bought and what was paid come to the same amount: no word is needed."""
    assert asked(page(HEAD + "Tea  6.00\nCake  3.40\nTax  0.60\n10.00\nCash  20.00\nChange  10.00")) == []


def test_a_total_that_is_printed_twice_is_not_taken_for_misread() -> None:
    """The item is: it alone is asked about."""
    rows = page(HEAD + "Tea  33.00\nCake  39.60\nTOTAL  67.60\nVISA  67.60")
    kinds = {doubt.kind for doubt in check(extract(rows, Hints(today=TODAY)), rows)}
    assert DoubtKind.SUM_DIFFERS not in kinds


def test_a_total_that_one_of_several_items_costs_alone_is_asked_about() -> None:
    """Something is missing: a sum is more than its parts, unless something was taken off."""
    assert asked(page(HEAD + "Tea  11.20\nCake  2.10\nTOTAL  0.75"))
    assert asked(page(HEAD + "Tea  11.20\nCake  2.10\nDiscount  -3.10\nTOTAL  10.20")) == []


@pytest.mark.parametrize(
    "rows",
    [
        "Tea  11.50\nTax  1.00\nTOTAL  12.30",
        "Kebab  80.00\nTOTAL  84.31\nVISA  84.21",
        "Diesel 30,138 L x 1,659  30,00\nTOTAL  30,00",
        "Desk  10.00\nTOTAL  17.90\n19%  Net 10.00  VAT 1.90",
        "Noodles  78.00\nTOTAL  78.00\nDISCOUNT  -5.00\nAMOUNT DUE",
        "Dinner  100.00\nTax  8.00\nTotal  108.00\nTIP 20\nTOTAL 128",
        "Dinner  637.60\nCelkem  637.60\nZaokrouhlení  0,40",
        "Brochette\nTOTAL  14 500",
        "Boots  25.00\nREFUND\nTOTAL  25.00",
        "Leeds LS1 2AB\nTea  £100\nCake  £56\nTOTAL  £156",
        "서울\n비빔밥  23.50\n합계  23.50\n₩",
    ],
)
def test_what_contradicts_a_total_is_asked_about(rows: str) -> None:
    """One item and its tax, a card, litres times price, a table of taxes, what follows below: each may tell another."""
    assert asked(page(HEAD + rows))


@pytest.mark.parametrize(
    "rows",
    [
        "Book  28.00\nSet  11.99\nTax  3.05\nTOTAL  43.04\nGIFT CARD  25.00\nCASH  20.00\nCHANGE  1.96",
        "Dinner  28.00\nWine  12.00\nTOTAL  40.00\nVISA  20.00\nMASTERCARD  20.00",
    ],
)
def test_several_cards_pay_one_receipt(rows: str) -> None:
    """Together, and with cash less change, they come to the total: silence."""
    assert asked(page(HEAD + rows)) == []


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        ("Kuwait City\nKebab  2.500\nJuice  1.250\nTotal KD  3.750", "3.750"),
        ("Tunis\nCafé  4,500\nBrik  20,000\nTotal DT  24,500", "24.500"),
        ("Kigali\nBrochette  9 500\nFanta  5 000\nTOTAL  14 500", "14500"),
        ("GRAND ISLAND NE 68801\nUnleaded  52.64\nTOTAL  52.64", "52.64"),
    ],
)
def test_thousands_and_thousandths_are_told_apart(rows: str, total: str) -> None:
    """By the currency or its country, and by a column that parts its thousands with blanks; a postcode is neither."""
    assert extract(page("CORNER STORE\n2026-10-30\n" + rows), Hints(today=TODAY)).total == Decimal(total)
