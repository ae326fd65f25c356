"""/advice and /budget: what an account's own figures say, and what it wants to spend at most."""

from __future__ import annotations

from telegram import Update

from bot import keyboards, sentences
from bot.advice_cards import advice_text, budget_set, budgets_text
from bot.columns import clean
from bot.context import ChatContext, Shown
from bot.handlers.anything_else import on_unknown_command
from bot.sentences import fill
from core.advice_facts import heading_of, usual_currency
from core.advisor import Advisor
from core.budget_words import Wish, budget_of, category_of, read_wish


async def on_advice(update: Update, context: ChatContext) -> None:
    """Give advice: what grew, what recurs, what is unusual, what is owed, where budgets are heading."""
    advisor = context.parts.advisor
    if advisor is None:
        await on_unknown_command(update, context)
        return

    async def make() -> Shown:
        advice = await advisor.advise(context.account, context.today)
        if not advice.facts.has_receipts and not advice.facts.budgets:
            return sentences.NO_RECEIPTS, keyboards.of_start()
        return advice_text(advice, context.account.language), None

    await context.say_made(make)


async def on_budget(update: Update, context: ChatContext) -> None:
    """Show the budgets; or set or remove the one that was typed. Raises WrongBudget or TooManyBudgets."""
    advisor, argument = context.parts.advisor, " ".join(context.args or [])
    if advisor is None:
        await on_unknown_command(update, context)
        return
    if not argument:
        found = await heading_of(advisor.sources, context.account, context.today)
        await context.say(budgets_text(found, context.account.language, context.today))
        return
    wish = read_wish(argument)
    if wish is None:
        await context.say(fill(sentences.BUDGET_UNKNOWN, argument=clean(argument, 40)) + " " + sentences.BUDGET_WORKS)
    elif wish.amount is None:
        await _remove(context, advisor, wish)
    else:
        await _set(context, advisor, wish, wish.amount)


async def _set(context: ChatContext, advisor: Advisor, wish: Wish, amount: str) -> None:
    """Keep the budget that was typed, in the account's usual currency when none was."""
    account, sources = context.account, advisor.sources
    category = category_of(wish.category, [str(one) for one in account.offered])
    currency = wish.currency or await usual_currency(sources, account, context.today)
    budget = budget_of(category, amount, currency)
    await sources.budgets.put(account.id, budget)
    found = await heading_of(sources, account, context.today)
    await context.say(budget_set(budget, found, account.language, context.today))


async def _remove(context: ChatContext, advisor: Advisor, wish: Wish) -> None:
    """Remove the budget that was typed; one of a category that is not offered any more goes as well."""
    budgets, account = advisor.sources.budgets, context.account
    kept = [one.category for one in await budgets.of(account.id) if one.category]
    known = dict.fromkeys([*(str(one) for one in account.offered), *kept])
    category = category_of(wish.category, list(known))
    gone = await budgets.drop(account.id, category, wish.currency)
    sentence = sentences.BUDGET_GONE if gone else sentences.NO_SUCH_BUDGET
    which = f" in {wish.currency}" if wish.currency else ""
    await context.say(fill(sentence, category=f"{category or 'everything'}{which}"))
