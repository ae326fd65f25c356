"""A receipt's page: every figure can be corrected, doubts settled, and what is deleted put back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from core.errors import NoText
from core.ports import State
from core.receipt import DoubtKind
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.shelf import CAFE, Shelf, bill, drawn

WRONG = CAFE.replace("EUR 11.34", "EUR 12.34")


async def opened(shelf: Shelf, text: str = CAFE) -> UUID:
    """Read a receipt and open its page."""
    receipt = await shelf.read(text)
    await shelf.browser.go(f"/receipts/{receipt}")
    return receipt


async def test_a_receipt_shows_its_figures_its_proof_and_its_picture(shelf: Shelf) -> None:
    """Each figure's field says where in the picture it was read."""
    receipt = await opened(shelf)
    text = shelf.browser.text
    assert "items 10.50 + tax 0.84 = 11.34 ✓" in text
    assert f'href="/receipts/{receipt}/page/1.jpg"' in text
    assert 'viewBox="0 0 600 900"' in text
    assert text.count('class="strip"') >= 8
    assert 'name="total" value="11.34"' in text


async def test_every_kind_of_field_can_be_corrected_and_what_was_read_stays_beside_it(shelf: Shelf) -> None:
    """One form, saved at once."""
    receipt = await opened(shelf)
    fields = {"merchant": "Corner Café", "bought_on": "2026-10-04", "currency": "usd", "category": "travel"}
    fields |= {"total": "12,34", "items.1.description": "Brioche", "items.1.quantity": "2", "taxes.0.amount": "1.84"}
    text = await shelf.browser.send(f"/receipts/{receipt}", **fields)
    now = await shelf.receipt(receipt)
    assert (now.merchant, now.bought_on, now.currency) == ("Corner Café", date(2026, 10, 4), "USD")
    assert (now.total, now.items[1].description, now.taxes[0].amount) == (
        Decimal("12.34"),
        "Brioche",
        Decimal("1.84"),
    )
    assert now.category == "travel"
    for was in ("CORNER CAFE", "2026-10-03", "EUR", "11.34", "Croissant", "nothing", "0.84"):
        assert f"read: <bdi>{was}</bdi>" in text
    assert "Saved." in text


async def test_a_value_that_does_not_fit_is_told_at_its_field_and_nothing_typed_is_lost(shelf: Shelf) -> None:
    """Nothing is saved until all of it fits."""
    receipt = await opened(shelf)
    before = await shelf.receipt(receipt)
    text = await shelf.browser.send(f"/receipts/{receipt}", total="a lot", merchant="Typed Shop")
    assert shelf.browser.status == 422
    assert "I can't take “a lot” as the total. Please write a number like 12.50." in text
    assert 'value="a lot"' in text
    assert 'value="Typed Shop"' in text
    assert 'aria-describedby="total-problem"' in text.replace("total-read ", "")
    assert await shelf.receipt(receipt) == before


async def test_items_are_added_and_removed(shelf: Shelf) -> None:
    """What was read and is gone is still told."""
    receipt = await opened(shelf)
    fields = {"items.0.-": "1", "items.+1.description": "Tea", "items.+1.total": "3.60"}
    text = await shelf.browser.send(f"/receipts/{receipt}", **fields)
    now = await shelf.receipt(receipt)
    assert [item.description for item in now.items] == ["Croissant", "Cake", "Tea"]
    assert now.items[2].total == Decimal("3.60")
    assert "removed: <bdi>Coffee 3.50</bdi>" in text


async def test_who_saves_an_older_page_is_asked_to_look_again(shelf: Shelf) -> None:
    """What changed meanwhile, in the chat, is not overwritten; what was typed is kept."""
    receipt = await opened(shelf)
    await shelf.bookkeeper.correct(shelf.account, receipt, "total", "99")
    text = await shelf.browser.send(f"/receipts/{receipt}", tip="1.00")
    assert shelf.browser.status == 409
    assert "This receipt has changed since you opened it" in text
    assert 'name="tip" value="1.00"' in text
    now = await shelf.receipt(receipt)
    assert (now.total, now.tip) == (Decimal(99), None)


async def test_a_doubt_is_settled_by_one_of_its_answers(shelf: Shelf) -> None:
    """The total that fits replaces the one that was read."""
    receipt = await opened(shelf, WRONG)
    assert "The printed parts come to €11.34, but I read €12.34 as the total." in shelf.browser.text
    await shelf.browser.send(f"/receipts/{receipt}/settle", choice="0")
    now = await shelf.receipt(receipt)
    assert (now.total, now.doubts) == (Decimal("11.34"), ())


@pytest.mark.parametrize("fields", [{"mark": "00000000"}, {"doubt": "7"}, {"choice": "99"}, {"choice": "x"}])
async def test_an_answer_to_another_question_changes_nothing(shelf: Shelf, fields: dict[str, str]) -> None:
    """The page may be an old one, or forged."""
    receipt = await opened(shelf, WRONG)
    before = await shelf.filed(receipt)
    text = await shelf.browser.send(f"/receipts/{receipt}/settle", **{"choice": "0", **fields})
    assert "That question is settled already." in text
    assert await shelf.filed(receipt) == before


async def test_a_deleted_receipt_is_put_back(shelf: Shelf) -> None:
    """Its page offers to undo it."""
    receipt = await opened(shelf)
    text = await shelf.browser.send(f"/receipts/{receipt}/delete")
    assert (await shelf.filed(receipt)).state is State.DELETED
    assert "Undo" in text
    assert "No receipts yet" in await shelf.browser.go("/receipts")
    await shelf.browser.go(f"/receipts/{receipt}")
    await shelf.browser.send(f"/receipts/{receipt}/restore")
    assert (await shelf.filed(receipt)).state is State.READ


@pytest.mark.parametrize(("choice", "states"), [("-", ("read", "read")), ("0", ("read", "deleted"))])
async def test_duplicates_stand_side_by_side_with_the_choice(
    shelf: Shelf, choice: str, states: tuple[str, str]
) -> None:
    """Keep both, or delete this one."""
    photo = drawn(CAFE)
    first, second = await shelf.read(CAFE, photo), await shelf.read(CAFE, photo)
    text = await shelf.browser.go(f"/receipts/{second}")
    assert f"/receipts/{first}/page/1.jpg" in text
    assert "The other one" in text
    await shelf.browser.send(f"/receipts/{second}/settle", choice=choice)
    assert ((await shelf.filed(first)).state, (await shelf.filed(second)).state) == states


async def test_of_duplicates_the_other_one_can_go(shelf: Shelf) -> None:
    """Then nothing is asked any more."""
    photo = drawn(CAFE)
    first, second = await shelf.read(CAFE, photo), await shelf.read(CAFE, photo)
    await shelf.browser.go(f"/receipts/{second}")
    text = await shelf.browser.send(f"/receipts/{second}/settle", choice="other")
    assert (await shelf.filed(first)).state is State.DELETED
    assert "You seem to have sent this receipt before" not in text


async def test_a_photo_that_could_not_be_used_can_be_written_down(shelf: Shelf) -> None:
    """Its sentence is shown; then every field is empty, and what is missing is asked."""
    receipt = await shelf.read(NoText())
    assert NoText().sentence in await shelf.browser.go(f"/receipts/{receipt}")
    await shelf.browser.send(f"/receipts/{receipt}/write-down")
    await shelf.browser.send(f"/receipts/{receipt}", total="4.20", merchant="Kiosk", currency="EUR")
    filed = await shelf.filed(receipt)
    assert filed.receipt is not None
    assert (filed.state, filed.receipt.total) == (State.READ, Decimal("4.20"))
    assert [doubt.kind for doubt in filed.receipt.doubts] == [DoubtKind.DATE_MISSING]


async def test_a_photo_that_could_not_be_used_is_deleted_and_put_back(shelf: Shelf) -> None:
    """It comes back as what it was."""
    receipt = await shelf.read(NoText())
    await shelf.browser.go(f"/receipts/{receipt}")
    await shelf.browser.send(f"/receipts/{receipt}/delete")
    assert (await shelf.filed(receipt)).state is State.DELETED
    await shelf.browser.send(f"/receipts/{receipt}/restore")
    assert (await shelf.filed(receipt)).state is State.UNUSABLE


async def test_while_a_receipt_is_read_its_page_says_so(shelf: Shelf) -> None:
    """It looks again by itself, and cannot be deleted yet."""
    receipt = await shelf.keep()
    text = await shelf.browser.go(f"/receipts/{receipt}")
    assert "Reading…" in text
    assert "data-waits" in text
    assert f"/receipts/{receipt}/delete" not in text


async def test_another_account_s_receipt_is_as_little_there_as_one_that_never_was(shelf: Shelf) -> None:
    """Every address of it, whether looked at or written to; the same page either way."""
    receipt = await opened(shelf)
    before = await shelf.filed(receipt)
    async with Browser(shelf.browser.server) as browser:
        other = await Shelf.of(shelf.stores, browser, 8)
        mine = await opened(other)
        token = other.browser.text.split('name="csrf" value="')[1].split('"')[0]
        for place in ("", "/page/1.jpg", "/photo"):
            pages = set()
            for one in (receipt, uuid4(), "nothing"):
                pages.add((await browser.go(f"/receipts/{one}{place}"), browser.status))
            assert [status for _, status in pages] == [404]
        for act in ("", "/settle", "/delete", "/restore", "/pay", "/write-down"):
            await browser.post(f"/receipts/{receipt}{act}", {"csrf": token, "total": "1", "paid": "yes", "seen": ""})
            assert browser.status == 404
        assert (await other.filed(mine)).state is State.READ
    assert await shelf.filed(receipt) == before


async def test_nothing_is_changed_by_a_form_of_another_site(shelf: Shelf) -> None:
    """Without the token of this browser."""
    receipt = await opened(shelf)
    for act in ("", "/settle", "/delete", "/restore", "/pay", "/write-down"):
        await shelf.browser.post(f"/receipts/{receipt}{act}", {"total": "1"})
        assert shelf.browser.status == 403
    assert (await shelf.filed(receipt)).state is State.READ


async def test_html_in_printed_text_is_text_on_the_page(shelf: Shelf) -> None:
    """In the merchant's name, an item, a tax, and in what is typed."""
    receipt = await opened(shelf)
    evil = '"><script>alert(1)</script>'
    for field in ("merchant", "items.0.description", "taxes.0.label", "number", "payment_method"):
        await shelf.bookkeeper.correct(shelf.account, receipt, field, evil)
    await shelf.browser.go(f"/receipts/{receipt}")
    await shelf.browser.send(f"/receipts/{receipt}", total=evil)
    assert shelf.browser.status == 422
    assert "<script>" not in shelf.browser.text
    twin = await shelf.read(bill("x"), (await shelf.stores.photos.fetch((await shelf.filed(receipt)).photo)))
    await shelf.browser.go(f"/receipts/{twin}")
    assert "<script>" not in shelf.browser.text
    await shelf.browser.go(f"/receipts/{receipt}")
    await shelf.browser.send(f"/receipts/{receipt}/delete")
    assert "<script>" not in shelf.browser.text
