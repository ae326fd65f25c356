"""The offline extractor answers from its thread as the pure function does."""

import pytest

from core.adapters.offline_extractor import OfflineExtractor
from core.errors import NotAReceipt
from core.ports import Hints
from core.receipt import Reading
from tests.core.extraction.pages import TODAY, page, receipt

BILL = "CORNER\nTea  3.00\nCake  4.00\nTOTAL  7.00"


async def test_it_extracts_what_the_function_extracts() -> None:
    """The same reading gives the same receipt."""
    assert await OfflineExtractor().extract(page(BILL), Hints(today=TODAY)) == receipt(BILL)


async def test_what_is_no_receipt_is_told() -> None:
    """The error of the function comes through."""
    with pytest.raises(NotAReceipt):
        await OfflineExtractor().extract(Reading(), Hints(today=TODAY))
