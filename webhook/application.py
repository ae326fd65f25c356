"""The receiver's routes: Telegram's updates, what machines ask, and the pages."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from core.adapters.wiring import Stores
from core.errors import Misconfigured, Unavailable
from core.settings import Settings
from core.signing_in import AuthGateway
from webhook.metrics import CONTENT_TYPE, METRICS, Metrics
from webhook.pages.middlewares import errors, finish, visits
from webhook.pages.routes import add_pages
from webhook.pages.site import SITE, STORES, build_site
from webhook.pages.templates import TEMPLATES, build_templates
from webhook.receiver import LARGEST_BODY, Receiver


@dataclass
class Shift:
    """Whether this receiver still takes new work."""

    draining: bool = False


SHIFT = web.AppKey("shift", Shift)


def build_application(settings: Settings, stores: Stores, gateway: AuthGateway | None = None) -> web.Application:
    """Return the web application. Raises Misconfigured without a bot token and a secret."""
    if settings.bot_token is None or settings.webhook_secret is None:
        missing = "TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET must be set; `snapspend up` sets both"
        raise Misconfigured(faults=missing)
    metrics = Metrics()
    receiver = Receiver(stores.inbox, int(settings.bot_token.split(":")[0]), settings.webhook_secret, metrics)
    application = web.Application(client_max_size=LARGEST_BODY, middlewares=[errors, visits])
    application[STORES], application[SHIFT], application[METRICS] = stores, Shift(), metrics
    application[SITE], application[TEMPLATES] = build_site(settings, stores, gateway or stores.auth), build_templates()
    application.on_response_prepare.append(finish)
    application.add_routes(
        [
            web.post("/telegram", receiver.on_update),
            web.get("/healthz", on_alive),
            web.get("/readyz", on_ready),
            web.get("/metrics", on_metrics),
        ]
    )
    add_pages(application)
    return application


async def on_alive(request: web.Request) -> web.Response:
    """Answer that this process runs."""
    return web.json_response({"alive": True})


async def on_ready(request: web.Request) -> web.Response:
    """Answer 200 when the database answers, 503 with the reason when not, and 404 once a shutdown has begun."""
    if request.app[SHIFT].draining:
        return web.json_response({"ready": False, "reason": "stopping"}, status=404)
    try:
        await request.app[STORES].inbox.fetch(0, 0)
    except Unavailable as error:
        return web.json_response({"ready": False, "reason": str(error)}, status=503)
    return web.json_response({"ready": True})


async def on_metrics(request: web.Request) -> web.Response:
    """Answer this receiver's figures, and the queue's."""
    try:
        written = await request.app[METRICS].written(request.app[STORES])
    except Unavailable as error:
        return web.Response(text=f"{error}\n", status=503)
    return web.Response(body=written, headers=CONTENT_TYPE)
