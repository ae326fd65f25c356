"""One call of a Bot API method: its parameters, read from JSON, a form or a query, and its files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from aiohttp import BodyPartReader, web

from webhook.local_chat.errors import ApiError, bad_request

FIELDS_LIMIT = 1 << 20  # bytes of all parameters that are not files
FILE_LIMIT = 50 << 20  # bytes of one file; Telegram's limit for uploads
TOTAL_LIMIT = 200 << 20  # bytes of one request with several files
PARTS_LIMIT = 64
CHUNK = 1 << 16
INTEGER = re.compile(r"-?\d{1,19}")


class TooBigError(Exception):
    """The request has more bytes or parts than can be taken."""


@dataclass(frozen=True)
class Upload:
    """A file that arrived with a request: where its bytes lie, and what the sender says it is."""

    path: Path
    name: str | None
    mime: str | None
    size: int


@dataclass
class Call:
    """A method's parameters and files, by name."""

    method: str
    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return a parameter as text; empty counts as absent."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str) -> int | None:
        """Return a whole number of at most 64 bits. Raises ApiError 400."""
        text = self.text(name)
        if text is None:
            return None
        if not INTEGER.fullmatch(text) or abs(int(text)) >= 1 << 63:
            raise bad_request(f"invalid {name} specified")
        return int(text)

    def flag(self, name: str) -> bool:
        """Return whether a parameter says yes."""
        return (self.text(name) or "").lower() in ("true", "1", "yes")

    def json(self, name: str) -> Any:
        """Return a structured parameter, which may be JSON in text. Raises ApiError 400."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        return parse_json(value, name) if value else None

    def discard(self) -> None:
        """Delete the uploaded bytes that nobody kept."""
        for upload in self.files.values():
            upload.path.unlink(missing_ok=True)


def parse_json(text: str | bytes, what: str) -> Any:
    """Return parsed JSON. Raises ApiError 400, also for deep nesting and lone surrogates."""
    try:
        value = without_nul(json.loads(text))
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise bad_request(f"can't parse {what} JSON object") from None
    return value


def without_nul(value: Any) -> Any:
    """Return a value without the character NUL, which a database cannot keep, in any of its texts."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [without_nul(item) for item in value]
    if isinstance(value, dict):
        return {without_nul(key): without_nul(item) for key, item in value.items()}
    return value


async def read_call(request: web.Request, call: Call, folder: Path) -> None:
    """Read a request into the call; files are streamed into `folder`. Raises ApiError 400 or 413."""
    call.values |= dict(request.query)
    try:
        if request.content_type == "application/json":
            body = parse_json(await read_bounded(request), "request")
            if not isinstance(body, dict):
                raise bad_request("request is not a JSON object")
            call.values |= body
        elif request.content_type.startswith("multipart/"):
            await read_parts(request, call, folder)
        elif request.can_read_body:
            await read_bounded(request)  # aiohttp keeps the body, so post() does not read without bound
            form = await request.post()
            call.values |= {key: value for key, value in form.items() if isinstance(value, str)}
        call.values = without_nul(call.values)
    except TooBigError:
        raise ApiError(413, "Request Entity Too Large") from None
    except (ValueError, AssertionError):
        raise bad_request("the request's body cannot be read") from None


async def read_bounded(request: web.Request) -> bytes:
    """Return the whole body of a request without files. Raises TooBigError."""
    if (request.content_length or 0) > FIELDS_LIMIT:
        raise TooBigError
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise TooBigError from None


async def read_parts(request: web.Request, call: Call, folder: Path) -> None:
    """Read a multipart body into the call, files part by part to disk. Raises TooBigError or ValueError."""
    fields, total, parts = 0, 0, 0
    async for part in await request.multipart():
        parts += 1
        if parts > PARTS_LIMIT:
            raise TooBigError
        if not isinstance(part, BodyPartReader) or not part.name or part.name in call.files:
            raise ValueError(part)
        if part.filename is None:
            value = await _field(part, FIELDS_LIMIT - fields)
            fields += len(value)
            call.values[part.name] = value.decode()
        else:
            total += await _file(part, call, folder)
            if total > TOTAL_LIMIT:
                raise TooBigError


async def _field(part: BodyPartReader, limit: int) -> bytes:
    value = bytearray()
    while chunk := await part.read_chunk(CHUNK):
        value += chunk
        if len(value) > limit:
            raise TooBigError
    return bytes(value)


async def _file(part: BodyPartReader, call: Call, folder: Path) -> int:
    with NamedTemporaryFile(prefix="upload-", dir=folder, delete=False) as file:
        kept = Upload(Path(file.name), part.filename, part.headers.get("Content-Type"), 0)
        call.files[part.name or ""] = kept  # known before its bytes come, so that a broken upload is deleted
        size = 0
        while chunk := await part.read_chunk(CHUNK):
            size += len(chunk)
            if size > FILE_LIMIT:
                raise TooBigError
            file.write(chunk)
    call.files[part.name or ""] = replace(kept, size=size)
    return size
