"""The page of advice: figures of the account's own, or what is missing to have any."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from core.accounts import Account, TelegramUser
from core.adapters.advice_jobs import PHRASE
from core.adapters.wiring import Stores
from core.advice_facts import gather
from core.advisor import told_of
from core.budgets import Budget
from core.periods import PeriodKind, period_of
from core.phrasing import Phrasing
from core.receipt import Category, Doubt, DoubtKind
from tests.owner import as_owner
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.conftest import receiver
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.pages.spending import entered, spent

TODAY = datetime.now(UTC).date()
THIS_MONTH = period_of(PeriodKind.MONTH, TODAY)
EVIL = "<img src=x onerror=alert(1)>"


def _first(months_ago: int) -> str:
    return THIS_MONTH.shifted(-months_ago).first.isoformat()


def _part(browser: Browser, key: str) -> str:
    """Return a section of the page."""
    return browser.text.split(f'id="{key}"')[1].split("</section>")[0]


async def test_who_is_not_signed_in_signs_in_first(browser: Browser) -> None:
    """And comes back."""
    await browser.go("/advice")
    assert browser.place == "/login?next=/advice"


async def test_without_receipts_there_is_no_advice(browser: Browser, stores: Stores, account: Account) -> None:
    """Only how to begin."""
    await entered(browser, stores, account)
    assert "Advice needs receipts" in await browser.go("/advice")


async def test_with_few_receipts_it_is_said_what_is_missing(browser: Browser, stores: Stores, account: Account) -> None:
    """How many months, and how many there are."""
    await spent(stores, account, _first(1), "5")
    await entered(browser, stores, account)
    assert "receipts in each of the 3 months before this one. So far one has some" in await browser.go("/advice")


async def test_what_grew_and_recurs_and_is_unusual_is_told_with_amounts(
    browser: Browser, stores: Stores, account: Account
) -> None:
    """From the account's own receipts."""
    for months in range(5):
        await spent(stores, account, _first(months), "9.99", merchant="Netflix", category=Category.LEISURE)
    for months in (1, 2, 3, 4):
        await spent(stores, account, _first(months), "10", merchant="Lidl")
        await spent(stores, account, _first(months), "20", merchant="Lidl")
    await spent(stores, account, TODAY.isoformat(), "99", merchant="Lidl")
    await entered(browser, stores, account)
    await browser.go("/advice")
    grew = _part(browser, "grown")
    assert ("€99.00" in grew, "€30.00" in grew, "Leisure" in grew) == (True, True, False)
    assert ("Netflix" in _part(browser, "regulars"), "€9.99" in _part(browser, "regulars")) == (True, True)
    assert "receipts there came to" in _part(browser, "unusual")
    assert "€15.00" in _part(browser, "unusual")


async def test_bills_doubles_and_currencies_are_told(browser: Browser, stores: Stores, account: Account) -> None:
    """What is owed, what may be there twice, and what is never added."""
    day = TODAY.isoformat()
    await spent(stores, account, day, "5", merchant="Dentist", due_on=TODAY - timedelta(days=1))
    doubts = (Doubt(kind=DoubtKind.DUPLICATE, field=""),)
    await spent(stores, account, day, "7", merchant="Kiosk", currency="USD", doubts=doubts)
    await entered(browser, stores, account)
    await browser.go("/advice")
    assert "1 overdue" in _part(browser, "bills")
    assert "$7.00" in _part(browser, "doubles")
    assert ("€5.00" in _part(browser, "currencies"), "$7.00" in _part(browser, "currencies")) == (True, True)


async def test_others_receipts_are_no_advice(browser: Browser, stores: Stores, account: Account) -> None:
    """And HTML in a merchant's name stays text."""
    other = await stores.accounts.of(TelegramUser(8, "Eve"))
    await spent(stores, other, TODAY.isoformat(), "666", merchant="Secret", due_on=TODAY)
    await spent(stores, account, TODAY.isoformat(), "5", merchant=EVIL, due_on=date.max)
    await spent(stores, account, TODAY.isoformat(), "5", merchant=EVIL, due_on=TODAY)
    await entered(browser, stores, account)
    await browser.go("/advice")
    assert ("Secret" in browser.text, EVIL in browser.text, "&lt;img" in browser.text) == (False, False, True)


async def test_a_budget_is_set_shown_and_removed(browser: Browser, stores: Stores, account: Account) -> None:
    """Without scripts; in the currency that is used most unless another is chosen."""
    await spent(stores, account, TODAY.isoformat(), "40", currency="CHF")
    await entered(browser, stores, account)
    await browser.go("/advice")
    assert browser.fields("/advice/budget")["currency"] == "CHF"
    await browser.send("/advice/budget", category="groceries", amount="50")
    assert "Saved." in browser.text
    assert "Groceries: CHF40.00 of CHF50.00 spent by" in _part(browser, "budgets")
    assert await stores.budgets.of(account.id) == [Budget("groceries", "CHF", Decimal(50))]
    await browser.send("/advice/budget/remove")
    assert ("The budget is removed." in browser.text, await stores.budgets.of(account.id)) == (True, [])


async def test_a_budget_that_cannot_be_is_told_beside_what_was_typed(
    browser: Browser, stores: Stores, account: Account
) -> None:
    """And nothing is kept."""
    await entered(browser, stores, account)
    await browser.go("/advice")
    wrong: tuple[tuple[dict[str, str], str], ...] = (
        ({"amount": "no <b>", "currency": "EUR"}, "amount above zero"),
        ({"amount": "5", "currency": "XXX"}, "in which currency"),
        ({"amount": "5", "currency": "EUR", "category": EVIL}, "don&#39;t know the category"),
    )
    for typed, words in wrong:
        await browser.send("/advice/budget", None, **typed)
        assert (browser.status, words in browser.text, EVIL in browser.text) == (422, True, False)
        assert browser.fields("/advice/budget")["amount"] == typed["amount"]
    assert await stores.budgets.of(account.id) == []


async def test_a_budget_is_set_by_forms_of_ours_alone(browser: Browser, stores: Stores, account: Account) -> None:
    """Another site's form changes nothing."""
    await entered(browser, stores, account)
    fields = {"category": "", "amount": "5", "currency": "EUR"}
    await browser.post("/advice/budget", fields)
    assert (browser.status, await stores.budgets.of(account.id)) == (403, [])
    await browser.post("/advice/budget/remove", fields)
    assert browser.status == 403


async def test_kept_words_are_shown_while_the_facts_are_the_same(
    browser: Browser, stores: Stores, account: Account
) -> None:
    """Escaped, and said to be a model's; of other facts they are not shown."""
    await stores.budgets.put(account.id, Budget("", "EUR", Decimal(50)))
    facts = await gather(stores.advisor.sources, account, TODAY)
    words = Phrasing(told_of(facts, "en").hash, f"First {EVIL}\n\nSecond.", "Gemini")
    await stores.phrasings.put(account.id, words)
    await entered(browser, stores, account)
    await browser.go("/advice")
    assert "Gemini put this into words" in _part(browser, "words")
    assert (EVIL in browser.text, '<p class="says">Second.</p>' in _part(browser, "words")) == (False, True)
    await stores.budgets.put(account.id, Budget("", "EUR", Decimal(60)))
    assert 'id="words"' not in await browser.go("/advice")


async def _jobs(stores: Stores) -> int:
    """Return how many phrasings are enqueued."""
    async with as_owner(stores) as owner:
        found = await owner.execute("select count(*) as n from jobs.procrastinate_jobs where task_name = %s", [PHRASE])
        row = await found.fetchone()
    return int(row["n"]) if row else 0


async def test_with_a_key_words_are_asked_for_the_next_visit(
    stores: Stores, gateway: RememberedPasswords, account: Account
) -> None:
    """Once at a time; the page itself asks nobody, and without a key nobody is asked at all."""
    await stores.budgets.put(account.id, Budget("", "EUR", Decimal(50)))
    for settings, jobs in (({}, 0), ({"GEMINI_API_KEY": "k" * 30}, 1)):
        async with receiver(stores, gateway, **settings) as site, Browser(site) as browser:
            await entered(browser, stores, account)
            for _ in range(3):
                await browser.go("/advice")
            assert (browser.status, await _jobs(stores)) == (200, jobs)
