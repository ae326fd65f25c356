"""One call of an OCR service behind RapidAPI's proxy with `requests`, which blocks: it is made in a thread."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import requests
from urllib3.exceptions import HTTPError

from core.errors import Unavailable

MOST_BODY = 1_000_000
"""Bytes of an answer that are read: a hundred times the text of a long receipt."""
_CHUNK = 65_536


class NoReply(Unavailable):
    """The service I asked did not answer."""


@dataclass(frozen=True)
class Offer:
    """One API on RapidAPI: where it is, as which host the proxy knows it, and the key of who has subscribed to it."""

    url: str
    host: str
    key: str = field(repr=False)


@dataclass(frozen=True)
class Reply:
    """What came back: the header names are in small letters, and a body that is too large is None."""

    status: int
    headers: Mapping[str, str]
    body: bytes | None = field(repr=False)


def post(offer: Offer, picture: bytes, seconds: float) -> Reply:
    """Send a JPEG in the form's field `image` and return what comes back. Raises NoReply.

    Reading stops when the seconds are over, though a server may send a byte now and then.
    """
    over = time.monotonic() + seconds
    try:
        with (
            requests.Session() as session,
            session.post(
                offer.url,
                files={"image": ("receipt.jpg", picture, "image/jpeg")},
                headers={
                    "x-rapidapi-key": offer.key,
                    "x-rapidapi-host": offer.host,
                    "Accept": "application/json, text/plain",
                    "Accept-Encoding": "identity",
                },
                auth=_nothing_more,
                # Half for the way there, so that a dead host leaves time for another try.
                timeout=(seconds / 2, seconds),
                # The key must not go to where somebody points to.
                allow_redirects=False,
                stream=True,
            ) as response,
        ):
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status_code, headers, _body(response, over))
    except (requests.RequestException, HTTPError) as error:
        # Neither the error itself nor its text goes on: both may hold the request.
        raise NoReply(f"RapidAPI: {type(error).__name__}") from None


def _nothing_more(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Send no other credentials: without this, those of a .netrc would go along."""
    return request


def _body(response: requests.Response, over: float) -> bytes | None:
    """Return the body, or None when it is larger than is read. Raises NoReply when it takes too long."""
    body = bytearray()
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > MOST_BODY:
            return None
        if time.monotonic() > over:
            raise NoReply("RapidAPI: slow answer")
    return bytes(body)
