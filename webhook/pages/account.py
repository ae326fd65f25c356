"""Account: linked chats, browsers that are signed in, and what somebody chose for themselves."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import segno
from aiohttp import web
from markupsafe import Markup

from core.accounts import Account
from core.choices import WrongChoices, chosen, currencies, languages, time_zones
from core.how_read import CAVEAT, HowRead, named, share, told_fields
from core.how_read import told as how_read_told
from core.linking import LIFETIME
from core.locales import locale_of
from core.privacy import Setup, told
from core.receipt import LONGEST_CATEGORY, Category
from webhook.pages.bot_name import bot_name
from webhook.pages.frame import SITE, STORES, me, render, see_other, status_of
from webhook.pages.guards import form, signed_in
from webhook.pages.limits import OFFER, limit
from webhook.pages.site import visit_of

CHOICES = ("language", "home_currency", "time_zone")
MINUTES = round(LIFETIME.total_seconds() / 60)


@signed_in
async def on_account(request: web.Request) -> web.StreamResponse:
    """Show the account."""
    return await account_page(request)


@signed_in
async def on_change(request: web.Request) -> web.StreamResponse:
    """Save what was chosen, or say what cannot be."""
    fields = await form(request)
    used = fields.all("used")
    try:
        await request.app[STORES].accounts.change(chosen(me(request), fields, used))
        see_other("/account", "Saved.")
    except WrongChoices as error:
        given = {name: fields.text(name) for name in CHOICES}
        return await account_page(request, {"given": given, "used": set(used), "problems": error.faults}, error)


@signed_in
async def on_unlink(request: web.Request) -> web.StreamResponse:
    """Untie a chat of the account; somebody else's is not there."""
    given = (await form(request)).text("chat")
    stores = request.app[STORES]
    chats = await stores.accounts.chats(me(request).id)
    chat = next((one for one in chats if str(one.telegram_id) == given), None)
    if chat is None or not await stores.links.unlink(chat.telegram_id):
        see_other("/account#chats", "That chat is not linked to this account.")
    see_other("/account#chats", f"{chat.name} is not linked any more. What was sent so far stays here.")


@signed_in
async def on_offer(request: web.Request) -> web.StreamResponse:
    """Make a link that ties another chat to the account, once and for ten minutes, and show it."""
    await form(request)
    account = me(request)
    if account.is_guest:
        see_other("/register")
    await limit(request, OFFER, str(account.id))
    token = await request.app[STORES].links.offer(account.id)
    name = await bot_name(request)
    address = f"https://t.me/{name}?start={token}" if name else None
    facts = {"token": token, "address": address, "bot": name, "minutes": MINUTES}
    return render(request, "account_offer.html", {**facts, "picture": qr_code(address) if address else None})


@signed_in
async def on_sign_out(request: web.Request) -> web.StreamResponse:
    """Sign one browser of the account out; somebody else's is not there."""
    given = (await form(request)).text("browser")
    visit = visit_of(request)
    if visit.session is not None and given == str(visit.session.id):
        await request.app[STORES].sessions.close(me(request).id, visit.session.id)
        visit.is_over = True
        see_other("/", "You are signed out.")
    closed = (browser := _id(given)) and await request.app[STORES].sessions.close(me(request).id, browser)
    see_other("/account#browsers", "Signed out." if closed else "That browser was signed out already.")


@signed_in
async def on_sign_out_others(request: web.Request) -> web.StreamResponse:
    """Sign all other browsers of the account out."""
    await form(request)
    session = visit_of(request).session
    count = await request.app[STORES].sessions.close_all(me(request).id, session.id if session else None)
    said = "No other browser was" if not count else "One other browser is" if count == 1 else f"{count} others are"
    see_other("/account#browsers", f"{said} signed {'in' if not count else 'out now'}.")


def qr_code(text: str) -> Markup:
    """Return a QR code as SVG that stands in a page, dark on light with the margin that cameras need."""
    code = segno.make(text, error="m", micro=False)
    title = "QR code that opens the link in Telegram"
    return Markup(code.svg_inline(omitsize=True, border=4, svgclass="qr", lineclass=None, title=title))  # noqa: S704


async def account_page(
    request: web.Request, facts: Mapping[str, object] | None = None, error: WrongChoices | None = None
) -> web.Response:
    """Return the account's page, maybe with what was typed and not saved, and why."""
    account, stores, session = me(request), request.app[STORES], visit_of(request).session
    ours, setup = session and session.id, Setup.of(request.app[SITE].settings)
    saved = {
        "given": {name: getattr(account, name) or "" for name in CHOICES},
        "used": {one.value for one in Category} - set(account.unused),
        "problems": {},
        "own": "",
        "chats": await stores.accounts.chats(account.id),
        "browsers": sorted(await stores.sessions.of(account.id), key=lambda one: one.id != ours),
        "count": (await stores.ledger.newest(account.id, 1, 0))[1],
        "languages": _with(account.language, languages()),
        "currencies": [("", "Not chosen"), *_with(account.home_currency, currencies(locale_of(account.language)))],
        "zones": [("", "Not chosen (UTC)"), *_zones(account)],
        "setup": setup,
        "told": told(setup, await stores.departures.sent(account.id)),
        "categories": [one.value for one in Category],
        "longest": LONGEST_CATEGORY,
        "rules": await stores.rules.all(account.id),
        "accuracy": _accuracy(await stores.how_read.how_read(account.id), locale_of(account.language)),
    }
    return render(request, "account.html", {**saved, **(facts or {})}, status_of(error) if error else 200)


def _accuracy(found: HowRead, locale: str) -> dict[str, object]:
    """Return what the page says of how receipts were read; of none nothing."""
    rows = [
        (name, one.corrected, share(one.corrected, found.receipts, locale), one.confirmed)
        for name, one in named(told_fields(found))
    ]
    return {"sentences": how_read_told(found, locale), "rows": rows, "caveat": CAVEAT}


def _zones(account: Account) -> list[tuple[str, str]]:
    return _with(account.time_zone, tuple((zone, zone.replace("_", " ")) for zone in time_zones()))


def _with(value: str | None, options: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Return the options, and first what the account has when it is none of them."""
    return [*([(value, value)] if value and value not in dict(options) else []), *options]


def _id(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


ROUTES = [
    web.get("/account", on_account),
    web.post("/account", on_change),
    web.post("/account/unlink", on_unlink),
    web.post("/account/offer", on_offer),
    web.post("/account/sign-out", on_sign_out),
    web.post("/account/sign-out-others", on_sign_out_others),
]
