"""What an account says of categories: those of its own, and the rules that its corrections made."""

from __future__ import annotations

from aiohttp import web

from core.categories import FIELD, with_own, without_own
from core.choices import WrongChoices
from webhook.pages.account import account_page
from webhook.pages.frame import STORES, me, see_other
from webhook.pages.guards import form, signed_in

AT_CATEGORIES, AT_RULES = "/account#categories", "/account#rules"


@signed_in
async def on_add(request: web.Request) -> web.StreamResponse:
    """Add a category of the account's own, or say why that cannot be."""
    typed = (await form(request)).text(FIELD)
    try:
        changed = with_own(me(request), typed)
        await request.app[STORES].accounts.change(changed)
        see_other(AT_CATEGORIES, f"{changed.own[-1].capitalize()} is a category now.")
    except WrongChoices as error:
        return await account_page(request, {FIELD: typed, "problems": error.faults}, error)


@signed_in
async def on_remove(request: web.Request) -> web.StreamResponse:
    """Take a category of the account's own out; one that is not there is gone already."""
    name = (await form(request)).text("category")
    try:
        changed = without_own(me(request), name)
        if changed == me(request):
            see_other(AT_CATEGORIES, "That category was taken out already.")
        await request.app[STORES].accounts.change(changed)
        see_other(AT_CATEGORIES, f"{name.capitalize()} is not offered any more. Receipts that have it keep it.")
    except WrongChoices as error:
        return await account_page(request, {"problems": error.faults}, error)


@signed_in
async def on_forget(request: web.Request) -> web.StreamResponse:
    """Forget what a correction taught of a merchant; receipts stay as they are."""
    merchant = (await form(request)).text("merchant")
    forgotten = await request.app[STORES].rules.forget(me(request).id, merchant)
    see_other(AT_RULES, "Forgotten. Receipts stay where they are." if forgotten else "That was forgotten already.")


ROUTES = [
    web.post("/account/categories/add", on_add),
    web.post("/account/categories/remove", on_remove),
    web.post("/account/rules/forget", on_forget),
]
