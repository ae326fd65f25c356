"""What stands around a run of print that may be the merchant's name, and how its own rows fit together, as figures."""

from __future__ import annotations

import re
from itertools import pairwise
from math import log2

from core.extraction.categories import known_chain
from core.extraction.glued import listed
from core.extraction.merchant_candidates import Candidate
from core.extraction.merchant_echo import Features
from core.extraction.merchant_page import Page
from core.extraction.merchant_strips import WORDS, Strip
from core.extraction.plain import find_words, word_list

_REGISTRATION = re.compile(r"\(?[\d\s-]{5,}[a-z]{0,2}\W*")


def around(candidate: Candidate, page: Page) -> Features:
    """Return what stands above, below and elsewhere."""
    first, last = candidate.strips[0], candidate.strips[-1]
    above, below = page.next_to(first.row - 1), page.next_to(last.row + 1)
    after = page.next_to(last.row + 2)
    deep = first.row > 3 and only(first.words, "heading")
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
            "then alike large": _alike(last, below) * _large(last, page),
            "then company": float(bool(told["company"]) and not below.junk),
            "then amount": float(bool(told["amount"])),
        }
    if candidate.how == "addressed":
        found["then address"] = 1.0
    if any(strip.told["amount"] for row in page.strips[: first.row] for strip in row):
        found["foot then address"] = float(candidate.how == "addressed" or bool(below and _is_address(below)))
    if after:
        found["later address"] = float(bool(after.told["address"] or after.told["zip"] or after.told["phone"]))
    return found


def _is_address(strip: Strip) -> bool:
    return bool(strip.told["address"] or strip.told["zip"] or strip.told["phone"])


def _chain_alone(text: str) -> bool:
    """Return whether a plain text is a chain's name and perhaps figures and listed words: `otter restaurant #12`."""
    words = text.split()
    name = next((count for count in range(1, len(words) + 1) if known_chain(" ".join(words[:count]))), 0)
    rest = re.findall(r"[^\W\d_]{2,}", " ".join(words[name:]))
    return bool(name) and all(listed(word, WORDS) for word in rest)


def join(candidate: Candidate, page: Page) -> Features:
    """Return how well the rows and cells of a candidate are one name."""
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
        "join repeats": float(any(upper.letters in lower.letters for upper, lower in pairwise(strips))),
        "join only company": float(only(strips[-1].words, "company")),
        "rows 3 alike": float(len(strips) > 2 and _alike(second, strips[2])),
        "join alike": float(_alike(first, second)),
        "join alike large": _alike(first, second) * _large(second, page),
        "join starts open": float(second.plain.split()[0] in word_list(WORDS, "link")),
        "join open": float(bool(is_open(first))),
        "join business": float(second.told["business"] > 0 and first.told["business"] == 0),
        "join complete": float(ends(first.words, "company")),
        "join business only": float(only(second.words, "business")),
        "join only business": float(only(first.words, "business")),
        "join short": float(len(first.plain.split()) == 1 and len(second.plain.split()) == 1),
        "join bracket": float(second.text.lstrip().startswith("(")),
        "join case": float(first.text.isupper() != second.text.isupper()),
        "join case title": float(first.text.isupper() and not second.text.isupper()),
        "join cells below": float(any(len(strip.cells) > 1 for strip in strips[1:])),
    }


def _large(strip: Strip, page: Page) -> float:
    """Return from 0 to 1 how much larger print is than most of the page."""
    return max(0.0, min(1.0, log2(strip.height / page.height))) if strip.height else 0.0


def is_open(strip: Strip) -> bool:
    """Return whether a strip cannot end a name: its last word is `and` or the like."""
    return bool(re.search(r"(?:[&+]|\b(?:and|of|the|und|et|y|e|de|la|le|el))$", strip.plain))


def only(text: str, name: str) -> bool:
    """Return whether a text is made of words of a list and nothing else."""
    listed = sum(sum(letter.isalnum() for letter in found.word) for found in find_words(text, WORDS, name))
    return listed == sum(letter.isalnum() for letter in text)


def ends(text: str, *names: str) -> bool:
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
