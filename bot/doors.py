"""How people come in and go: what the chat's handlers of accounts work with, and the rules of this installation."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.adapters.wiring import Stores
from core.departures import Departures
from core.linking import Links
from core.people import People, Requests
from core.ports import Removal, Throttle
from core.privacy import Setup
from core.quota import Quota
from core.settings import Settings
from core.signing_in import TooOften

TELEGRAM = "https://api.telegram.org"
MOST_SECRETS, SECRETS_MINUTES = 8, 15
"""How many links and sign-ins one person may ask for in so many minutes: each leads to the pages' own limits."""


@dataclass(frozen=True)
class Rules:
    """Who may come in, where the pages are, and where things are kept.

    `buttons` tells whether a button may open the pages: Telegram refuses one to an address on this machine.
    """

    access: str = "open"
    admin_ids: frozenset[int] = frozenset()
    pages: str = "http://127.0.0.1:8080"
    buttons: bool = True
    is_telegram: bool = False
    setup: Setup = field(default_factory=Setup)

    @classmethod
    def of(cls, settings: Settings) -> Rules:
        """Return the rules that the settings make."""
        is_telegram = settings.telegram_api == TELEGRAM
        return cls(
            access=settings.access,
            admin_ids=settings.admin_telegram_ids,
            pages=settings.pages,
            buttons=not is_telegram or settings.pages.startswith("https://"),
            is_telegram=is_telegram,
            setup=Setup.of(settings),
        )


@dataclass(frozen=True)
class Doors:
    """The ports by which people come in, are looked after, and go."""

    links: Links
    people: People
    requests: Requests
    quota: Quota
    removal: Removal
    throttle: Throttle
    departures: Departures
    rules: Rules

    async def too_often(self, telegram_id: int) -> str | None:
        """Count one more link or sign-in that a person asks for; the sentence to tell when it is one too many."""
        allowed = await self.throttle.allow(f"secrets of {telegram_id}", MOST_SECRETS, SECRETS_MINUTES)
        return None if allowed else TooOften(minutes=SECRETS_MINUTES).sentence


def doors_of(stores: Stores, rules: Rules) -> Doors:
    """Return the doors over the stores."""
    return Doors(
        links=stores.links,
        people=stores.people,
        requests=stores.requests,
        quota=stores.quota,
        removal=stores.removal,
        throttle=stores.throttle,
        departures=stores.departures,
        rules=rules,
    )
