"""A Supabase project: its address and keys, and its clients over one shared HTTP client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from json import JSONDecodeError
from typing import TypeVar

import httpx
from pydantic import ValidationError
from storage3 import AsyncStorageClient
from storage3.exceptions import StorageApiError
from supabase_auth import AsyncGoTrueClient
from supabase_auth.errors import AuthError

from core.errors import Misconfigured, Unavailable
from core.settings import Settings

PATIENCE = httpx.Timeout(20, connect=5)
"""Supabase's Auth gives up after 10 s and says so; Storage leaves some refused uploads without any answer."""
UNREADABLE = (ValidationError, JSONDecodeError, UnicodeDecodeError)
"""What is raised for an answer that is no JSON, or is not what was asked for."""
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class SupabaseProject:
    """What the parts of the official client are made of; each is made anew where somebody signs in.

    A client on which somebody signed in is theirs from then on: a shared one gives one person's session to another.
    The HTTP client knows nobody, and makes TLS connections once for all.
    """

    url: str
    key: str = field(repr=False)
    secret_key: str = field(repr=False)
    bucket: str
    http: httpx.AsyncClient = field(repr=False)

    def visitor(self) -> AsyncGoTrueClient:
        """Return a fresh client of Auth with the publishable key, on which nobody is signed in."""
        return self._auth(self.key)

    def owner(self) -> AsyncGoTrueClient:
        """Return a client of Auth with the secret key, for its `admin`; nobody may sign in on it."""
        return self._auth(self.secret_key)

    def storage(self, key: str | None = None) -> AsyncStorageClient:
        """Return a client of Storage, with the secret key if no other is given."""
        return AsyncStorageClient(f"{self.url}/storage/v1/", _headers(key or self.secret_key), http_client=self.http)

    def _auth(self, key: str) -> AsyncGoTrueClient:
        return AsyncGoTrueClient(
            url=f"{self.url}/auth/v1",
            headers=_headers(key),
            auto_refresh_token=False,
            persist_session=False,
            flow_type="implicit",
            http_client=self.http,
        )


@asynccontextmanager
async def open_project(settings: Settings, patience: httpx.Timeout = PATIENCE) -> AsyncIterator[SupabaseProject]:
    """Lend the project of the settings. Raises Misconfigured without them."""
    if settings.supabase_url is None or settings.supabase_key is None or settings.supabase_secret_key is None:
        raise Misconfigured(faults="SUPABASE_URL is not set")
    async with httpx.AsyncClient(timeout=patience) as http:
        yield SupabaseProject(
            settings.supabase_url, settings.supabase_key, settings.supabase_secret_key, settings.supabase_bucket, http
        )


@asynccontextmanager
async def answering(part: str, seconds: float) -> AsyncIterator[None]:
    """Turn all that the client raises for want of a usable answer into Unavailable, and wait no longer than this.

    The client wraps neither httpx's errors nor what is said of an answer that is a web page. Any other error is a bug
    and stays one; around calls that the client answers by hand, see `told`.
    """
    try:
        async with asyncio.timeout(seconds):
            yield
    except StorageApiError as error:
        raise Unavailable(f"{part}: {error.code} {error.status}") from error
    except (AuthError, httpx.HTTPError, TimeoutError, *UNREADABLE) as error:
        raise Unavailable(f"{part}: {type(error).__name__}") from error


async def told(call: Awaitable[Answer]) -> Answer:
    """Await one call for which the client picks an answer apart unseen; what it stumbles over is Unavailable."""
    try:
        return await call
    except (ValueError, KeyError, TypeError) as error:
        raise Unavailable(f"an answer of another shape: {type(error).__name__}") from error


def _headers(key: str) -> dict[str, str]:
    return {"apikey": key, "Authorization": f"Bearer {key}"}
