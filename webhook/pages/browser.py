"""What a browser tells of itself: over which road it came, from where, in which language, and what it is."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from aiohttp import web
from babel.core import UnknownLocaleError
from babel.localedata import exists

from webhook.pages.site import SITE

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
"""In this order: most of them also name those that stand after them."""
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
LANGUAGE = re.compile(r"\s*([A-Za-z]{2})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*")


def is_secure(request: web.Request) -> bool:
    """Tell whether the browser came over HTTPS: HAProxy says so, or what stands before it at PUBLIC_URL.

    PUBLIC_URL is https, and a tunnel that ends TLS for it passes requests on by its name.
    """
    if request.headers.get("X-Forwarded-Proto") == "https":
        return True
    public = request.app[SITE].settings.public_url
    return public is not None and request.host == urlsplit(public).netloc


def is_foreign(request: web.Request) -> bool:
    """Tell whether the browser says that another site's page sent this request.

    A page without a referrer says `Origin: null` of its own forms too; there Sec-Fetch-Site and the token decide.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin", "null")
    ours = {f"http://{request.host}", f"https://{request.host}", request.app[SITE].settings.public_url}
    return origin != "null" and origin not in ours


def address_of(request: web.Request) -> str:
    """Return whom to count tries by: the address that HAProxy saw; of IPv6 the network that one household has."""
    last = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    try:
        address = ipaddress.ip_address(last or request.remote or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def device_of(request: web.Request) -> str:
    """Return what somebody would call the browser: `Firefox on Linux`."""
    given = request.headers.get("User-Agent", "")
    browser = next((name for sign, name in BROWSERS if sign in given), "Browser")
    system = next((name for sign, name in SYSTEMS if sign in given), "")
    return f"{browser} on {system}" if system else browser


def language_of(request: web.Request) -> str:
    """Return the language that the browser likes best of those that we can write dates in, or `en`."""
    wanted = []
    for entry in request.headers.get("Accept-Language", "")[:200].split(","):
        found = LANGUAGE.fullmatch(entry)
        if found:
            wanted.append((-float(found[2] or 1), found[1].lower()))
    return next((language for weight, language in sorted(wanted, key=_weight) if weight and _known(language)), "en")


def _weight(entry: tuple[float, str]) -> float:
    return entry[0]


def _known(language: str) -> bool:
    try:
        return bool(exists(language))
    except (UnknownLocaleError, ValueError):
        return False


def safe_next(given: str) -> str:
    """Return where to go after signing in: a place within the site, `/` when it is anything else.

    One slash at the start and letters that an address holds: no second slash or backslash, which browsers take
    for another site, and no control characters, which they leave out before they look.
    """
    path, _, query = given.partition("?")
    within = re.fullmatch(r"(/[A-Za-z0-9_~=+,:@-][A-Za-z0-9_.~=+,:@-]*)+/?|/", path)
    return given if within and len(given) <= 500 and re.fullmatch(r"[A-Za-z0-9_.~%=+,:@/&?-]*", query) else "/"
