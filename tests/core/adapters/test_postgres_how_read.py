"""What became of the fields of receipts is counted when it happens, and only what a person did to what was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from psycopg.errors import InsufficientPrivilege

from core.accounts import Account, TelegramUser
from core.adapters.database import owned
from core.adapters.wiring import Stores
from core.bookkeeper import Bookkeeper
from core.how_read import Field, HowRead
from core.ports import State
from core.receipt import Doubt, DoubtKind, Evidence, LineItem, Receipt, TaxLine
from core.signing_in import Identity
from tests.core.adapters.test_postgres_ledger import COFFEE, SENT, filed
from tests.owner import as_owner

TOTAL = Doubt(kind=DoubtKind.TOTAL_UNCLEAR, field="total", found="3.50", choices=("8.50",))
CLEAR = COFFEE.model_copy(update={"doubts": (), "read_by": ("local",)})


@pytest.fixture
def bookkeeper(stores: Stores) -> Bookkeeper:
    """Give a bookkeeper such as receivers have: it reads nothing."""
    return Bookkeeper(stores.photos, stores.ledger, stores.ledger, stores.rules, lambda: SENT)


async def test_a_receipt_nobody_touched_is_read_and_no_more(stores: Stores, account: Account) -> None:
    """Also one that still has a question open: it was asked about, and that is all that is known."""
    await filed(stores, account, "clear", CLEAR)
    await filed(stores, account, "asked", CLEAR.model_copy(update={"doubts": (TOTAL,)}))
    found = await stores.how_read.how_read(account.id)
    assert found == HowRead(receipts=2, since=SENT, fields=(Field("total", asked=1),))
    assert found.untouched == 2


async def test_a_receipt_counts_once_a_field_however_often_it_is_corrected(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """By a reply in the chat, or by a page's form with several at once."""
    saved = await filed(stores, account, "a", CLEAR)
    for total in ("9.99", "9.98"):
        await bookkeeper.correct(account, saved.id, "total", total)
    changes = {"merchant": "Löwe", "items.0.total": "9.98", "items.+": "Tip | 1", "taxes.0.-": ""}
    await bookkeeper.correct_all(account, saved.id, changes)
    found = await stores.how_read.how_read(account.id)
    corrected = {one.name: (one.corrected, one.unasked) for one in found.fields}
    assert corrected == dict.fromkeys(("total", "merchant", "items", "taxes"), (1, 1))
    assert (found.receipts, found.corrected, found.untouched) == (1, 1, 0)


async def test_what_is_taken_back_or_only_written_otherwise_is_no_correction(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """What was read stands: 3.5 is 3.50."""
    receipt = CLEAR.model_copy(
        update={
            "tip": Decimal("2.00"),
            "items": (LineItem(description="Tea 3.50", quantity=Decimal("1.0"), total=Decimal("3.50")),),
            "taxes": (TaxLine(label="MwSt", amount=Decimal("0.10")),),
        }
    )
    saved = await filed(stores, account, "a", receipt)
    await bookkeeper.correct(account, saved.id, "merchant", "Löwe")
    for field, value in (
        *(("merchant", "Café Löwe"), ("total", "3.5"), ("tip", "2"), ("items.0.quantity", "1")),
        *(("items.0.total", "3.5"), ("taxes.0.amount", "0.1")),
    ):
        await bookkeeper.correct(account, saved.id, field, value)
    assert await stores.how_read.how_read(account.id) == HowRead(receipts=1, since=SENT)


@pytest.mark.parametrize(
    ("name", "value"), [("total", "30.5"), ("total", "-3.5"), ("merchant", "Café Löwe."), ("items.0.description", "3")]
)
async def test_what_looks_alike_is_a_correction_all_the_same(
    stores: Stores, account: Account, bookkeeper: Bookkeeper, name: str, value: str
) -> None:
    """Another digit, a sign, a full stop."""
    saved = await filed(stores, account, "a", CLEAR)
    await bookkeeper.correct(account, saved.id, name, value)
    found = await stores.how_read.how_read(account.id)
    assert [one.corrected for one in found.fields] == [1]


async def test_a_question_is_confirmed_or_corrected_by_its_answer(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """ "It is right" confirms, another value corrects what had been asked about."""
    asked = CLEAR.model_copy(update={"doubts": (TOTAL,)})
    right, wrong = await filed(stores, account, "a", asked), await filed(stores, account, "b", asked)
    await bookkeeper.settle(account, right.id, 0, None)
    await bookkeeper.settle(account, wrong.id, 0, 0)
    found = await stores.how_read.how_read(account.id)
    assert found.of("total") == Field("total", asked=2, confirmed=1, corrected=1, unasked=0)
    assert (found.corrected, found.confirmed, found.untouched) == (1, 1, 0)


async def test_who_says_again_what_was_asked_about_confirms_it(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """And who takes one reader's side of two: neither kind of doubt is settled for good."""
    evidence = {"total": Evidence(other="8.50"), "bought_on": Evidence(confidence=0.1)}
    differ = Doubt(kind=DoubtKind.READERS_DIFFER, field="total", found="3.50", choices=("8.50",))
    date_doubt = Doubt(kind=DoubtKind.DATE_UNCLEAR, field="bought_on", found="2026-11-19")
    receipt = CLEAR.model_copy(update={"doubts": (differ, date_doubt), "evidence": evidence})
    saved = await filed(stores, account, "a", receipt)
    await bookkeeper.settle(account, saved.id, 0, None)
    await bookkeeper.correct(account, saved.id, "bought_on", "2026-11-19")
    found = await stores.how_read.how_read(account.id)
    assert [(one.name, one.confirmed) for one in found.fields] == [("bought_on", 1), ("total", 1)]
    assert (found.corrected, found.confirmed) == (0, 1)


async def test_answers_about_something_else_are_not_about_fields(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """Whether it was sent twice, whether it was paid; and a question about what the person wrote is none of ours."""
    twice = Doubt(kind=DoubtKind.DUPLICATE, field="receipt", choices=(str(uuid4()),))
    saved = await filed(stores, account, "a", CLEAR.model_copy(update={"doubts": (twice,)}))
    await bookkeeper.settle(account, saved.id, 0, None)
    await bookkeeper.pay(account, saved.id, SENT)
    assert await stores.how_read.how_read(account.id) == HowRead(receipts=1, since=SENT)
    other = await filed(stores, account, "b", CLEAR)
    unlikely = await bookkeeper.correct(account, other.id, "bought_on", "1980-01-01")
    assert unlikely is not None
    assert unlikely.receipt is not None
    await bookkeeper.settle(account, other.id, [one.field for one in unlikely.receipt.doubts].index("bought_on"), None)
    found = await stores.how_read.how_read(account.id)
    assert found.of("bought_on") == Field("bought_on", corrected=1, unasked=1)


async def test_a_rule_is_no_correction_and_its_receipts_count_as_they_were_placed(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """Who corrects a category corrects one receipt; those that the rule places afterwards were placed right."""
    saved = await filed(stores, account, "a", CLEAR)
    await bookkeeper.correct(account, saved.id, "category", "travel")
    await filed(stores, account, "b", CLEAR.model_copy(update={"category": "travel"}))
    await stores.rules.forget(account.id, "cafelowe")
    found = await stores.how_read.how_read(account.id)
    assert (found.receipts, found.of("category").corrected) == (2, 1)


async def test_what_a_person_wrote_by_hand_was_not_read(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """It is counted apart, whatever is written into it."""
    saved = await filed(stores, account, "a", CLEAR)
    found = await stores.ledger.find(account.id, saved.id)
    opened = await stores.ledger.open(account.id, "photo", "blurred", SENT)
    waiting = await stores.ledger.find(account.id, opened)
    assert found is not None
    assert waiting is not None
    await stores.ledger.save(replace(waiting, state=State.UNUSABLE, problem="Too dark."), None)
    await bookkeeper.write_down(account, opened)
    await bookkeeper.correct(account, opened, "total", "9.99")
    assert await stores.how_read.how_read(account.id) == HowRead(receipts=1, since=SENT, by_hand=1)


async def test_a_receipt_takes_along_what_became_of_it(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """Deleted it counts nowhere, restored again; gone for good, nothing is left."""
    saved = await filed(stores, account, "a", CLEAR)
    await bookkeeper.correct(account, saved.id, "total", "9.99")
    await bookkeeper.delete(account, saved.id)
    assert await stores.how_read.how_read(account.id) == HowRead()
    await bookkeeper.restore(account, saved.id)
    assert (await stores.how_read.how_read(account.id)).of("total").corrected == 1
    async with as_owner(stores) as owner:
        await owner.execute("delete from receipts")
    async with as_owner(stores) as owner:
        assert await (await owner.execute("table field_tallies")).fetchall() == []


async def test_only_receipts_sent_since_a_day_count_for_it(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """The day counts too."""
    saved = await filed(stores, account, "a", CLEAR)
    await filed(stores, account, "b", CLEAR)
    await bookkeeper.correct(account, saved.id, "total", "9.99")
    async with as_owner(stores) as owner:
        await owner.execute("update receipts set sent_on = %s where id = %s", [date(2026, 1, 5), saved.id])
    every, recent = [await stores.how_read.how_read(account.id, since) for since in (date(2026, 1, 5), SENT)]
    assert every == await stores.how_read.how_read(account.id)
    assert (every.receipts, every.since, every.corrected) == (2, date(2026, 1, 5), 1)
    assert recent == HowRead(receipts=1, since=SENT)
    assert await stores.how_read.how_read(account.id, SENT + timedelta(days=1)) == HowRead()


async def test_a_receipt_of_before_of_which_is_not_known_how_it_was_read_is_not_counted(
    stores: Stores, account: Account
) -> None:
    """Not as right, not as wrong."""
    await filed(stores, account, "a", CLEAR)
    async with as_owner(stores) as owner:
        await owner.execute("update receipts set as_read = null")
    assert await stores.how_read.how_read(account.id) == HowRead()


async def test_what_an_older_version_did_not_write_was_not_corrected(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """A receipt without its kind is a receipt, one without a list has an empty list."""
    saved = await filed(stores, account, "a", Receipt(merchant="Löwe", total=Decimal(3)))
    async with as_owner(stores) as owner:
        older = "receipt - array['kind', 'items', 'taxes', 'evidence', 'doubts', 'read_by', 'tip']"
        await owner.execute(f"update receipts set as_read = {older}, receipt = {older}".encode())
    await bookkeeper.correct(account, saved.id, "merchant", "Löwin")
    found = await stores.how_read.how_read(account.id)
    assert found.fields == (Field("merchant", corrected=1, unasked=1),)


@pytest.mark.parametrize(
    "hostile", ["7", '"total"', "[]", '{"doubts": [7], "evidence": "total", "items": {"a": ["1.0"]}}']
)
async def test_whatever_somebody_writes_into_their_own_rows_can_be_counted(
    stores: Stores, account: Account, hostile: str
) -> None:
    """Past the application, as a project's REST interface allows: it stops neither them nor a later count of all."""
    saved = await filed(stores, account, "a", CLEAR)
    async with owned(stores.pool, account.id) as connection:
        await connection.execute("update receipts set as_read = %s::jsonb", [hostile])
    async with owned(stores.pool, account.id) as connection:
        await connection.execute(
            "update receipts set receipt = %s::jsonb, as_read = receipt where id = %s", [hostile, saved.id]
        )
    async with as_owner(stores) as owner:
        await owner.execute("select private.tally_anew()")


async def test_nobody_is_told_of_anothers_receipts(stores: Stores, account: Account, bookkeeper: Bookkeeper) -> None:
    """Nor may anybody write what became of their own."""
    saved = await filed(stores, account, "a", CLEAR)
    await bookkeeper.correct(account, saved.id, "total", "9.99")
    eve = await stores.accounts.of(TelegramUser(8, "Eve"))
    assert await stores.how_read.how_read(eve.id) == HowRead()
    async with owned(stores.pool, eve.id) as connection:
        assert await (await connection.execute("select * from field_tallies")).fetchall() == []
    for statement in ("update field_tallies set corrected = 0", "delete from field_tallies"):
        with pytest.raises(InsufficientPrivilege):
            async with owned(stores.pool, account.id) as connection:
                await connection.execute(statement.encode())


async def test_what_a_guest_corrected_moves_to_their_account(stores: Stores, bookkeeper: Bookkeeper) -> None:
    """With the receipts, to what is counted there."""
    person = TelegramUser(7, "Ada")
    guest = await stores.accounts.of(person)
    saved = await filed(stores, guest, "a", CLEAR)
    await bookkeeper.correct(guest, saved.id, "total", "9.99")
    account = await stores.accounts.enter(Identity(uuid4(), "ada@example.org"))
    await filed(stores, account, "b", CLEAR)
    await stores.links.claim((await stores.links.invite(person)).token, account.id)
    found = await stores.how_read.how_read(account.id)
    assert (found.receipts, found.of("total").corrected) == (2, 1)
    assert await stores.how_read.how_read(guest.id) == HowRead()


async def test_an_empty_account_has_nothing_to_tell(stores: Stores, account: Account) -> None:
    """A photo that waits is no receipt yet."""
    await stores.ledger.open(account.id, "photo", "a", SENT)
    assert await stores.how_read.how_read(account.id) == HowRead()


async def test_a_reading_that_found_nothing_was_a_reading(stores: Stores, account: Account) -> None:
    """It names who read it."""
    await filed(stores, account, "a", Receipt(read_by=("local",)))
    assert (await stores.how_read.how_read(account.id)).receipts == 1
