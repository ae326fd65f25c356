"""The files for containers: safe by default, in step with the settings, and HAProxy takes its file as they set it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.container import command, databases, for_part, identity
from bot.haproxy import configuration, find_haproxy
from core.errors import Misconfigured
from core.settings import Settings
from tests.env_example import env_example

ROOT = Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service.get("image") == "snapspend"]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
TOKEN = "1000001:" + "a" * 35

ONE_MACHINE = {"SNAPSPEND_CHAT_PORT", "SNAPSPEND_OPS_PORT", "WORKER_METRICS_PORT"}
"""Settings of ports that `snapspend up` listens on; containers have fixed ones, and publish those."""

WRITES_OUTSIDE_VOLUMES = {"db"}
"""PostgreSQL's own image prepares its folders at start."""


def test_the_parts_are_those_of_one_machine() -> None:
    """The same arrangement as `snapspend up`, who prepares the database, and who sees to it that updates come."""
    assert set(SERVICES) == {"migrate", "lb-01", "web-01", "web-02", "worker", "updates", "chat", "db"}


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - {"migrate"}))
def test_every_part_has_a_health_check(name: str) -> None:
    """Start order goes by health, or by having ended well."""
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - WRITES_OUTSIDE_VOLUMES))
def test_no_part_can_write_to_its_own_files(name: str) -> None:
    """What is broken into stays as it was; neither may it gain rights."""
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_part_gains_no_rights_and_has_time_to_end(name: str) -> None:
    """Receivers drain for up to 12 s, a worker gives its jobs back within 8 s, HAProxy ends within 30 s."""
    least = {"lb-01": 30, "db": 30}.get(name, 15)
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]
    assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) > least


@pytest.mark.parametrize("name", OURS)
def test_our_parts_share_photos_and_are_reaped(name: str) -> None:
    """A photo that one worker kept is read by another."""
    assert "data:/data" in SERVICES[name]["volumes"]
    assert SERVICES[name]["init"] is True
    assert SERVICES[name]["environment"]["SNAPSPEND_DATA"] == "/data"


def test_nothing_waits_for_a_database_that_is_left_out() -> None:
    """Compose skips the wait for a part that is to have no container: DATABASE_CONTAINERS=0."""
    assert SERVICES["db"]["deploy"]["replicas"] == "${DATABASE_CONTAINERS:-1}"
    assert SERVICES["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}


@pytest.mark.parametrize("name", sorted(set(OURS) - {"migrate"}))
def test_everybody_waits_until_the_database_is_prepared(name: str) -> None:
    """Nobody else comes as its owner, so nobody else could."""
    assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_haproxy_waits_for_both_receivers_to_be_healthy() -> None:
    """Whoever reaches it gets an answer."""
    waits = SERVICES["lb-01"]["depends_on"]
    assert {name: entry["condition"] for name, entry in waits.items()} == dict.fromkeys(
        ("web-01", "web-02"), "service_healthy"
    )


def test_only_the_public_port_is_published_beyond_this_machine() -> None:
    """The local chat and the figures are for this machine; the database listens nowhere."""
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert [port for port in published if not port.startswith("127.0.0.1:")] == [
        "${SNAPSPEND_PORT:-8080}:8080",
        "${SNAPSPEND_TLS_PORT:-8443}:8443",
    ]
    assert SERVICES["db"]["network_mode"] == "none"


def test_no_secret_is_written_down() -> None:
    """They come from .env, are made at the first start, or are not needed."""
    text = (ROOT / "docker-compose.yml").read_text("utf-8") + DOCKERFILE
    assert not re.findall(r"(?i)(?:password|secret|token|key)\w*[:=] *[^\s${]+", text)
    assert not re.findall(r"\d{6,}:[A-Za-z0-9_-]{30,}", text)


def test_every_setting_reaches_our_parts() -> None:
    """A new setting belongs into x-settings of docker-compose.yml, unless it is one machine's."""
    aliases = {str(field.alias) for field in Settings.model_fields.values()}
    assert set(COMPOSE["x-settings"]) - {"LOCAL_CHAT_API", "DATABASE_SOCKET"} == aliases - ONE_MACHINE


def test_the_example_names_every_setting() -> None:
    """Write what `python -m tests.env_example` prints to .env.example when a setting changes."""
    assert (ROOT / ".env.example").read_text("utf-8") == env_example()


def test_the_example_names_what_the_compose_file_asks_for() -> None:
    """And all of it is optional: every line is commented out, so that a copy changes nothing."""
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text("utf-8")))
    lines = env_example().splitlines()
    assert asked <= {line.removeprefix("#").partition("=")[0] for line in lines}
    assert all(line.startswith("#") or not line for line in lines)


def test_the_image_runs_as_nobody_of_importance() -> None:
    """And what it is made of is left behind: two stages."""
    stages = DOCKERFILE.split("\nFROM ")
    assert len(stages) == 3
    assert re.search(r"^USER [1-9]\d{3,}:[1-9]\d{3,}$", stages[-1], re.MULTILINE)


def test_the_image_is_made_of_what_setuptools_needs() -> None:
    """Each package's folder, the readme and the versions."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = {name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    copied = {word for line in re.findall(r"^COPY ([a-z].*)$", DOCKERFILE, re.MULTILINE) for word in line.split()}
    wanted = packages | {"pyproject.toml", "constraints.txt", str(project["project"]["readme"])}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    assert wanted <= copied
    assert wanted == allowed


def test_every_dependency_has_its_version() -> None:
    """The image is the same tomorrow."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in lines if "==" in line}
    for wanted in map(Requirement, project["dependencies"]):
        assert pinned[canonicalize_name(wanted.name)] in wanted.specifier


@pytest.mark.parametrize("binary", sorted({find_haproxy(), shutil.which("haproxy")} - {None}, key=str))
def test_haproxy_takes_its_file_with_names_that_nobody_knows_yet(binary: str) -> None:
    """Receivers may be away when it starts; every HAProxy of this machine is asked."""
    given = {name: value for name, value in SERVICES["lb-01"]["environment"].items() if value is not None}
    done = subprocess.run([binary, "-c", "-f", str(configuration())], env={**given, "PATH": os.defpath}, check=False)
    assert done.returncode == 0


def test_only_the_local_chat_comes_as_the_databases_owner() -> None:
    """It stands for somebody else's service; all of ours have the application's role."""
    known = databases(Settings.from_environment({}), {"DATABASE_SOCKET": "/socket"})
    assert for_part("webhook", known) == {
        "DATABASE_URL": "postgresql://snapspend_app@/snapspend?host=/socket",
        "DATABASE_OWNER_URL": "",
    }
    assert for_part("webhook.local_chat", known)["DATABASE_URL"] == "postgresql://snapspend@/snapspend?host=/socket"


def test_the_local_chat_says_what_it_needs_over_a_database_of_yours() -> None:
    """The application's role may make no tables."""
    known = databases(Settings.from_environment({"DATABASE_URL": "postgresql://snapspend_app@db/x"}), {})
    with pytest.raises(Misconfigured, match="DATABASE_OWNER_URL"):
        for_part("webhook.local_chat", known)


def test_receivers_agree_on_a_secret_that_nobody_made() -> None:
    """It follows from the token, as Telegram allows it to be written, and tells nothing of it."""
    settings = Settings.from_environment({"TELEGRAM_BOT_TOKEN": TOKEN})
    first, second = (identity(settings, {})["TELEGRAM_WEBHOOK_SECRET"] for _ in range(2))
    assert first == second
    assert re.fullmatch(r"[A-Za-z0-9_-]{16,256}", first)
    assert Settings.from_environment({"TELEGRAM_WEBHOOK_SECRET": first}).webhook_secret == first


def test_a_secret_that_is_given_holds() -> None:
    """For a token as for the local chat."""
    settings = Settings.from_environment({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": "s" * 20})
    assert identity(settings, {})["TELEGRAM_WEBHOOK_SECRET"] == "s" * 20


def test_without_a_token_all_parts_are_the_local_chats(tmp_path: Path) -> None:
    """They find the same identity in the shared folder, whoever comes first."""
    settings = Settings.from_environment({"SNAPSPEND_DATA": str(tmp_path)})
    known = identity(settings, {"LOCAL_CHAT_API": "http://lb-01:8082"})
    assert known == identity(settings, {"LOCAL_CHAT_API": "http://lb-01:8082"})
    assert Settings.from_environment(known).telegram_api == "http://lb-01:8082"


def test_exactly_one_part_fetches_updates_and_only_when_nobody_delivers() -> None:
    """Workers can be many; Telegram lets one fetch."""
    asks = Settings.from_environment({"TELEGRAM_BOT_TOKEN": TOKEN})
    told = Settings.from_environment({"TELEGRAM_BOT_TOKEN": TOKEN, "PUBLIC_URL": "https://receipts.example"})
    assert command(asks, ["updates"]) == ["-m", "bot", "--poll"]
    assert command(told, ["updates"]) is None
    assert command(Settings.from_environment({}), ["updates"]) is None
    assert command(asks, ["bot"]) == ["-m", "bot"]


def test_the_local_chat_is_for_those_without_a_token() -> None:
    """With one it has nothing to do."""
    assert command(Settings.from_environment({"TELEGRAM_BOT_TOKEN": TOKEN}), ["webhook.local_chat"]) is None
    assert command(Settings.from_environment({}), ["webhook.local_chat"]) == ["-m", "webhook.local_chat"]
