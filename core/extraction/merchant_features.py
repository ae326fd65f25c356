"""What speaks for and against a run of print being the merchant's name, as figures that weights can be put to."""

from __future__ import annotations

import re
from math import log2

from core.extraction.merchant_candidates import Candidate
from core.extraction.merchant_echo import Features, echoes
from core.extraction.merchant_neighbours import around, ends, is_open, join, only
from core.extraction.merchant_page import Page
from core.extraction.merchant_strips import Strip

_LABEL = re.compile(r"[^\W\d]+[.\s]{0,2}(?:[^\W\d]+)?\s?[:#№=]\s?[\w-]*\d")
"""A word and its number, as in `Station: 02` and `Invoice#305`."""
_COUNT = re.compile(r"\W?\d{1,2}\s?[x×*]?\s[^\W\d_]")


def features(candidate: Candidate, page: Page) -> Features:
    """Return the features of a candidate; those that are 0 may be left out."""
    if candidate.greeted:
        return {"greeted": 1.0, "greeted capital": float(candidate.name[:1].isupper()), **echoes(candidate, page)}
    return {
        **_place(candidate, page),
        **_size(candidate, page),
        **_words(candidate),
        **_shape(candidate),
        "faint": _faint(candidate, page),
        **around(candidate, page),
        **join(candidate),
        **echoes(candidate, page),
    }


def _place(candidate: Candidate, page: Page) -> Features:
    first = candidate.strips[0]
    above = [strips[0] for strips in page.strips[: first.row] if strips]
    names = sum(not strip.junk for strip in above)
    beside = [strip for strip in page.strips[first.row] if strip.right <= first.left]
    middle = (first.left + first.right - page.left - page.right) / 2 / (page.right - page.left)
    always = {
        "beside": float(bool(beside)),
        "amount in row": float(any(strip.told["amount"] for strip in page.strips[first.row])),
        "off centre": min(1.0, 2 * abs(middle)),
    }
    if first.row >= 14:
        return {"below head": 1.0, **always}
    return {
        **always,
        "row": min(first.row, 14) / 5,
        "first row": float(first.row == 0),
        "names above": min(names, 4),
        "no name above": float(names == 0),
        "one name above": float(names == 1),
        "form below name": float(names > 0 and first.told["form"] > 0),
        "address above": float(any(_is_address(strip) for strip in above)),
        "amount above": float(any(strip.told["amount"] for strip in above)),
    }


def _size(candidate: Candidate, page: Page) -> Features:
    height = candidate.strips[0].height
    if not height:
        return {}
    size = max(-1.0, min(2.0, log2(height / page.height)))
    largest = log2(height / max(height, page.largest))
    over = page.strips[: candidate.strips[0].row]
    above = max((one.height for strips in over for one in strips if not one.junk), default=height)
    smaller = max(0.0, min(1.5, log2(max(above, 1.0) / height)))
    form = float(any(strip.told["form"] for strip in candidate.strips))
    wide = (candidate.strips[0].right - candidate.strips[0].left) / (page.right - page.left)
    return {
        "size": size,
        "large": max(0.0, size - 0.4),
        "largest": max(-1.5, largest),
        "is largest": float(largest > -0.05),
        "wide": min(1.0, wide),
        "below larger": smaller,
        "form below larger": form * smaller,
    }


def _faint(candidate: Candidate, page: Page) -> float:
    """Return from 0 to 2 how unsure the OCR was of the letters; its score of clear print is above 0.97."""
    return max((min(2.0, 10 * max(0.0, 0.97 - page.scores[line])) for line in candidate.lines), default=0.0)


def _words(candidate: Candidate) -> Features:
    told = {name: sum(strip.told[name] for strip in candidate.strips) for name in candidate.strips[0].told}
    plain = " ".join(strip.words for strip in candidate.strips)
    return {
        "company": float(told["company"] > told["form"] + told["malaysian"]),
        "malaysian": float(told["malaysian"] > 0),
        "ends malaysian": float(ends(plain, "malaysian")),
        "form": float(told["form"] > 0),
        "ends form": float(ends(plain, "form")),
        "ends company": float(ends(plain, "company") and not ends(plain, "form", "malaysian")),
        "business": float(told["business"] > 0),
        "business 2": float(told["business"] > 1),
        "neither": float(not told["business"] and not told["company"]),
        "address": float(told["address"] > 0),
        "address 2": float(told["address"] > 1),
        "contact": float(told["contact"] > 0),
        "tax id": float(told["tax id"] > 0),
        "heading": float(told["heading"] > 0),
        "heading 2": float(told["heading"] > 1),
        "greeting": float(told["greeting"] > 0),
        "slogan": float(told["slogan"] > 0),
        "slogan 2": float(told["slogan"] > 1),
        "slogan 3": min(3, max(0, told["slogan"] - 2)),
        **{name: float(told[name] > 0) for name in ("date", "amount", "zip", "phone", "url")},
        "starts number": float(candidate.strips[0].told["starts number"]),
        "digits": told["digits"] / (told["digits"] + told["letters"] + 1),
        "only heading": float(only(plain, "heading")),
        "only greeting": float(only(plain, "greeting")),
    }


def _shape(candidate: Candidate) -> Features:
    name = candidate.name
    letters = [letter for letter in name if letter.isalpha()]
    upper = sum(letter.isupper() for letter in letters) / len(letters)
    words = name.split()
    return {
        "label": float(bool(_LABEL.match(name))),
        "starts count": float(bool(_COUNT.match(candidate.strips[0].plain))),
        "upper": float(upper > 0.9),
        "lower": float(upper < 0.05 and letters[0].islower()),
        "title": float(0.05 <= upper <= 0.9),
        "tiny": float(len(letters) < 3),
        "short": float(3 <= len(letters) < 5),
        "long": float(len(letters) > 32),
        "one word": float(len(words) == 1),
        "many words": max(0, len(words) - 5) / 3,
        "colon": float(":" in name),
        "hash": float("#" in name),
        "sentence": float(name.endswith((".", "!", "?")) or "," in name),
        "open": float(is_open(candidate.strips[-1])),
        "starts open": float(bool(re.match(r"[&+]|(?:and|of|by|at)\b", candidate.strips[0].plain))),
        "bracketed": float(candidate.strips[0].text.lstrip().startswith(("(", "["))),
        "ends number": float(bool(re.search(r"[^\W\d_]\W{0,2}\s\d[\d./-]{0,4}[a-z]?$", name))),
        "signs": float(bool(re.search(r"[=×<>%$€£;@?{}\\]", name))),
        "mixed": float(bool(re.search(r"\b(?:[a-z]+\d|\d+[a-z]{3})", name, re.IGNORECASE))),
        "starts small": float(candidate.strips[0].text.lstrip(" (*-\"'")[:1].islower()),
        "number": float(bool(re.search(r"\d{4,}", name))),
    }


def _is_address(strip: Strip) -> bool:
    return bool(strip.told["zip"] or strip.told["phone"] or strip.told["address"] > 1)
