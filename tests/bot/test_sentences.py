"""The sentences themselves: complete, short enough, and well-formed."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from bot import sentences
from bot.handlers import COMMANDS

SENTENCES = {name: value for name, value in vars(sentences).items() if name.isupper() and isinstance(value, str)}
TOASTS = (
    "OLD_BUTTON",
    "NOT_YOURS",
    "NOT_YOUR_LIST",
    "ALREADY_DELETED",
    "NOT_DELETED",
    "ALREADY_SETTLED",
    "NOTED",
    "STILL_READING",
    "SAMPLE_COMES",
    "TOO_LATE",
    "ALREADY_DECIDED",
    "DONE",
    "WAITS_AGAIN",
    "LINK_FIRST",
    "ADMIN_ASKED",
    "STILL_ASKED",
    "BLOCKED",
    "NOT_LINKED",
    "UNLINKED",
)


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_closes_the_tags_it_opens(name: str) -> None:
    """Telegram refuses a message with a tag left open."""
    balance = _Balance()
    balance.feed(SENTENCES[name])
    assert balance.open == []


@pytest.mark.parametrize("name", TOASTS)
def test_a_toast_is_plain_and_short(name: str) -> None:
    """At most 200 characters, and no markup, which a toast would show as it is."""
    assert len(SENTENCES[name]) <= 200
    assert not re.search(r"[<>&{}]", SENTENCES[name])


def test_facts_are_escaped_when_they_are_put_in() -> None:
    """There is one way to fill a sentence, and it escapes."""
    assert sentences.fill("<b>{name}</b>", name="<&>") == "<b>&lt;&amp;&gt;</b>"


def test_the_start_says_what_it_does_in_three_lines() -> None:
    """No more is read."""
    assert len(sentences.START.splitlines()) == 3


def test_the_commands_fit_the_command_menu() -> None:
    """setMyCommands takes names of at most 32 small letters and descriptions of at most 256 characters."""
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) and 3 <= len(what) <= 256 for name, what in COMMANDS)
