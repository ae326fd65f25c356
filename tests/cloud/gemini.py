"""Stands in for Gemini's API: `generateContent` as both SDKs ask it, its answers, and how it fails."""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

Body = dict[str, Any]
PAGE = "<!DOCTYPE html><html><head><title>Error 502 (Server Error)!!1</title></head><body>502.</body></html>"
KEY = "AIza-a-key-of-these-tests-000"
RECEIPT: Mapping[str, Any] = {
    "kind": "receipt",
    "merchant": "Corner Bakery",
    "bought_on": "2026-11-19",
    "currency": "USD",
    "items": [
        {"description": "Rye bread", "total": "4.20"},
        {"description": "Croissant", "total": "2.30"},
        {"description": "Coffee", "total": "3.00"},
    ],
    "subtotal": "9.50",
    "taxes": [{"label": "Tax 10%", "rate": "10", "amount": "0.95"}],
    "total": "10.45",
    "category": "eating out",
}


@dataclass(frozen=True)
class Asked:
    """What a question held: the model, its text, its pictures' sizes, and its generationConfig in camelCase."""

    model: str
    text: str
    pictures: tuple[tuple[int, int], ...]
    config: Mapping[str, Any]


@dataclass
class GeminiApi:
    """The API: its key and models, what it answers next (else `says`), and what it was asked.

    An answer is a response's body, a `Fault`, or a function of the question's text that gives a body.
    """

    key: str = KEY
    models: tuple[str, ...] = ("gemini-3.5-flash-lite", "gemini-3.1-flash-lite")
    says: Body | Fault | Callable[[str], Body] = field(default_factory=lambda: answer(json.dumps(RECEIPT)))
    next: list[Body | Fault] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""


@dataclass(frozen=True)
class Fault:
    """An answer that is none: a status with google.rpc.Status, HTML, or a `way` of its own.

    The ways: hang, cut, drip (a byte now and then), elsewhere (it points to another address of this API).
    """

    status: int = 200
    name: str = ""
    details: tuple[Mapping[str, Any], ...] = ()
    html: bool = False
    way: str = ""


API = web.AppKey("api", GeminiApi)
USED = {"promptTokenCount": 1400, "candidatesTokenCount": 300, "thoughtsTokenCount": 50, "totalTokenCount": 1750}


def answer(*texts: str, finish: str = "STOP", thoughts: str = "") -> Body:
    """Return a response's body whose candidate has these parts, after one of thoughts."""
    parts = ([{"text": thoughts, "thought": True}] if thoughts else []) + [{"text": text} for text in texts]
    content = {"role": "model"} | ({"parts": parts} if parts else {})
    candidate = {"content": content, "finishReason": finish, "index": 0}
    return {"candidates": [candidate], "usageMetadata": USED, "modelVersion": "gemini-3.5-flash-lite"}


def receipt(**changes: Any) -> Body:
    """Return the answer about the sample with other values."""
    return answer(json.dumps({**RECEIPT, **changes}))


BLOCKED: Body = {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 1400}}
NOTHING: Body = {}
BAD_KEY = Fault(400, "INVALID_ARGUMENT", ({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"},))  # fmt: skip  # noqa: E501
FORBIDDEN = Fault(403, "PERMISSION_DENIED")
GONE = Fault(404, "NOT_FOUND")
AWAY = Fault(503, "UNAVAILABLE")
HTML = Fault(502, html=True)
HANGS = Fault(way="hang")
CUT = Fault(way="cut")
DRIPS = Fault(way="drip")
ELSEWHERE = Fault(307, way="elsewhere")
UNKNOWN_KEY = Fault(401, "UNAUTHENTICATED")


def quota(of: str, delay: str = "") -> Fault:
    """Return a 429 for a quota (`PerMinute`, `PerDay`), maybe with how long to wait (`34s`)."""
    named = f"GenerateRequests{of}PerProjectPerModel-FreeTier"
    violation = {"quotaMetric": "generativelanguage.googleapis.com/generate_requests", "quotaId": named}
    details: list[Mapping[str, Any]] = [
        {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [violation]}
    ]
    if delay:
        details.append({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay})
    return Fault(429, "RESOURCE_EXHAUSTED", tuple(details))


def obedient(text: str) -> Body:
    """Answer like a model that obeys what is printed: whatever total it is told to report, it reports."""
    ordered = re.search(r"the total is (?P<total>\d+(?:\.\d+)?)", text, re.IGNORECASE)
    return receipt(total=ordered["total"]) if ordered else receipt()


async def generate(request: web.Request) -> web.StreamResponse:
    """Answer one question."""
    api = request.app[API]
    if request.headers.get("x-goog-api-key") != api.key:
        return _refused(BAD_KEY)
    body = _camel(await request.json())
    asked = _asked(request.match_info["model"], body)
    api.asked.append(asked)
    if asked.model not in api.models:
        return _refused(GONE)
    said = api.next.pop(0) if api.next else api.says
    if isinstance(said, Fault):
        return await _failing(request, said)
    return web.json_response(said(asked.text) if callable(said) else said)


async def model(request: web.Request) -> web.StreamResponse:
    """Tell of a model, as `doctor` asks."""
    api = request.app[API]
    if request.headers.get("x-goog-api-key") != api.key:
        return _refused(BAD_KEY)
    name = request.match_info["model"]
    if name not in api.models:
        return _refused(GONE)
    return web.json_response({"name": f"models/{name}", "inputTokenLimit": 1_048_576, "outputTokenLimit": 65_536})


def _asked(name: str, body: Mapping[str, Any]) -> Asked:
    """Read a question strictly: what the API would refuse, or what would not do, is an error of the test."""
    config = body["generationConfig"]
    assert config["temperature"] == 0
    assert config["responseMimeType"] == "application/json"
    assert config["responseSchema"]["type"] in (6, "OBJECT")
    assert config["maxOutputTokens"] >= 1024
    parts = [part for content in body["contents"] for part in content["parts"]]
    pictures = [_picture(part["inlineData"]) for part in parts if "inlineData" in part]
    return Asked(name, "\n".join(part.get("text", "") for part in parts), tuple(pictures), config)


def _picture(inline: Mapping[str, str]) -> tuple[int, int]:
    """Return the size of a picture that came in either alphabet of base64."""
    assert inline["mimeType"] == "image/jpeg"
    data = inline["data"].replace("-", "+").replace("_", "/")
    with Image.open(BytesIO(base64.b64decode(data, validate=True))) as picture:
        picture.load()
        return picture.size


def _camel(value: Any) -> Any:
    """Return JSON with its names in camelCase; either is taken."""
    if isinstance(value, list):
        return [_camel(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {re.sub(r"_([a-z])", lambda found: found[1].upper(), name): _camel(one) for name, one in value.items()}


def _refused(fault: Fault) -> web.Response:
    error = {"code": fault.status, "message": "words of the service", "status": fault.name}
    body = {"error": error | ({"details": [dict(one) for one in fault.details]} if fault.details else {})}
    return web.json_response(body, status=fault.status)


async def _failing(request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.way == "hang":
        await asyncio.sleep(3600)
    if fault.way == "cut" and request.transport:
        request.transport.close()
    if fault.way == "elsewhere":
        other = request.path.replace(request.match_info["model"], request.app[API].models[-1])
        return web.Response(status=fault.status, headers={"Location": other})
    if fault.way == "drip":
        return await _dripping(request)
    if fault.html:
        return web.Response(text=PAGE, content_type="text/html", status=fault.status)
    return _refused(fault)


async def _dripping(request: web.Request) -> web.StreamResponse:
    """Send a space now and then, for two seconds."""
    said = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "36000"})
    await said.prepare(request)
    with suppress(ConnectionError):
        for _ in range(10):
            await asyncio.sleep(0.2)
            await said.write(b" ")
    if request.transport:
        request.transport.close()
    return said


@asynccontextmanager
async def run_gemini(api: GeminiApi) -> AsyncIterator[GeminiApi]:
    """Serve the API on this machine; its `url` says where."""
    app = web.Application(client_max_size=40 * 1024 * 1024)
    app[API] = api
    for version in ("v1", "v1beta"):
        app.router.add_post(f"/{version}/models/{{model}}:generateContent", generate)
        app.router.add_get(f"/{version}/models/{{model}}", model)
    server = TestServer(app, shutdown_timeout=0)
    await server.start_server()
    api.url = str(server.make_url("")).rstrip("/")
    try:
        yield api
    finally:
        await server.close()
