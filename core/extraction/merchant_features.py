"""What speaks for and against a run of print being the merchant's name, as figures that weights can be put to."""

from __future__ import annotations

import re
from math import log2

from core.extraction.merchant_candidates import Candidate
from core.extraction.merchant_echo import Features, echoes
from core.extraction.merchant_neighbours import around, ends, is_open, join, only
from core.extraction.merchant_page import Page
from core.extraction.merchant_parties import is_label, side
from core.extraction.merchant_strips import WORDS, Strip
from core.extraction.plain import find_words, plain, word_list

_LABEL = re.compile(r"[^\W\d]+[.\s]{0,2}(?:[^\W\d]+)?\s?[:#№=]\s?[\w-]*\d")
"""A word and its number, as in `Station: 02` and `Invoice#305`."""
_SENTENCES = re.compile(r"[^\W\d_]{3,}[.!?]\s+[^\W\d_]{3,}")
_COUNT = re.compile(r"\W?\d{1,2}\s?[x×*]?\s[^\W\d_]")


def features(candidate: Candidate, page: Page) -> Features:
    """Return the features of a candidate; those that are 0 may be left out."""
    if candidate.how == "greeted":
        return {
            "greeted": 1.0,
            "greeted capital": float(candidate.name[:1].isupper()),
            "greeted head": float(candidate.strips[0].row < 5),
            **echoes(candidate, page),
        }
    return {
        candidate.how: 1.0 * (candidate.how != "whole"),
        **_party(candidate, page),
        **_place(candidate, page),
        **_size(candidate, page),
        **_words(candidate),
        **_shape(candidate),
        "faint": _faint(candidate, page),
        **around(candidate, page),
        **join(candidate, page),
        **echoes(candidate, page),
    }


def _party(candidate: Candidate, page: Page) -> Features:
    """Return whether labels call it the buyer or the seller, and whether it is rather where the shop is, or a bank."""
    strips = candidate.strips
    buyer, seller = zip(*(side(strip, page) for strip in strips), strict=True)
    malls = any(strip.told["mall"] for strip in strips)
    named = any(strip.told["business"] or strip.told["company"] for strip in strips)
    rows = range(max(0, strips[0].row - 2), strips[-1].row + 3)
    others = [one for at in rows if (one := page.next_to(at)) and at not in {strip.row for strip in strips}]
    other = any(not one.junk and not one.told["mall"] for one in others)
    return {
        "buyer": max(buyer),
        "seller": 1.0 if candidate.how == "named" else seller[0],
        "party label": float(any(is_label(strip) for strip in strips)),
        "mall": float(malls),
        "mall business": float(malls and named),
        "mall beside name": float(malls and not named and other),
        "bank": float(any(strip.told["bank"] for strip in strips)),
        "says greeted": float(any(find_words(strip.plain, WORDS, "greeted") for strip in strips)),
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
    whole = " ".join(strip.words for strip in candidate.strips)
    return {
        "company": float(told["company"] > told["form"] + told["malaysian"]),
        "malaysian": float(told["malaysian"] > 0),
        "ends malaysian": float(ends(whole, "malaysian")),
        "form": float(told["form"] > 0),
        "ends form": float(ends(whole, "form")),
        "ends company": float(ends(whole, "company") and not ends(whole, "form", "malaysian")),
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
        "slogan share": _share(whole, "slogan") if told["slogan"] > 1 else 0.0,
        "slogan 2": float(told["slogan"] > 1),
        "slogan 3": min(3, max(0, told["slogan"] - 2)),
        **{name: float(told[name] > 0) for name in ("date", "amount", "zip", "phone", "url")},
        "starts number": float(candidate.strips[0].told["starts number"]),
        "digits": told["digits"] / (told["digits"] + told["letters"] + 1),
        "only heading": float(only(whole, "heading")),
        "only business": float(only(whole, "business")),
        "only greeting": float(only(whole, "greeting")),
    }


def _share(text: str, name: str) -> float:
    """Return how much of a plain text, from 0 to 1, is words of a list."""
    letters = sum(len(found.word) for found in find_words(text, WORDS, name))
    return min(1.0, letters / max(1, len(text)))


def _shape(candidate: Candidate) -> Features:
    name = candidate.name
    letters = [letter for letter in name if letter.isalpha()]
    upper = sum(letter.isupper() for letter in letters) / len(letters)
    words = name.split()
    links = word_list(WORDS, "link")
    return {
        "label": float(bool(_LABEL.match(name))),
        "starts count": float(bool(_COUNT.match(candidate.strips[0].plain))),
        "upper": float(upper > 0.9),
        "small words": min(3, sum(word[0].islower() and plain(word) not in links for word in words[1:])) / 3,
        "lower": float(upper < 0.05 and letters[0].islower()),
        "title": float(0.05 <= upper <= 0.9),
        "tiny": float(len(letters) < 3),
        "short": float(3 <= len(letters) < 5),
        "long": float(len(letters) > 32),
        "one word": float(len(words) == 1),
        "many words": max(0, len(words) - 5) / 3,
        "colon": float(":" in name),
        "hash": float("#" in name),
        "sentence": float(name.endswith((".", "!", "?")) or "," in name or bool(_SENTENCES.search(name))),
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
    told = strip.told
    return bool(told["zip"] or told["phone"] or told["address"] > 1 or (told["address"] and told["starts number"]))
