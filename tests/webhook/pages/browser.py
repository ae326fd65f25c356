"""A browser without scripts: it keeps cookies, follows redirects, and fills in the forms of the page it is on."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from types import TracebackType

import aiohttp
from aiohttp.test_utils import TestServer
from multidict import CIMultiDict, CIMultiDictProxy


@dataclass
class Shown:
    """One form of a page: where it goes, and its fields as they stand."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """Finds the forms that a page sends by POST."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.found: list[Shown] = []
        self.choice = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form or one of its fields."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Shown(given.get("action", "")))
        elif given.get("type") == "checkbox" and "checked" not in given:
            return
        elif tag == "select":
            self.choice = given.get("name", "")
        elif tag == "option" and "selected" in given and self.found:
            self.found[-1].fields[self.choice] = given.get("value", "")
        elif tag in {"input", "button"} and given.get("name") and self.found:
            self.found[-1].fields[given["name"]] = given.get("value", "")


class Browser:
    """One person's browser on a site."""

    def __init__(self, server: TestServer, **headers: str) -> None:
        """Take the site, and headers that are sent along each time."""
        self.server = server
        self.headers = headers
        self.session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True, quote_cookie=False))
        self.status = 0
        self.text = ""
        self.place = ""
        self.answer: CIMultiDictProxy[str] = CIMultiDictProxy(CIMultiDict())
        self.set_cookies: list[str] = []
        self.went: list[str] = []

    async def __aenter__(self) -> Browser:
        """Open the browser."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        await self.session.close()

    async def go(self, path: str, **headers: str) -> str:
        """Open a page, follow its redirects, and return its text."""
        return await self._ask("GET", path, None, headers)

    async def send(self, action: str, headers: dict[str, str] | None = None, **fields: str) -> str:
        """Fill in the form of this page that goes to `action`, send it, and return the page that follows."""
        return await self._ask("POST", action, {**self.fields(action), **fields}, headers or {})

    def fields(self, action: str) -> dict[str, str]:
        """Return the fields, as they stand, of the form of this page that goes to `action`."""
        form = next((form for form in Forms(self.text).found if form.action == action), None)
        assert form is not None, f"there is no form to {action} on {self.place}"
        return form.fields

    async def post(self, path: str, fields: dict[str, str], **headers: str) -> str:
        """Send fields without a form, as another site's page would."""
        return await self._ask("POST", path, fields, headers)

    async def _ask(self, method: str, path: str, fields: dict[str, str] | None, headers: dict[str, str]) -> str:
        address = self.server.make_url(path) if path.startswith("/") else path
        async with self.session.request(method, address, data=fields, headers=self.headers | headers) as answer:
            self.status, self.answer = answer.status, answer.headers
            self.place, self.went = str(answer.url.relative()), [str(step.url.relative()) for step in answer.history]
            self.set_cookies = [
                cookie for step in [*answer.history, answer] for cookie in step.headers.getall("Set-Cookie", [])
            ]
            self.text = await answer.text()
        return unescape(self.text)

    @property
    def given(self) -> dict[str, str]:
        """Return the cookies that the last page set."""
        pairs = [cookie.split(";")[0].partition("=") for cookie in self.set_cookies]
        return {name: value for name, _, value in pairs}

    def cookie(self, name: str) -> str:
        """Return a cookie's value, or an empty text."""
        return next((cookie.value for cookie in self.session.cookie_jar if cookie.key == name), "")

    def plant(self, name: str, value: str) -> None:
        """Put a cookie into the browser."""
        self.session.cookie_jar.update_cookies({name: value}, self.server.make_url("/"))
