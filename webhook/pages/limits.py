"""How often something may be tried on the pages, by whom: asked before anybody's password or code is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from core.signing_in import TooOften
from webhook.pages.browser import address_of
from webhook.pages.site import SITE


@dataclass(frozen=True)
class Rate:
    """What is counted, and how often it may be in so many minutes."""

    what: str
    most: int
    minutes: int


SIGN_IN = Rate("sign in as", 10, 15)
SIGN_IN_FROM = Rate("sign in from", 30, 15)
REGISTER_FROM = Rate("register from", 5, 60)
CODE = Rate("code of", 5, 15)
CODE_FROM = Rate("code from", 30, 15)
MAIL = Rate("mail to", 3, 60)
MAIL_FROM = Rate("mail from", 10, 60)
LINK_CODE = Rate("link code by", 10, 15)
MINI_APP = Rate("mini app of", 30, 15)
OFFER = Rate("offer by", 10, 15)
DOWNLOAD = Rate("download by", 6, 60)
WORDS = Rate("words for", 6, 60)


async def is_within(request: web.Request, rate: Rate, whom: str) -> bool:
    """Count one more try by somebody and tell whether it is within the rate."""
    return await request.app[SITE].throttle.allow(f"{rate.what} {whom}", rate.most, rate.minutes)


async def limit(request: web.Request, rate: Rate, whom: str = "") -> None:
    """Count one more try by somebody, or (without a name) from the browser's address. Raises TooOften."""
    whom = whom.strip().lower() or address_of(request)
    if not await request.app[SITE].throttle.allow(f"{rate.what} {whom}", rate.most, rate.minutes):
        raise TooOften(minutes=rate.minutes)
