"""`python -m tests.env_example` prints .env.example: every setting, what HAProxy's file presets, and docker's own."""

from __future__ import annotations

import re
import sys
from textwrap import wrap

from bot.haproxy import configuration
from core.settings import Settings, plain_default

HEAD = """# Settings for `docker compose up`: copy this file to .env and take the # away from what you need.
# All are optional. `snapspend up` knows the first group too, as environment variables.
"""
WHERE = {
    "TELEGRAM_BOT_TOKEN": "Get it from https://t.me/BotFather: send /newbot, copy the line it gives.",
    "PUBLIC_URL": "Your own name, as https://receipts.example, where this machine's port or a tunnel answers.",
    "DATABASE_URL": "`snapspend migrate --new-password` prints it. Set DATABASE_CONTAINERS=0 with it.",
    "DATABASE_OWNER_URL": "In Supabase: Connect, Session pooler, with the project's database password.",
    "SUPABASE_URL": "In Supabase: Project Settings, Data API.",
    "SUPABASE_KEY": "In Supabase: Project Settings, API Keys.",
    "SUPABASE_SECRET_KEY": "In the same place; it never leaves your servers.",
    "ADMIN_TELEGRAM_IDS": "Your own: ask @userinfobot.",
    "RAPIDAPI_KEY": "Subscribe at https://rapidapi.com and copy X-RapidAPI-Key.",
    "GEMINI_API_KEY": "From https://aistudio.google.com/apikey; what a free key sends, Google may learn from.",
    "TELEGRAM_WEBHOOK_SECRET": "Your own, if you wish: openssl rand -hex 32",
    "SNAPSPEND_DATA": "In containers it is the volume data.",
    "SNAPSPEND_OPS_PORT": "In containers 8404 when absent.",
    "WORKER_METRICS_PORT": "Not in containers.",
}
PRESETS = {
    "HAPROXY_BIND": "Where HAProxy listens. In containers it is fixed; set SNAPSPEND_PORT.",
    "HAPROXY_TLS_BIND": "Where it listens with TLS. In containers it is fixed; set SNAPSPEND_TLS_PORT.",
    "HAPROXY_OPS_BIND": "Where its figures are. In containers it is fixed; set SNAPSPEND_OPS_PORT.",
    "WEB_01": "The first receiver. In containers it is fixed.",
    "WEB_02": "The second receiver. In containers it is fixed.",
    "TELEGRAM_NETWORKS": "Whose updates are never too many: as https://core.telegram.org/bots/webhooks has them.",
    "TELEGRAM_ONLY": "yes: updates are taken from those networks only. Not behind a tunnel, nor Docker Desktop.",
}
DOCKERS = {
    "SNAPSPEND_TLS_PORT=8443": "Port of the web server with TLS.",
    "TLS_CERTIFICATE=/usr/local/etc/haproxy/site.pem": "Certificate and key in one file, haproxy/site.pem beside "
    "haproxy.cfg, readable by user 99; plain HTTP is redirected then.",
    "DATABASE_CONTAINERS=1": "0: no database here, DATABASE_URL points elsewhere.",
}


def env_example() -> str:
    """Return the text of .env.example."""
    settings = [
        _entry(f"{field.alias}={plain_default(field)}", f"{field.description} {WHERE.get(str(field.alias), '')}")
        for field in Settings.model_fields.values()
    ]
    found = re.findall(r"^ +presetenv (\w+) (.+)$", configuration().read_text("utf-8"), re.MULTILINE)
    presets = [_entry(f"{name}={value}", PRESETS[name]) for name, value in found]
    dockers = [_entry(line, sentence) for line, sentence in DOCKERS.items()]
    groups = [settings, ["# HAProxy: what haproxy/haproxy.cfg has where nothing is set.", *presets]]
    return (
        "\n\n".join([HEAD.rstrip(), *(text for group in groups for text in group), "# Docker's own.", *dockers]) + "\n"
    )


def _entry(line: str, sentence: str) -> str:
    words = wrap(sentence.strip(), 116, break_long_words=False, break_on_hyphens=False)
    return "\n".join([*(f"# {part}" for part in words), f"#{line}"])


if __name__ == "__main__":
    sys.stdout.write(env_example())
