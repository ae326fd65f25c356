"""What left this machine, told truthfully: to whom, how much, what was masked, and what will be sent."""

from __future__ import annotations

import pytest

from core.departures import Departure, Outcome, Purpose, Sent
from core.privacy import (
    LEFT_NOTHING,
    LEFT_READING,
    MASKED,
    NOT_ANY_MORE,
    NOT_MASKED,
    NOT_YET,
    WAS_SENT,
    WILL_BE_SENT,
    Setup,
    Told,
    told,
)
from core.receipt import Receipt
from core.sent_words import departure_line, sent_line, written_bytes
from core.settings import Settings
from core.who_read import who_read

HOST = "generativelanguage.googleapis.com"
SENT = Sent("Gemini", HOST, 12, 3_400_000, 10_400, {"card number": 2, "e-mail address": 2, "phone number": 0})
KEYS = {"RAPIDAPI_KEY": "a-key-of-rapidapi-12345", "GEMINI_API_KEY": "a-key-of-gemini-12345"}


def setup(**settings: str) -> Setup:
    """Return what these settings make."""
    return Setup.of(Settings.from_environment(settings))


def test_without_keys_nothing_left() -> None:
    """And where it is kept elsewhere, that is all that did."""
    assert told(setup(), []) == [Told(LEFT_NOTHING)]
    assert told(setup(DATABASE_URL="postgresql://db.example.org/x"), []) == [Told(LEFT_READING)]


def test_with_keys_it_is_said_what_is_sent_to_whom() -> None:
    """Each service with its host, before anything was sent; never a key."""
    before, now, masked = told(setup(**KEYS), [])
    assert (before, masked) == (Told(NOT_YET), Told(MASKED))
    assert now.sentence == WILL_BE_SENT
    assert now.lines == (
        "Pictures of receipts, to RapidAPI (ocr-extract-text.p.rapidapi.com), to be read.",
        f"Pictures of receipts and their text, to Gemini ({HOST}), to find the figures.",
        f"Questions that you ask, and sums for advice but no line items, to Gemini ({HOST}).",
    )
    assert "a-key" not in str(now)


def test_a_service_that_comes_second_is_sent_less() -> None:
    """Only what this machine cannot do; and who is left out is sent nothing to read."""
    second = setup(**KEYS, READERS="local,rapidapi", EXTRACTORS="local")
    assert second.sends == (
        "Pictures of receipts, to RapidAPI (ocr-extract-text.p.rapidapi.com), to be read when this machine cannot.",
        f"Questions that you ask, and sums for advice but no line items, to Gemini ({HOST}).",
    )


def test_hosts_of_ones_own_are_told() -> None:
    """Whoever runs this may have Gemini answered elsewhere."""
    own = setup(GEMINI_API_KEY="a-key-of-gemini-12345", GEMINI_API_URL="https://proxy.example.org:8443/v1")
    assert "(proxy.example.org)" in own.sends[0]


def test_what_is_not_masked_is_said() -> None:
    """When somebody switched it off."""
    assert told(setup(**KEYS, MASK_BEFORE_CLOUD="no"), [])[-1] == Told(NOT_MASKED)


def test_what_was_sent_stays_told_when_the_keys_are_gone() -> None:
    """The past does not become nothing."""
    assert told(setup(), [SENT]) == [Told(WAS_SENT, (sent_line(SENT),)), Told(NOT_ANY_MORE)]


def test_a_service_is_told_with_all_that_it_got() -> None:
    """How often, pictures, text, and how much of each kind was masked."""
    assert sent_line(SENT) == (
        f"Gemini ({HOST}): 12 times, 3.4 MB of pictures, 10,400 characters of text;"
        " masked: 2 card numbers, 2 e-mail addresses."
    )
    assert sent_line(Sent("RapidAPI", "x", 1, 0, 1)) == "RapidAPI (x): 1 time, 1 character of text; nothing was masked."


@pytest.mark.parametrize(
    ("left", "line"),
    [
        (
            Departure("Gemini", "x", Purpose.EXTRACTING, 118_000, 900, {"card number": 1}, "flash"),
            "Gemini flash (x), to find its figures: a picture of 118 KB and 900 characters of text;"
            " masked: 1 card number. Whether it was answered is not known.",
        ),
        (
            Departure("RapidAPI", "x", Purpose.READING, 820, outcome=Outcome.NO_ANSWER),
            "RapidAPI (x), to be read: a picture of 820 bytes; nothing was masked. There was no answer.",
        ),
    ],
)
def test_one_departure_is_told_whole(left: Departure, line: str) -> None:
    """To whom, why, what, what was masked, and what came of it."""
    assert departure_line(left) == line


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 KB"), (999_499, "999 KB"), (999_500, "1.0 MB")],
)
def test_sizes_are_told_as_people_say_them(count: int, text: str) -> None:
    """In decimal units."""
    assert written_bytes(count) == text


@pytest.mark.parametrize(
    ("read_by", "missed", "text"),
    [
        ((), (), ""),
        (("local",), (), ""),
        (("Gemini", "local"), (), "Read by Gemini, checked against the reading on this machine."),
        (("Gemini",), (), "Read by Gemini."),
        (
            ("Gemini", "RapidAPI", "local"),
            (),
            "Read by Gemini and RapidAPI, checked against the reading on this machine.",
        ),
        (("local",), ("Gemini did not answer",), "Gemini did not answer, so I read it on this machine alone."),
        (
            ("local",),
            ("RapidAPI is too busy", "Gemini is over its quota"),
            "RapidAPI is too busy and Gemini is over its quota, so I read it on this machine alone.",
        ),
        (
            ("RapidAPI", "local"),
            ("Gemini did not answer.",),
            "Read by RapidAPI, checked against the reading on this machine. Gemini did not answer.",
        ),
    ],
)
def test_who_read_it_is_one_plain_sentence(read_by: tuple[str, ...], missed: tuple[str, ...], text: str) -> None:
    """And nothing where this machine read it as it should."""
    assert who_read(Receipt(read_by=read_by, missed=missed)) == text
