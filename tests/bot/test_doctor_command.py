"""The doctor names each part, and says what to do about what is not well."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot import doctor_command as doctor
from bot.supervisor import free_port
from core.settings import Settings


def settings(folder: Path, **given: str) -> Settings:
    """Return settings with free ports and their data in a folder."""
    ports = {f"SNAPSPEND_{name}": str(free_port()) for name in ("PORT", "CHAT_PORT", "OPS_PORT")}
    return Settings.from_environment({"SNAPSPEND_DATA": str(folder), **ports, **given})


async def test_what_nothing_was_set_for_is_well(tmp_path: Path) -> None:
    """No token is no fault."""
    states = [
        (await check(settings(tmp_path))).state
        for check in (doctor.python, doctor.folder, doctor.database, doctor.balancer, doctor.telegram, doctor.ports)
    ]
    assert states == ["ok", "ok", "ok", "ok", "off", "ok"]


@pytest.mark.parametrize(
    ("check", "given"),
    [
        (doctor.database, {"DATABASE_URL": "postgresql://nobody:secret@127.0.0.1:1/x"}),
        (doctor.telegram, {"TELEGRAM_BOT_TOKEN": "123456:" + "a" * 35, "TELEGRAM_API_URL": "http://127.0.0.1:1"}),
        (doctor.folder, {"SNAPSPEND_DATA": "/dev/null/nowhere"}),
    ],
)
async def test_a_fault_comes_with_its_way_out(tmp_path: Path, check: doctor.Check, given: dict[str, str]) -> None:
    """What was found, and what to do, without the secret."""
    finding = await check(settings(tmp_path, **given))
    assert (finding.state, bool(finding.advice)) == ("FAULT", True)
    assert "secret" not in finding.found


async def test_a_taken_port_is_named_with_its_setting(tmp_path: Path) -> None:
    """Another program listens there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        finding = await doctor.ports(settings(tmp_path, SNAPSPEND_PORT=str(taken.getsockname()[1])))
    assert finding.state == "FAULT"
    assert "SNAPSPEND_PORT" in finding.found
