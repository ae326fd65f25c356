"""Settings: the one reader of the environment; all faults are told at once, at start."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
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


def _secret(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value):
        raise ValueError("must be 16 to 256 of A-Z a-z 0-9 _ -")
    return value


Port = Annotated[int, Field(ge=1, le=65535)]


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
        description="PostgreSQL in place of the embedded one (Supabase: session pooler, port 5432).",
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

    @property
    def photos(self) -> Path:
        """Return the folder of the kept photos."""
        return self.data / "photos"


def _fault(error: Any) -> str:
    """Say which setting is wrong and why, never its value: it may be a secret."""
    return f"{'.'.join(map(str, error['loc']))} {error['msg'].removeprefix('Value error, ').removeprefix('Input ')}"


def settings_table() -> str:
    """Return the README's table of settings, in Markdown."""
    fields = Settings.model_fields.values()
    rows = [f"| `{field.alias}` | {_default(field)} | {field.description} |" for field in fields]
    return "\n".join(["| setting | default | what it does |", "|---|---|---|", *rows])


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "`snapspend` in your user's data folder"
    return "none" if field.default is None else f"`{field.default}`"
