"""What speaks for and against a run of print being the merchant's name, as figures that weights can be put to."""

from __future__ import annotations

import re
from math import log2

from core.extraction.categories import known_chain
from core.extraction.glued import listed
from core.extraction.merchant_candidates import Candidate
from core.extraction.merchant_echo import echoes
from core.extraction.merchant_page import WORDS, Page, Strip
from core.extraction.plain import find_words

Features = dict[str, float]
_REGISTRATION = re.compile(r"\(?[\d\s-]{5,}[a-z]{0,2}\W*")


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
        **_around(candidate, page),
        **_join(candidate),
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
        "ends malaysian": float(_ends(plain, "malaysian")),
        "form": float(told["form"] > 0),
        "ends form": float(_ends(plain, "form")),
        "ends company": float(_ends(plain, "company") and not _ends(plain, "form", "malaysian")),
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
        "only heading": float(_only(plain, "heading")),
        "only greeting": float(_only(plain, "greeting")),
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
        "open": float(_open(candidate.strips[-1])),
        "starts open": float(bool(re.match(r"[&+]|(?:and|of|by|at)\b", candidate.strips[0].plain))),
        "bracketed": float(candidate.strips[0].text.lstrip().startswith(("(", "["))),
        "ends number": float(bool(re.search(r"[^\W\d_]\W{0,2}\s\d[\d./-]{0,4}[a-z]?$", name))),
        "signs": float(bool(re.search(r"[=×<>%$€£;@?{}\\]", name))),
        "mixed": float(bool(re.search(r"\b(?:[a-z]+\d|\d+[a-z]{3})", name, re.IGNORECASE))),
        "starts small": float(candidate.strips[0].text.lstrip(" (*-\"'")[:1].islower()),
        "number": float(bool(re.search(r"\d{4,}", name))),
    }


def _around(candidate: Candidate, page: Page) -> Features:
    first, last = candidate.strips[0], candidate.strips[-1]
    above, below = page.next_to(first.row - 1), page.next_to(last.row + 1)
    after = page.next_to(last.row + 2)
    deep = first.row > 3 and _only(first.words, "heading")
    chain = known_chain(first.plain) and not deep  # Netto and Total are shops at the top and sums further down
    alone = chain and _chain_alone(first.plain)
    found = {
        "known chain": float(chain),
        "chain deep": alone * min(first.row, 14) / 5,
        "chain names above": alone * min(4, sum(not strips[0].junk for strips in page.strips[: first.row] if strips)),
        "chain by name": float(known_chain(last.plain)) if last is not first else 0.0,
        "above name alike": float(above is not None and _alike(above, first)),
    }
    if below:
        told = below.told
        found |= {
            "then address": float(bool(told["address"] or told["zip"] or told["starts number"])),
            "then contact": float(bool(told["contact"] or told["phone"] or told["url"])),
            "then tax id": float(bool(told["tax id"] or _REGISTRATION.fullmatch(below.plain))),
            "then heading": float(bool(told["heading"])),
            "then name alike": float(_alike(last, below)),
            "then company": float(bool(told["company"]) and not below.junk),
            "then amount": float(bool(told["amount"])),
        }
    if after:
        found["later address"] = float(bool(after.told["address"] or after.told["zip"] or after.told["phone"]))
    return found


def _chain_alone(text: str) -> bool:
    """Return whether a plain text is a chain's name and perhaps figures and listed words: `otter restaurant #12`."""
    words = text.split()
    name = next((count for count in range(1, len(words) + 1) if known_chain(" ".join(words[:count]))), 0)
    rest = re.findall(r"[^\W\d_]{2,}", " ".join(words[name:]))
    return bool(name) and all(listed(word, WORDS) for word in rest)


def _join(candidate: Candidate) -> Features:
    strips = candidate.strips
    cells = len(strips[0].cells) - 1
    if len(strips) == 1:
        return {"cells": float(cells > 0)}
    first, second = strips[0], strips[1]
    apart = abs(log2(second.height / first.height)) if first.height and second.height else 0.3
    gap = (second.y - first.y) / max(first.height, second.height, 1.0)
    return {
        "cells": float(cells > 0),
        "rows": 1.0,
        "rows 3": float(len(strips) > 2),
        "join unlike size": min(1.5, apart),
        "join gap": max(0.0, min(2.0, gap - 0.8)),
        "join only company": float(_only(strips[-1].words, "company")),
        "join open": float(bool(_open(first))),
        "join business": float(second.told["business"] > 0 and first.told["business"] == 0),
        "join complete": float(_ends(first.words, "company")),
        "join short": float(len(first.plain.split()) == 1 and len(second.plain.split()) == 1),
        "join bracket": float(second.text.lstrip().startswith("(")),
        "join case": float(first.text.isupper() != second.text.isupper()),
        "join case title": float(first.text.isupper() and not second.text.isupper()),
        "join cells below": float(any(len(strip.cells) > 1 for strip in strips[1:])),
    }


def _is_address(strip: Strip) -> bool:
    return bool(strip.told["zip"] or strip.told["phone"] or strip.told["address"] > 1)


def _open(strip: Strip) -> bool:
    """Return whether a strip cannot end a name: its last word is `and` or the like."""
    return bool(re.search(r"(?:[&+]|\b(?:and|of|the|und|et|y|e|de|la|le|el))$", strip.plain))


def _only(text: str, name: str) -> bool:
    """Return whether a text is made of words of a list and nothing else."""
    listed = sum(sum(letter.isalnum() for letter in found.word) for found in find_words(text, WORDS, name))
    return listed == sum(letter.isalnum() for letter in text)


def _ends(text: str, *names: str) -> bool:
    """Return whether a text ends in a word of these lists, as in Ltd or GmbH, a registration number aside."""
    bare = re.sub(r"[\s(\[]*[\d\s-]{4,}[a-z]?[)\]\W]*$", "", text)
    return any(found.end >= len(bare.rstrip(" .,)")) for found in find_words(bare, WORDS, *names))


def _alike(upper: Strip, lower: Strip) -> bool:
    """Return whether two strips look like one name over two lines: no junk, of one size, close."""
    if upper.junk or lower.junk:
        return False
    if not upper.height or not lower.height:
        return True
    close = lower.y - upper.y < 1.9 * max(upper.height, lower.height)
    return close and abs(log2(upper.height / lower.height)) < 0.25
