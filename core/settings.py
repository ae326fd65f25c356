"""Settings: the one reader of the environment; all faults are told at once, at start."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_data_path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic.fields import FieldInfo

from core.errors import Misconfigured
from core.setting_values import (
    Emails,
    Extracting,
    Ids,
    Key,
    ModelName,
    Port,
    Reading,
    bot_token_like,
    cloud_url,
    database_address,
    http_url,
    https_url,
    publishable_key,
    rapidapi_host_like,
    secret,
    secret_key,
    words,
)


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
    public_url: Annotated[str, AfterValidator(https_url)] | None = Field(
        None, alias="PUBLIC_URL", description="Where Telegram reaches us (https://…); without it updates are fetched."
    )
    database_url: Annotated[str, AfterValidator(database_address)] | None = Field(
        None,
        alias="DATABASE_URL",
        description="PostgreSQL in place of the embedded one, as the role snapspend_app (Supabase: session pooler, "
        "port 5432).",
    )
    database_owner_url: Annotated[str, AfterValidator(database_address)] | None = Field(
        None,
        alias="DATABASE_OWNER_URL",
        description="The same database as its owner, to prepare it: `snapspend migrate` alone needs it.",
    )
    supabase_url: Annotated[str, AfterValidator(http_url)] | None = Field(
        None,
        alias="SUPABASE_URL",
        description="Supabase project that keeps passwords and photos; without it both are kept here.",
    )
    supabase_key: Annotated[str, AfterValidator(publishable_key)] | None = Field(
        None, alias="SUPABASE_KEY", description="The project's publishable (or anon) key."
    )
    supabase_secret_key: Annotated[str, AfterValidator(secret_key)] | None = Field(
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
    bot_token: Annotated[str, AfterValidator(bot_token_like)] | None = Field(
        None, alias="TELEGRAM_BOT_TOKEN", description="Token from @BotFather; without it the local chat stands in."
    )
    telegram_api: Annotated[str, AfterValidator(http_url)] = Field(
        "https://api.telegram.org", alias="TELEGRAM_API_URL", description="Address of the Bot API."
    )
    webhook_secret: Annotated[str, AfterValidator(secret)] | None = Field(
        None, alias="TELEGRAM_WEBHOOK_SECRET", description="What Telegram must send with an update; made by itself."
    )
    reading_processes: Annotated[int, Field(ge=1, le=64)] = Field(
        1, alias="READING_PROCESSES", description="How many photos are read at once; each process takes about 0.5 GB."
    )
    readers: Annotated[tuple[Reading, ...], BeforeValidator(words)] = Field(
        (),
        alias="READERS",
        description="Who reads photos, best first: rapidapi, local; by itself those that have a key, then local.",
    )
    extractors: Annotated[tuple[Extracting, ...], BeforeValidator(words)] = Field(
        (),
        alias="EXTRACTORS",
        description="Who finds the figures, best first: gemini, local; by itself those that have a key, then local.",
    )
    rapidapi_key: Key | None = Field(
        None, alias="RAPIDAPI_KEY", description="Key of an OCR service on RapidAPI; without it no photo goes there."
    )
    rapidapi_host: Annotated[str, AfterValidator(rapidapi_host_like)] = Field(
        "ocr-extract-text.p.rapidapi.com", alias="RAPIDAPI_HOST", description="Host of that service."
    )
    rapidapi_path: Annotated[str, Field(pattern=r"^/[\x21-\x7e]{0,200}$")] = Field(
        "/ocr", alias="RAPIDAPI_PATH", description="Path of that service, which takes a form with the field image."
    )
    gemini_key: Key | None = Field(
        None, alias="GEMINI_API_KEY", description="Key of Google's Gemini; without it nothing goes there."
    )
    gemini_model: ModelName = Field(
        "gemini-3.5-flash-lite", alias="GEMINI_MODEL", description="Which model of Gemini is asked."
    )
    gemini_fallbacks: Annotated[tuple[ModelName, ...], BeforeValidator(words)] = Field(
        ("gemini-3.1-flash-lite", "gemini-2.5-flash-lite", "gemini-3.8-flash"),
        alias="GEMINI_FALLBACKS",
        description="Which are asked, in this order, when that one does not exist any more.",
    )
    gemini_url: Annotated[str, AfterValidator(cloud_url)] | None = Field(
        None, alias="GEMINI_API_URL", description="Address of Gemini's API, when it is not Google's own."
    )
    mask_before_cloud: bool = Field(
        True,
        alias="MASK_BEFORE_CLOUD",
        description="Whether card, account, phone and loyalty numbers and e-mail addresses are masked before anything "
        "goes to RapidAPI or Gemini: yes or no.",
    )
    cloud_seconds: Annotated[float, Field(ge=1, le=120)] = Field(
        10.0, alias="CLOUD_SECONDS", description="How many seconds a photo waits for RapidAPI and Gemini in all."
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
    def asked_readers(self) -> tuple[str, ...]:
        """Return who reads, best first: what was chosen, else the cloud's where there is a key, then this machine."""
        return self.readers or (("rapidapi", "local") if self.rapidapi_key else ("local",))

    @property
    def asked_extractors(self) -> tuple[str, ...]:
        """Return who finds the figures, best first: what was chosen, else Gemini with a key, then this machine."""
        return self.extractors or (("gemini", "local") if self.gemini_key else ("local",))

    @model_validator(mode="after")
    def _cloud_has_keys(self) -> Settings:
        """Name the key that is missing for who was chosen."""
        for chosen, name, key in (
            ("rapidapi" in self.readers, "RAPIDAPI_KEY", self.rapidapi_key),
            ("gemini" in self.extractors, "GEMINI_API_KEY", self.gemini_key),
        ):
            if chosen and key is None:
                raise ValueError(f"{name} must be set too, or leave its service out of READERS and EXTRACTORS")
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


PLAIN = {
    "bool_parsing": "must be yes or no",
    "int_parsing": "must be a whole number",
    "float_parsing": "must be a number",
    "string_pattern_mismatch": "has signs that do not belong there",
}
"""What pydantic's words mean to people."""


def _fault(error: Any) -> str:
    """Say which setting is wrong and why, never its value: it may be a secret."""
    place = str(error["loc"][0]) + " " if error["loc"] else ""
    values = re.fullmatch(r"\^\(([A-Za-z|]+)\)\$", str(error.get("ctx", {}).get("pattern", "")))
    if values:
        return f"{place}must be one of {', '.join(values[1].split('|'))}"
    if error["type"] in PLAIN:
        return f"{place}{PLAIN[error['type']]}"
    return f"{place}{error['msg'].removeprefix('Value error, ').removeprefix('Input ')}"


def settings_table() -> str:
    """Return the README's table of settings, in Markdown."""
    fields = Settings.model_fields.values()
    rows = [f"| `{field.alias}` | {_default(field)} | {field.description} |" for field in fields]
    return "\n".join(["| setting | default | what it does |", "|---|---|---|", *rows])


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "`snapspend` in your user's data folder"
    if field.alias in ("READERS", "EXTRACTORS"):
        return "by the keys"
    return "none" if field.default in (None, frozenset()) else f"`{plain_default(field)}`"


def plain_default(field: FieldInfo) -> str:
    """Return a default as it is written in the environment, empty when there is none."""
    default = field.default
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, tuple):
        return ",".join(map(str, default))
    return f"{default:g}" if isinstance(default, float) else str(default) if isinstance(default, str | int) else ""
