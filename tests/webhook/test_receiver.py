"""The receiver takes what is an update from Telegram, and nothing else."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from core.adapters.wiring import Stores
from core.settings import Settings
from webhook.application import build_application
from webhook.receiver import SECRET_HEADER

SECRET = "a-secret-of-the-webhook"
TOKEN = "4242:" + "A" * 35
UPDATE = {"update_id": 1, "message": {"message_id": 1, "chat": {"id": 9}, "text": "hi"}}


@pytest.fixture
async def client(stores: Stores, tmp_path: Path) -> AsyncIterator[TestClient]:
    """Give an HTTP client of a receiver."""
    settings = Settings.from_environment({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": SECRET})
    async with TestClient(TestServer(build_application(settings, stores))) as client:
        yield client


async def post(client: TestClient, body: str, **headers: str) -> int:
    """Post a body with the right secret and return the status."""
    given = {SECRET_HEADER: SECRET, "Content-Type": "application/json", **headers}
    async with client.post("/telegram", data=body.encode("utf-8", "surrogatepass"), headers=given) as answer:
        assert await answer.read() == b"" or answer.status not in {200, 400, 401, 503}
        return answer.status


async def stored(stores: Stores) -> int:
    """Return how many jobs wait."""
    return len(list(await stores.jobs.job_manager.list_jobs_async()))


async def test_an_update_is_stored_before_200(client: TestClient, stores: Stores) -> None:
    """The job is there when the answer is."""
    assert await post(client, json.dumps(UPDATE)) == 200
    assert await stored(stores) == 1


async def test_a_repeated_update_is_stored_once(client: TestClient, stores: Stores) -> None:
    """The second delivery gets 200 as well, so that Telegram stops."""
    assert [await post(client, json.dumps(UPDATE)) for _ in range(2)] == [200, 200]
    assert await stored(stores) == 1


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "ä"])
async def test_a_wrong_secret_is_refused(client: TestClient, stores: Stores, secret: str) -> None:
    """Nothing is stored for who cannot prove to be Telegram."""
    status = await post(client, json.dumps(UPDATE), **{SECRET_HEADER: secret})
    assert (status, await stored(stores)) == (401, 0)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not JSON",
        "[1]",
        "5",
        "{}",
        '{"update_id": "1"}',
        '{"update_id": true}',
        '{"update_id": -1}',
        '{"update_id": 1e400}',
        '{"update_id": 99999999999999999999}',
        '{"update_id": 1, "x": NaN}',
        '{"update_id": 1, "x": 1e400}',
        "[" * 100_000,
    ],
)
async def test_what_is_no_update_is_refused(client: TestClient, stores: Stores, body: str) -> None:
    """400, and nothing is stored."""
    assert (await post(client, body), await stored(stores)) == (400, 0)


@pytest.mark.parametrize("text", ["\\u0000", "\\ud800", "é" * 4096, "\\u202e<b>"])
async def test_odd_characters_do_no_harm(client: TestClient, text: str) -> None:
    """PostgreSQL cannot store some; they are left out rather than the update lost."""
    body = json.dumps(UPDATE).replace("hi", text)
    assert await post(client, body) == 200


async def test_a_body_over_one_megabyte_is_refused(client: TestClient) -> None:
    """Telegram's updates stay below 64 KiB."""
    assert await post(client, json.dumps({**UPDATE, "x": "a" * 1_100_000})) == 413


async def test_a_get_is_refused(client: TestClient) -> None:
    """Only POST."""
    async with client.get("/telegram") as answer:
        assert answer.status == 405


async def test_form_data_is_refused(client: TestClient) -> None:
    """Telegram sends JSON."""
    assert await post(client, "update_id=1", **{"Content-Type": "application/x-www-form-urlencoded"}) == 415


async def test_a_database_that_is_away_gives_503(client: TestClient, stores: Stores) -> None:
    """Telegram repeats it then; nothing may be answered 200 that is not stored."""
    await stores.pool.close()
    assert await post(client, json.dumps(UPDATE)) == 503


@pytest.mark.parametrize("depth", [900, 950, 985, 1000])
async def test_deep_nesting_is_stored_or_refused(client: TestClient, depth: int) -> None:
    """Where reading ends and writing still can: never an error of ours."""
    body = '{"update_id": 1, "x": ' + "[" * depth + "]" * depth + "}"
    assert await post(client, body) in {200, 400}
