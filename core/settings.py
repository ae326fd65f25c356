"""Settings: the one reader of the environment; all faults are told at once, at start."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic.fields import FieldInfo

from core.errors import Misconfigured

TRANSACTION_POOLER_PORT = 6543


def _database_url(value: str) -> str:
    """Accept PostgreSQL addresses, but no transaction pooler: it delivers no notifications to the queue."""
    parts = urlsplit(value)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("must start with postgresql://")
    if parts.port == TRANSACTION_POOLER_PORT:
        raise ValueError("points to a transaction pooler (port 6543); take the session pooler (port 5432)")
    return value


def _bot_token(value: str) -> str:
    if not re.fullmatch(r"\d{3,20}:[A-Za-z0-9_-]{30,64}", value):
        raise ValueError("does not look like a bot token from @BotFather (123456:ABC…)")
    return value


def _http_url(value: str) -> str:
    if urlsplit(value).scheme not in {"http", "https"}:
        raise ValueError("must start with http:// or https://")
    return value.rstrip("/")


def _public_url(value: str) -> str:
    if urlsplit(value).scheme != "https":
        raise ValueError("must start with https://, or Telegram will not deliver")
    return value.rstrip("/")


def _words(value: object) -> object:
    """Split what is written with commas or spaces between."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _publishable_key(value: str) -> str:
    """Accept what may be shown to anybody: `sb_publishable_…`, or the older kind, a JWT of the role anon."""
    if not re.fullmatch(r"sb_publishable_\S{8,}|ey[\w-]+\.ey[\w-]+\.[\w-]+", value):
        raise ValueError("must start with sb_publishable_ (or be the older anon key, which starts with ey)")
    return value


def _secret_key(value: str) -> str:
    if not re.fullmatch(r"sb_secret_\S{8,}|ey[\w-]+\.ey[\w-]+\.[\w-]+", value):
        raise ValueError("must start with sb_secret_ (or be the older service_role key, which starts with ey)")
    return value


def _secret(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value):
        raise ValueError("must be 16 to 256 of A-Z a-z 0-9 _ -")
    return value


Port = Annotated[int, Field(ge=1, le=65535)]
Emails = Annotated[frozenset[Annotated[str, AfterValidator(str.lower)]], BeforeValidator(_words)]
Ids = Annotated[frozenset[int], BeforeValidator(_words)]


class Settings(BaseModel):
    """Every setting; a field's alias is its environment variable and its description says what it does."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    data: Path = Field(
        default_factory=lambda: user_data_path("snapspend"),
        alias="SNAPSPEND_DATA",
        description="Folder of the embedded database, the photos and the local chat.",
    )
    port: Port = Field(8080, alias="SNAPSPEND_PORT", description="Port of the web server.")
    chat_port: Port = Field(
        8081, alias="SNAPSPEND_CHAT_PORT", description="Port of the local chat (this machine only)."
    )
    ops_port: Port | None = Field(
        None,
        alias="SNAPSPEND_OPS_PORT",
        description="Port of HAProxy's figures and status page (this machine only); 8404, or a free one, when absent.",
    )
    public_url: Annotated[str, AfterValidator(_public_url)] | None = Field(
        None, alias="PUBLIC_URL", description="Where Telegram reaches us (https://…); without it updates are fetched."
    )
    database_url: Annotated[str, AfterValidator(_database_url)] | None = Field(
        None,
        alias="DATABASE_URL",
        description="PostgreSQL in place of the embedded one, as the role snapspend_app (Supabase: session pooler, "
        "port 5432).",
    )
    database_owner_url: Annotated[str, AfterValidator(_database_url)] | None = Field(
        None,
        alias="DATABASE_OWNER_URL",
        description="The same database as its owner, to prepare it: `snapspend migrate` alone needs it.",
    )
    supabase_url: Annotated[str, AfterValidator(_http_url)] | None = Field(
        None,
        alias="SUPABASE_URL",
        description="Supabase project that keeps passwords and photos; without it both are kept here.",
    )
    supabase_key: Annotated[str, AfterValidator(_publishable_key)] | None = Field(
        None, alias="SUPABASE_KEY", description="The project's publishable (or anon) key."
    )
    supabase_secret_key: Annotated[str, AfterValidator(_secret_key)] | None = Field(
        None, alias="SUPABASE_SECRET_KEY", description="The project's secret (or service_role) key."
    )
    supabase_bucket: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,62}$")] = Field(
        "receipts", alias="SUPABASE_BUCKET", description="The private bucket of the photos."
    )
    access: Annotated[str, Field(pattern="^(open|link|invite)$")] = Field(
        "open",
        alias="ACCESS",
        description="Who may use the bot: open (anyone), link (who has signed up on the pages), invite (whom an "
        "admin lets in).",
    )
    admin_emails: Emails = Field(
        frozenset(), alias="ADMIN_EMAILS", description="Addresses of admins, with commas between."
    )
    admin_telegram_ids: Ids = Field(
        frozenset(), alias="ADMIN_TELEGRAM_IDS", description="Telegram ids of admins, with commas between."
    )
    photos_a_day: Annotated[int, Field(ge=1)] = Field(
        300, alias="PHOTOS_A_DAY", description="How many photos an account may send in 24 hours."
    )
    bot_token: Annotated[str, AfterValidator(_bot_token)] | None = Field(
        None, alias="TELEGRAM_BOT_TOKEN", description="Token from @BotFather; without it the local chat stands in."
    )
    telegram_api: Annotated[str, AfterValidator(_http_url)] = Field(
        "https://api.telegram.org", alias="TELEGRAM_API_URL", description="Address of the Bot API."
    )
    webhook_secret: Annotated[str, AfterValidator(_secret)] | None = Field(
        None, alias="TELEGRAM_WEBHOOK_SECRET", description="What Telegram must send with an update; made by itself."
    )
    reading_processes: Annotated[int, Field(ge=1, le=64)] = Field(
        1, alias="READING_PROCESSES", description="How many photos are read at once; each process takes about 0.5 GB."
    )
    worker_metrics_port: Port | None = Field(
        None, alias="WORKER_METRICS_PORT", description="Port of a worker's figures for Prometheus (this machine only)."
    )
    log_level: Annotated[str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$")] = Field(
        "INFO", alias="LOG_LEVEL", description="How much is logged: DEBUG, INFO, WARNING or ERROR."
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the environment (an empty value counts as absent). Raises Misconfigured naming every fault."""
        given = os.environ if environment is None else environment
        names = [str(field.alias) for field in cls.model_fields.values()]
        values: dict[str, Any] = {name: given[name] for name in names if given.get(name)}
        try:
            return cls(**values)
        except ValidationError as error:
            raise Misconfigured(faults="; ".join(_fault(entry) for entry in error.errors())) from None

    @model_validator(mode="after")
    def _supabase_is_whole(self) -> Settings:
        """Name what is missing when only some of Supabase's settings are there."""
        given = {
            "SUPABASE_URL": self.supabase_url,
            "SUPABASE_KEY": self.supabase_key,
            "SUPABASE_SECRET_KEY": self.supabase_secret_key,
        }
        missing = [name for name, value in given.items() if value is None]
        if missing and len(missing) < len(given):
            raise ValueError(f"{' and '.join(missing)} must be set too, or none of SUPABASE_URL, _KEY and _SECRET_KEY")
        if self.supabase_url and self.database_url is None:
            raise ValueError("DATABASE_URL must be set too: with Supabase the ledger is in its PostgreSQL")
        return self

    @property
    def pages(self) -> str:
        """Return where people reach the pages: without PUBLIC_URL that is this machine."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @property
    def photos(self) -> Path:
        """Return the folder of the kept photos."""
        return self.data / "photos"

    @property
    def mail(self) -> Path:
        """Return the folder of the mail that no server takes."""
        return self.data / "mail"


def _fault(error: Any) -> str:
    """Say which setting is wrong and why, never its value: it may be a secret."""
    place = str(error["loc"][0]) + " " if error["loc"] else ""
    return f"{place}{error['msg'].removeprefix('Value error, ').removeprefix('Input ')}"


def settings_table() -> str:
    """Return the README's table of settings, in Markdown."""
    fields = Settings.model_fields.values()
    rows = [f"| `{field.alias}` | {_default(field)} | {field.description} |" for field in fields]
    return "\n".join(["| setting | default | what it does |", "|---|---|---|", *rows])


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "`snapspend` in your user's data folder"
    return "none" if field.default in (None, frozenset()) else f"`{field.default}`"
