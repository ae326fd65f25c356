"""Stands in for ocr-extract-text on RapidAPI: the proxy that knows the keys, the OCR behind it, and what goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO

from aiohttp import web
from aiohttp.test_utils import TestServer
from multidict import CIMultiDict
from PIL import Image, UnidentifiedImageError

PAGE = "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
RESET = 2_163_603
"""Seconds until the plan's month begins anew."""
WORDS = {
    400: "No image was given.",
    401: "Invalid API key. Go to https://docs.rapidapi.com/docs/keys for more info.",
    403: "You are not subscribed to this API.",
    404: "API doesn't exists",
}
MONTHLY = "You have exceeded the MONTHLY quota for Requests on your current plan, BASIC. Upgrade your plan at https://…"
PER_SECOND = "You have exceeded the rate limit per second for your plan, BASIC, by the API provider"


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request: another answer, or a `way` in which none comes (hang, cut, half, drip)."""

    status: int = 200
    body: str = ""
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    way: str = ""


def said(status: int, message: str, **headers: str) -> Fault:
    """Return an answer of the proxy itself, with headers whose underscores are dashes."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault(status, f'{{"message": "{message}"}}', headers={"X-RapidAPI-Proxy-Response": "true", **named})


@dataclass(frozen=True)
class Asked:
    """What a request held."""

    headers: Mapping[str, str]
    picture: bytes
    size: tuple[int, int]


@dataclass
class RapidApi:
    """The API: its one key, what it reads in any picture, what goes wrong next, and what it was asked."""

    key: str = "test-key-that-is-long-enough"
    text: str = "CORNER SHOP\nMilk 1.20\n\nTOTAL 1.20\n"
    host: str = ""
    remaining: int = 100
    faults: list[Fault] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)


API = web.AppKey("api", RapidApi)


async def ocr(request: web.Request) -> web.StreamResponse:
    """Answer one picture."""
    api = request.app[API]
    form = await request.post()
    file = form.get("image")
    picture = file.file.read() if isinstance(file, web.FileField) else b""
    api.asked.append(Asked({name.lower(): value for name, value in request.headers.items()}, picture, _size(picture)))
    if request.headers.get("x-rapidapi-key") != api.key:
        return await _answered(request, said(401, WORDS[401]))
    if request.headers.get("x-rapidapi-host") != request.host:
        return await _answered(request, said(404, WORDS[404]))
    if api.faults:
        return await _answered(request, api.faults.pop(0))
    if not isinstance(file, web.FileField) or api.asked[-1].size == (0, 0):
        return await _answered(request, Fault(400, f'{{"error": "{WORDS[400]}"}}'))
    api.remaining -= 1
    return web.json_response({"text": api.text, "confidence": 0.93}, headers=_limits(api))


def _size(picture: bytes) -> tuple[int, int]:
    """Return the size of a picture that can be opened and decoded, else nothing."""
    try:
        with Image.open(BytesIO(picture)) as image:
            image.load()
            return image.size
    except (UnidentifiedImageError, OSError):
        return 0, 0


def _limits(api: RapidApi) -> dict[str, str]:
    return {
        "Server": "RapidAPI-1.2.8",
        "X-RapidAPI-Version": "1.2.8",
        "X-RateLimit-Requests-Limit": "100",
        "X-RateLimit-Requests-Remaining": str(api.remaining),
        "X-RateLimit-Requests-Reset": str(RESET),
    }


async def _answered(request: web.Request, fault: Fault) -> web.StreamResponse:
    """Go wrong in this way."""
    if fault.way == "hang":
        await asyncio.sleep(3600)
    if fault.way == "cut" and request.transport:
        request.transport.close()
    limits = {} if fault.status >= 500 else _limits(request.app[API])
    headers = CIMultiDict({**limits, "Content-Type": fault.kind})
    for name, value in fault.headers.items():
        headers[name] = value
    if fault.way in ("half", "drip"):
        return await _slowly(request, headers, fault.way)
    return web.Response(status=fault.status, body=fault.body.encode("utf-8", "surrogatepass"), headers=headers)


async def _slowly(request: web.Request, headers: Mapping[str, str], way: str) -> web.StreamResponse:
    """Begin an answer, then end the connection, or send a byte now and then for an hour."""
    answer = web.StreamResponse(headers={**headers, "Content-Type": "text/plain", "Content-Length": "36000"})
    await answer.prepare(request)
    await answer.write(b"TOTAL 1")
    try:
        for _ in range(36_000 if way == "drip" else 0):
            await asyncio.sleep(0.05)
            await answer.write(b".")
    except ConnectionError:
        pass
    if request.transport:
        request.transport.close()
    return answer


@asynccontextmanager
async def run_rapidapi(api: RapidApi) -> AsyncIterator[RapidApi]:
    """Serve the API on this machine; its `host` says where, with http:// before it."""
    app = web.Application(client_max_size=10 * 1024 * 1024)
    app[API] = api
    app.add_routes([web.post("/ocr", ocr)])
    server = TestServer(app, shutdown_timeout=0)
    await server.start_server()
    api.host = str(server.make_url("")).rstrip("/")
    try:
        yield api
    finally:
        await server.close()
