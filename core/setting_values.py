"""What the values of settings must be like: each check returns the value, or raises ValueError with what it must be."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

TRANSACTION_POOLER_PORT = 6543


def database_address(value: str) -> str:
    """Accept PostgreSQL addresses, but no transaction pooler: it delivers no notifications to the queue."""
    parts = urlsplit(value)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("must start with postgresql://")
    if parts.port == TRANSACTION_POOLER_PORT:
        raise ValueError("points to a transaction pooler (port 6543); take the session pooler (port 5432)")
    return value


def bot_token_like(value: str) -> str:
    """Accept what @BotFather gives."""
    if not re.fullmatch(r"\d{3,20}:[A-Za-z0-9_-]{30,64}", value):
        raise ValueError("does not look like a bot token from @BotFather (123456:ABC…)")
    return value


def http_url(value: str) -> str:
    """Accept an address of the web, without the slash at its end."""
    if urlsplit(value).scheme not in {"http", "https"}:
        raise ValueError("must start with http:// or https://")
    return value.rstrip("/")


def https_url(value: str) -> str:
    """Accept an address that Telegram delivers to."""
    if urlsplit(value).scheme != "https":
        raise ValueError("must start with https://, or Telegram will not deliver")
    return value.rstrip("/")


def words(value: object) -> object:
    """Split what is written with commas or spaces between."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def publishable_key(value: str) -> str:
    """Accept what may be shown to anybody: `sb_publishable_…`, or the older kind, a JWT of the role anon."""
    if not re.fullmatch(r"sb_publishable_\S{8,}|ey[\w-]+\.ey[\w-]+\.[\w-]+", value):
        raise ValueError("must start with sb_publishable_ (or be the older anon key, which starts with ey)")
    return value


def secret_key(value: str) -> str:
    """Accept `sb_secret_…`, or the older kind, a JWT of the role service_role."""
    if not re.fullmatch(r"sb_secret_\S{8,}|ey[\w-]+\.ey[\w-]+\.[\w-]+", value):
        raise ValueError("must start with sb_secret_ (or be the older service_role key, which starts with ey)")
    return value


def secret(value: str) -> str:
    """Accept what Telegram takes for a secret, if it is long enough."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value):
        raise ValueError("must be 16 to 256 of A-Z a-z 0-9 _ -")
    return value


def cloud_url(value: str) -> str:
    """Accept an address that a key may go to: encrypted, unless it is on this machine."""
    parts = urlsplit(value)
    if parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in {"127.0.0.1", "localhost", "::1"}):
        raise ValueError("must start with https://, or the key would go out unencrypted")
    return value.rstrip("/")


def rapidapi_host_like(value: str) -> str:
    """Accept a host, or (for a service of one's own) an address that begins with http:// or https://."""
    if not re.fullmatch(r"(?:https?://)?[A-Za-z0-9.\[\]:-]{1,255}", value.rstrip("/")):
        raise ValueError("must be a host, as ocr-extract-text.p.rapidapi.com")
    return cloud_url(value) if "://" in value else value.rstrip("/")


def cloud_key_like(value: str) -> str:
    """Accept what may be a key; only its service can tell."""
    if not re.fullmatch(r"[\x21-\x7e]{16,256}", value):
        raise ValueError("does not look like a key (16 to 256 letters, digits and signs without spaces)")
    return value


Reading = Literal["rapidapi", "local"]
Extracting = Literal["gemini", "local"]
Port = Annotated[int, Field(ge=1, le=65535)]
Emails = Annotated[frozenset[Annotated[str, AfterValidator(str.lower)]], BeforeValidator(words)]
Ids = Annotated[frozenset[int], BeforeValidator(words)]
Key = Annotated[str, AfterValidator(cloud_key_like)]
ModelName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{2,80}$")]
