"""Reads Telegram's HTML into plain text and entities, and finds commands and addresses in plain text."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from webhook.local_chat.errors import ApiError, bad_request

Entity = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
}
# One piece of the markup: a tag, a character reference, or anything else.
PIECE = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z0-9-]*)(?P<rest>[^<>]*)(?P<close>>?)|(?P<ref>&[#\w]+;)|[^<&]+|&")
ATTRIBUTE = re.compile(r"""\s*(?P<name>[a-zA-Z-]+)(?:\s*=\s*(?:"(?P<d>[^"]*)"|'(?P<s>[^']*)'|(?P<bare>[^\s"'=]+)))?""")
REFERENCES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/<>])(?P<bot_command>/\w{1,64}(?:@\w{3,32})?)"
    r"|(?<!\w)(?P<mention>@\w{5,32})"
    r"|(?<!\w)(?P<hashtag>#\w*[^\W\d]\w*)",
    re.ASCII,
)
MOST = 100  # Telegram keeps no more entities in a message


def units(text: str) -> int:
    """Return the length as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


@dataclass
class _Open:
    tag: str
    start: int
    entity: Entity


@dataclass
class _Reader:
    text: list[str] = field(default_factory=list)
    length: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.text.append(text)
        self.length += units(text)

    def start(self, tag: str, attributes: dict[str, str], offset: int) -> None:
        if tag not in TAGS or (tag == "span" and attributes.get("class") != "tg-spoiler"):
            raise _wrong(f'Unsupported start tag "{tag}" at byte offset {offset}')
        self.open.append(_Open(tag, self.length, _entity(tag, attributes)))

    def end(self, tag: str, offset: int) -> None:
        if not self.open:
            raise _wrong(f"Unexpected end tag at byte offset {offset}")
        last = self.open.pop()
        if tag and tag != last.tag:
            found = f'expected "</{last.tag}>", found "</{tag}>"'
            raise _wrong(f"Unmatched end tag at byte offset {offset}, {found}")
        if self.length > last.start:
            self.keep({**last.entity, "offset": last.start, "length": self.length - last.start})

    def keep(self, entity: Entity) -> None:
        if entity["type"] == "text_link" and not entity.get("url"):
            entity["url"] = "".join(self.text)[-entity["length"] :]
        inner = self.entities[-1] if self.entities else None
        same = inner is not None and all(inner[key] == entity[key] for key in ("offset", "length"))
        if entity["type"] == "pre" and same and inner is not None and inner["type"] == "code":
            self.entities.pop()  # <pre><code class="language-x"> is one entity
            entity |= {"language": inner["language"]} if "language" in inner else {}
        else:
            entity.pop("language", None)
        self.entities.append(entity)


def _wrong(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def _entity(tag: str, attributes: dict[str, str]) -> Entity:
    entity: Entity = {"type": TAGS[tag]}
    if tag == "a":
        entity["url"] = attributes.get("href", "")
    if tag == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    if tag == "code" and attributes.get("class", "").startswith("language-"):
        entity["language"] = attributes["class"].removeprefix("language-")
    if tag == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    return entity


def _reference(text: str) -> str:
    """Return the character that a reference stands for; an unknown name stays as it is written."""
    if text in REFERENCES:
        return REFERENCES[text]
    return html.unescape(text) if text.startswith("&#") else text


def _attributes(rest: str) -> dict[str, str]:
    return {
        found["name"].lower(): _reference_all(found["d"] or found["s"] or found["bare"] or "")
        for found in ATTRIBUTE.finditer(rest)
    }


def _reference_all(text: str) -> str:
    return re.sub(r"&[#\w]+;", lambda found: _reference(found[0]), text)


def read_html(markup: str) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities, outer ones first. Raises ApiError 400 on bad markup.

    Rules: https://core.telegram.org/bots/api#html-style
    """
    reader = _Reader()
    for piece in PIECE.finditer(markup):
        offset = len(markup[: piece.start()].encode())
        if piece["ref"]:
            reader.add(_reference(piece["ref"]))
        elif not piece[0].startswith("<"):
            reader.add(piece[0])
        elif not piece["close"]:
            raise _wrong(f"Unclosed start tag at byte offset {offset}")
        elif piece["end"]:
            reader.end(piece["name"].lower(), offset)
        else:
            reader.start(piece["name"].lower(), _attributes(piece["rest"]), offset)
    if reader.open:
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{reader.open[-1].tag}"')
    entities = sorted(reader.entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(reader.text), entities


def find_entities(text: str) -> list[Entity]:
    """Return the commands, links, addresses, mentions and hashtags that Telegram marks by itself."""
    return [
        {"type": found.lastgroup, "offset": units(text[: found.start()]), "length": units(found[0])}
        for found in FOUND.finditer(text)
    ]


def span(entity: Entity) -> tuple[int, int]:
    """Return where an entity begins and ends, in UTF-16 code units."""
    return entity["offset"], entity["offset"] + entity["length"]


def add_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Return the entities with those found in the text, where no other touches them; at most 100."""
    taken = [span(entity) for entity in entities if entity["type"] in ("code", "pre", "text_link")]
    free = [
        found
        for found in find_entities(text)
        if all(span(found)[0] >= end or span(found)[1] <= start for start, end in taken)
    ]
    return sorted([*entities, *free], key=lambda entity: (entity["offset"], -entity["length"]))[:MOST]


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Return text and entities without the white space around the text, as Telegram stores them."""
    cut = units(text) - units(text.lstrip())
    text = text.strip()
    length, kept = units(text), []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] - cut + entity["length"], length)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept
