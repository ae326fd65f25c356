"""All pages with their addresses; a file of pages has its own under ROUTES."""

from __future__ import annotations

from aiohttp import web

from core.adapters.page_pictures import PagePictures
from webhook.pages import (
    account,
    account_categories,
    admin,
    advice,
    ask,
    chat_doors,
    forgetting,
    front,
    leaving,
    mini_app,
    pictures,
    receipt,
    receipt_acts,
    receipts,
    registering,
    signing_in,
    upload,
)
from webhook.pages.bot_name import BOT_NAME, BotName
from webhook.pages.templates import STATIC

PAGES = (
    admin,
    account,
    account_categories,
    advice,
    ask,
    leaving,
    front,
    signing_in,
    registering,
    forgetting,
    chat_doors,
    mini_app,
    receipts,
    receipt,
    receipt_acts,
    pictures,
    upload,
)


def add_pages(application: web.Application) -> None:
    """Add every page, and the static files, to an application."""
    application[pictures.PICTURES] = PagePictures()
    application[BOT_NAME] = BotName()
    for part in PAGES:
        application.add_routes(part.ROUTES)
    application.add_routes([web.static("/static", STATIC)])
