"""Who sold, where a receipt names others, too: who bought, the mall, a slogan; and names printed unusually."""

import pytest

from core.checks import SURE_MERCHANT
from core.extraction.merchant import find_merchant
from core.extraction.weights import Weights
from tests.bench.heads import heads
from tests.bench.train_merchant import example_of, judge
from tests.core.test_merchant_countries import printed

SLIP = ("12/04/2024 14:22", "Milk 1L 2.10", "Bread 3.40", "TOTAL 5.50")


@pytest.mark.parametrize("label", ["Bill to:", "SOLD TO", "Messrs", "Customer:", "Rechnung an", "Client :", "Cliente"])
def test_a_firm_below_a_buyers_label_is_not_the_merchant(label: str) -> None:
    """The firm that pays has a company's form and the shop has none: the label decides."""
    reading = printed("INVOICE", label, "Ravenscar Holdings Ltd", "4 Dock Road", "From:", "Otter & Finch", *SLIP)
    assert find_merchant(reading)[0] == "Otter & Finch"


def test_a_firm_behind_a_buyers_label_is_not_the_merchant() -> None:
    """The label and the name stand in one line."""
    reading = printed("Otter Stationers", "12 Mill Road", "Customer: Ravenscar Holdings Ltd", *SLIP)
    assert find_merchant(reading)[0] == "Otter Stationers"


def test_a_customer_copy_names_no_buyer() -> None:
    """A label is followed by a colon or stands alone."""
    assert find_merchant(printed("CUSTOMER COPY", "Otter Bakery", "12 Mill Road", *SLIP))[0] == "Otter Bakery"


def test_the_shop_is_named_and_not_its_mall() -> None:
    """The mall stands first and in larger print."""
    reading = printed(("FALCON GATE SHOPPING MALL", 20), "Juice Heron", "Unit 14, Level 2", *SLIP)
    assert find_merchant(reading)[0] == "Juice Heron"


def test_a_slogan_in_large_print_is_not_the_merchant() -> None:
    """Words in small letters with "every day" are no name."""
    reading = printed(("Fresh food every day", 26), "Heron Greengrocers", "12 Mill Road", *SLIP)
    assert find_merchant(reading)[0] == "Heron Greengrocers"


def test_letters_that_stand_apart_are_words() -> None:
    """A logo is often spaced out."""
    assert find_merchant(printed(("C A F E  H E R O N", 32), "12 Mill Road", *SLIP))[0] == "CAFE HERON"


def test_a_name_in_two_lines_of_large_print_is_joined() -> None:
    """The second line says what is sold; both are of one size."""
    reading = printed(("HERON CREEK", 30), ("PHARMACY", 30), "12 Mill Road", *SLIP)
    assert find_merchant(reading)[0] == "HERON CREEK PHARMACY"


def test_a_name_before_its_address_in_one_line_is_cut_out() -> None:
    """What follows the comma is where it is."""
    assert find_merchant(printed("Heron & Otter, 14 Castle Street", "Tel 01803 555011", *SLIP))[0] == "Heron & Otter"


def test_who_is_named_behind_a_sellers_label_is_the_merchant() -> None:
    """A delivery service prints whose food it brings."""
    reading = printed("Order from Heron Noodles", "Order 5512", *SLIP)
    assert find_merchant(reading)[0] == "Heron Noodles"


def test_few_of_the_invented_heads_that_were_never_learned_from_mislead() -> None:
    """Of the names shown without a doubt 95 in 100 are useful, of all 85 in 100 right letter for letter."""
    weights = dict(Weights().merchant)
    judged = [judge(example_of(reading, told), weights) for reading, told in heads("heads_unseen.txt")]
    shown = [one.useful for one in judged if one.name and one.sure >= SURE_MERCHANT]
    assert sum(one.right for one in judged) >= 0.85 * len(judged)
    assert len(shown) >= 0.75 * len(judged)
    assert sum(shown) >= 0.95 * len(shown)
