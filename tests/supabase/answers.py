"""How Auth and Storage word their errors on the wire."""

from __future__ import annotations

from typing import Any

from aiohttp import web

VERSION_HEADER = "X-Supabase-Api-Version"
VERSION = "2024-01-01"


class AuthRefusal(Exception):
    """An error of Auth: status, code and message."""

    def __init__(self, status: int, code: str, message: str, **more: Any) -> None:
        """Keep what is answered."""
        super().__init__(message)
        self.status, self.code, self.message, self.more = status, code, message, more

    def answer(self, request: web.Request) -> web.Response:
        """Return the answer in the form of the API version that was asked for."""
        if request.headers.get(VERSION_HEADER) == VERSION:
            body = {"code": self.code, "message": self.message, **self.more}
            headers = {VERSION_HEADER: VERSION, "x-sb-error-code": self.code}
            return web.json_response(body, status=self.status, headers=headers)
        body = {"code": self.status, "error_code": self.code, "msg": self.message, **self.more}
        return web.json_response(body, status=self.status, headers={"x-sb-error-code": self.code})


class StorageRefusal(Exception):
    """An error of Storage: on the wire nearly all have status 400, and the real one is text in the body."""

    def __init__(self, status: str, error: str, message: str) -> None:
        """Keep what is answered."""
        super().__init__(message)
        self.body = {"statusCode": status, "error": error, "message": message}

    def answer(self, request: web.Request) -> web.Response:
        """Return the answer."""
        return web.json_response(self.body, status=400)
