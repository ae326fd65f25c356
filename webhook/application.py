"""The receiver's routes."""

from __future__ import annotations

from aiohttp import web

from core.adapters.wiring import Stores
from core.errors import Misconfigured, Unavailable
from core.settings import Settings
from webhook.receiver import LARGEST_BODY, Receiver


def build_application(settings: Settings, stores: Stores) -> web.Application:
    """Return the web application. Raises Misconfigured without a bot token and a secret."""
    if settings.bot_token is None or settings.webhook_secret is None:
        missing = "TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET must be set; `snapspend up` sets both"
        raise Misconfigured(faults=missing)
    bot_id = int(settings.bot_token.split(":")[0])
    receiver = Receiver(stores.inbox, bot_id, settings.webhook_secret)
    application = web.Application(client_max_size=LARGEST_BODY)
    application[STORES] = stores
    application.add_routes(
        [
            web.post("/telegram", receiver.on_update),
            web.get("/healthz", on_alive),
            web.get("/readyz", on_ready),
        ]
    )
    return application


STORES = web.AppKey("stores", Stores)


async def on_alive(request: web.Request) -> web.Response:
    """Answer that this process runs."""
    return web.json_response({"alive": True})


async def on_ready(request: web.Request) -> web.Response:
    """Answer 200 when the database answers, else 503 with the reason."""
    try:
        await request.app[STORES].inbox.fetch(0, 0)
    except Unavailable as error:
        return web.json_response({"ready": False, "reason": str(error)}, status=503)
    return web.json_response({"ready": True})
