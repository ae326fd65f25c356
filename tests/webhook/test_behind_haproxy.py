"""The real HAProxy in front of two real receivers: what it lets through, what it refuses, and what it adds."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import pytest

from bot.haproxy import configuration, find_haproxy
from bot.supervisor import free_port
from core.adapters.embedded_postgres import EmbeddedPostgres
from tests.owner import prepared
from tests.proof.site import RECEIVERS, Site, running
from tests.proof.telegram import SECRET, Load, update
from webhook.receiver import SECRET_HEADER

HAPROXY = find_haproxy()
OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(HAPROXY is None, reason="there is no HAProxy on this machine")

NOWHERE = "192.0.2.0/24"
"""An address block for documentation (RFC 5737): nobody here is in it."""
UPDATE = json.dumps(update(1, Load(updates=10, chats=1, rate=1)))
TELLING = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
BINARIES = sorted({path for path in (HAPROXY, shutil.which("haproxy")) if path})


@pytest.fixture(scope="module")
async def site(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """Give two receivers behind HAProxy, which all tests of this file share."""
    async with running(Site(await prepared(postgres), tmp_path_factory.mktemp("site"))) as site:
        yield site


@pytest.fixture
async def client(site: Site) -> AsyncIterator[aiohttp.ClientSession]:
    """Give an HTTP client of the public address."""
    async with aiohttp.ClientSession(site.address) as session:
        yield session


@asynccontextmanager
async def another_haproxy(site: Site, **settings: str) -> AsyncIterator[Site]:
    """Run one more HAProxy, set differently, in front of the same receivers."""
    other = Site(site.database, site.folder, settings=settings)
    other.ports |= {name: site.ports[name] for name in RECEIVERS}
    try:
        await other.start_haproxy()
        yield other
    finally:
        await other.parts["lb-01"].put_away()


async def metrics(site: Site, name: str) -> dict[str, float]:
    """Return a receiver's figures."""
    async with aiohttp.ClientSession() as session, session.get(f"{site.direct(name)}/metrics") as answer:
        lines = [line for line in (await answer.text()).splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


async def test_pages_come_from_both_in_turn(client: aiohttp.ClientSession) -> None:
    """Refreshing shows web-01 and web-02 alternate; a HEAD (`curl -I`) works."""
    served = []
    for _ in range(4):
        async with client.head("/") as answer:
            assert answer.status == 200
            served.append(answer.headers["X-Served-By"])
    assert served in (["web-01", "web-02"] * 2, ["web-02", "web-01"] * 2)


@pytest.mark.parametrize("path", ["/readyz", "/healthz", "/metrics"])
async def test_ops_pages_are_not_public(client: aiohttp.ClientSession, path: str) -> None:
    """404 through the public address."""
    async with client.get(path) as answer:
        assert answer.status == 404


@pytest.mark.parametrize("path", ["/%6detrics", "/%72eadyz", "/%74elegram"])
async def test_another_spelling_of_a_path_is_no_way_in(site: Site, path: str) -> None:
    """HAProxy reads a path as a receiver would."""
    host, port = site.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert (await reader.readline()).split()[1] == b"404"
    writer.close()


async def test_only_a_post_is_an_update(client: aiohttp.ClientSession) -> None:
    """405 for the rest."""
    async with client.get("/telegram") as answer:
        assert answer.status == 405


async def test_an_update_is_taken_once(client: aiohttp.ClientSession, site: Site) -> None:
    """One receiver accepts it, a repetition is counted as one, and a wrong secret as refused."""
    for headers, status in [(TELLING, 200), (TELLING, 200), (TELLING | {SECRET_HEADER: "wrong"}, 401)]:
        async with client.post("/telegram", data=UPDATE, headers=headers) as answer:
            assert (answer.status, await answer.read()) == (status, b"")
    both = [await metrics(site, name) for name in RECEIVERS]
    kinds = ("accepted_total", "repeated_total", 'refused_total{reason="secret"}')
    assert [sum(figures.get(f"snapspend_updates_{kind}", 0) for figures in both) for kind in kinds] == [1, 1, 1]


async def test_a_body_over_90_000_bytes_is_refused(client: aiohttp.ClientSession) -> None:
    """413; the largest update is below 65,536."""
    large = UPDATE[:-1] + ', "x": "' + "a" * 90_000 + '"}'
    async with client.post("/telegram", data=large, headers=TELLING) as answer:
        assert answer.status == 413


async def test_a_large_update_is_taken(client: aiohttp.ClientSession) -> None:
    """65,535 bytes come through."""
    large = json.dumps({"update_id": 5, "x": ""})
    large = large.replace('""', '"' + "a" * (65_535 - len(large)) + '"')
    async with client.post("/telegram", data=large, headers=TELLING) as answer:
        assert (len(large), answer.status) == (65_535, 200)


async def test_what_a_client_says_of_its_address_is_replaced(postgres: str, tmp_path: Path) -> None:
    """X-Forwarded-For is the address it came from; other claims are gone."""
    heads: list[str] = []

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        if "/readyz" not in head:
            heads.append(head.casefold())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    site = Site(postgres, tmp_path)
    servers = [await asyncio.start_server(on_connection, "127.0.0.1", site.ports[name]) for name in RECEIVERS]
    try:
        await site.start_haproxy()
        claims = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
        async with aiohttp.ClientSession() as session, session.get(site.address, headers=claims) as answer:
            assert answer.status == 200
    finally:
        await site.parts["lb-01"].put_away()
        for server in servers:
            server.close()
    assert "203.0.113.9" not in heads[0]
    assert "x-forwarded-for: 127.0.0.1\r\n" in heads[0]


async def test_a_flooding_address_is_slowed_down(site: Site) -> None:
    """429 after 100 requests in 10 seconds, for all but Telegram's addresses."""
    async with another_haproxy(site, TELEGRAM_NETWORKS=NOWHERE) as other, aiohttp.ClientSession() as session:
        statuses = []
        for _ in range(120):
            async with session.get(other.address) as answer:
                statuses.append(answer.status)
        assert statuses[:100] == [200] * 100
        assert statuses[-1] == 429
        async with session.post(f"{other.address}/telegram", data=UPDATE, headers=TELLING) as answer:
            assert answer.status == 429
    async with aiohttp.ClientSession() as session:
        for _ in range(120):
            async with session.post(f"{site.address}/telegram", data=UPDATE, headers=TELLING) as answer:
                assert answer.status == 200


async def test_the_webhook_can_be_closed_to_all_but_telegram(site: Site) -> None:
    """403 for others with TELEGRAM_ONLY=yes; pages stay open."""
    settings = {"TELEGRAM_ONLY": "yes", "TELEGRAM_NETWORKS": NOWHERE}
    async with another_haproxy(site, **settings) as other, aiohttp.ClientSession(other.address) as session:
        async with session.post("/telegram", data=UPDATE, headers=TELLING) as answer:
            assert answer.status == 403
        async with session.get("/") as answer:
            assert answer.status == 200


async def test_who_sends_too_slowly_is_cut_off(site: Site) -> None:
    """A request's head must be there within 10 seconds (slow-loris)."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.ports["lb-01"])
    writer.write(b"POST /telegram HTTP/1.1\r\nHost: a\r\n")
    async with asyncio.timeout(15):
        answer = await reader.read()
    assert answer.startswith(b"HTTP/1.1 408") or answer == b""
    writer.close()


async def test_forms_that_come_slowly_keep_nobody_from_a_page(site: Site) -> None:
    """More of them than there are places at the receivers; they take none before they are here."""
    head = b"POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\na"
    writers = []
    for number in range(140):
        source = (f"127.0.0.{2 + number % 2}", 0)
        _, writer = await asyncio.open_connection("127.0.0.1", site.ports["lb-01"], local_addr=source)
        writer.write(head)
        await writer.drain()
        writers.append(writer)
    await asyncio.sleep(0.5)
    async with asyncio.timeout(2), aiohttp.ClientSession() as session, session.get(f"{site.address}/login") as answer:
        assert answer.status == 200
    for writer in writers:
        writer.close()


@pytest.mark.skipif(OPENSSL is None, reason="there is no openssl to make a certificate with")
async def test_with_a_certificate_everything_is_tls(site: Site, tmp_path: Path) -> None:
    """Plain HTTP is redirected, HSTS is set, TLS 1.1 is refused."""
    certificate, port = certify(tmp_path), free_port()
    settings = {"TLS_CERTIFICATE": str(certificate), "HAPROXY_TLS_BIND": f"127.0.0.1:{port}"}
    trusting = ssl.create_default_context(cafile=str(certificate))
    trusting.check_hostname = False
    async with another_haproxy(site, **settings) as other, aiohttp.ClientSession() as session:
        async with session.get(other.address, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"][:8]) == (308, "https://")
        async with session.get(f"https://127.0.0.1:{port}/", ssl=trusting) as answer:
            assert answer.status == 200
            assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
        assert await tls_refused(port, "1_1")
        assert not await tls_refused(port, "1_2")


async def tls_refused(port: int, version: str) -> bool:
    """Tell whether HAProxy refuses a client that speaks no later version of TLS."""
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    trusting.set_ciphers("ALL:@SECLEVEL=0")
    trusting.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    trusting.maximum_version = ssl.TLSVersion[f"TLSv{version}"]
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusting)
    except (ssl.SSLError, ConnectionError):
        return True
    writer.close()
    return False


def certify(folder: Path) -> Path:
    """Make a certificate that signs itself, with its key, as HAProxy wants them: in one file."""
    key, made = folder / "key.pem", folder / "made.pem"
    wanted = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    files = ["-keyout", str(key), "-out", str(made)]
    subprocess.run([str(OPENSSL), "req", *wanted, *files], check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_text(made.read_text() + key.read_text())
    return both


async def test_the_ops_address_has_figures_for_prometheus(site: Site) -> None:
    """Each receiver's state, on the loopback-only frontend."""
    async with aiohttp.ClientSession() as session, session.get(f"{site.ops}/metrics") as answer:
        assert 'haproxy_server_status{proxy="updates",server="web-02"' in await answer.text()


@pytest.mark.parametrize("binary", BINARIES)
@pytest.mark.parametrize("settings", [{}, {"TELEGRAM_ONLY": "yes", "HAPROXY_BIND": "*:80", "WEB_01": "web-01:80"}])
def test_haproxy_finds_no_fault_in_the_configuration(binary: str, settings: dict[str, str]) -> None:
    """With pip's HAProxy and the system's; 3.x says nothing, so the exit status counts."""
    given = {**os.environ, **{name: value.replace("web-01", "127.0.0.1") for name, value in settings.items()}}
    checked = subprocess.run([binary, "-c", "-f", str(configuration())], env=given, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr.decode()
    assert b"[WARNING]" not in checked.stderr


async def test_a_receiver_that_drains_is_not_ready(site: Site) -> None:
    """404 from SIGTERM until it ends with status 0; the other serves on."""
    site.parts["web-02"].tell(signal.SIGTERM)
    await site.seen("web-02", "NOLB")
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{site.direct('web-02')}/readyz") as answer:
            assert (answer.status, await answer.json()) == (404, {"ready": False, "reason": "stopping"})
        async with session.get(site.address) as answer:
            assert (answer.status, answer.headers["X-Served-By"]) == (200, "web-01")
    assert await site.parts["web-02"].ended() == 0


@pytest.fixture
def own_server() -> Iterator[EmbeddedPostgres]:
    """Give a PostgreSQL that a test may stop and start."""
    folder = TemporaryDirectory(prefix="snapspend-", ignore_cleanup_errors=True)
    with folder as path:
        server = EmbeddedPostgres(Path(path) / "postgres")
        with server:
            yield server


async def test_without_its_database_a_receiver_is_not_ready(own_server: EmbeddedPostgres, tmp_path: Path) -> None:
    """503 with the reason, quickly; ready and storing again when the database is back."""
    database = await prepared(own_server.address)
    async with running(Site(database, tmp_path)) as site, aiohttp.ClientSession() as session:
        await asyncio.to_thread(own_server.stop)
        async with asyncio.timeout(3), session.get(f"{site.direct('web-01')}/readyz") as answer:
            assert (answer.status, (await answer.json())["ready"]) == (503, False)
        url = f"{site.direct('web-01')}/telegram"
        async with asyncio.timeout(3), session.post(url, data=UPDATE, headers=TELLING) as answer:
            assert answer.status == 503
        await site.seen("web-01", "DOWN")
        await asyncio.to_thread(own_server.start)
        await site.seen("web-01", "UP")
        async with session.post(f"{site.address}/telegram", data=UPDATE, headers=TELLING) as answer:
            assert answer.status == 200
