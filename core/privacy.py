"""Where an account's receipts are kept, what left this machine, and what will: plain words for chat and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.departures import Sent
from core.sent_words import sent_line
from core.settings import Settings

LOCAL = "local"
GOOGLES = "generativelanguage.googleapis.com"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PLACES = {
    "here": "on the machine that this bot runs on",
    "elsewhere": "on a database server of whoever runs this bot",
    "Supabase": "in the Supabase project of whoever runs this bot",
}
KEPT_BOTH = "Receipts and pictures: {database}."
KEPT_APART = "Receipts: {database}. Pictures: {photos}."
LEFT_NOTHING = "Receipts are read on this machine: no picture and no text of them was sent to anybody else."
LEFT_READING = "Receipts are read on this machine: only what is kept elsewhere, as said above, leaves it."
WAS_SENT = "To be read, or to answer you, this was sent so far:"
NOT_YET = "Nothing of yours was sent to be read elsewhere so far."
WILL_BE_SENT = "As this bot is set up now, this is sent:"
NOT_ANY_MORE = "Nothing is sent to be read elsewhere any more: receipts are read on this machine alone."
MASKED = (
    "Before anything is sent, card, account, phone and loyalty numbers and e-mail addresses are masked, as far as they "
    "are recognised."
)
NOT_MASKED = "Nothing is masked before it is sent."
READ_HERE = "Nothing: it was read on this machine."
READ_HERE_KEPT_AWAY = "Nothing to be read elsewhere: it was read on this machine."


@dataclass(frozen=True)
class Setup:
    """Where things are kept ("here", "elsewhere" or "Supabase"), and what is sent to whom as it is set up now.

    `sends` has a sentence a service, and none when nothing is sent; `masks` says whether it is masked before.
    """

    database: str = "here"
    photos: str = "here"
    sends: tuple[str, ...] = ()
    masks: bool = True

    @classmethod
    def of(cls, settings: Settings) -> Setup:
        """Return what the settings make, without giving an address of the database away."""
        return cls(
            database=_place(settings.database_url or ""),
            photos="Supabase" if settings.supabase_url else "here",
            sends=tuple(_sends(settings)),
            masks=settings.mask_before_cloud,
        )

    @property
    def kept(self) -> str:
        """Return where receipts and pictures are kept."""
        sentence = KEPT_BOTH if self.database == self.photos else KEPT_APART
        return sentence.format(database=PLACES[self.database], photos=PLACES[self.photos])

    @property
    def is_all_here(self) -> bool:
        """Tell whether nothing is kept on other machines."""
        return self.database == self.photos == "here"


@dataclass(frozen=True)
class Told:
    """A sentence, and what it announces, a line each."""

    sentence: str
    lines: tuple[str, ...] = ()


def told(setup: Setup, sent: Sequence[Sent]) -> list[Told]:
    """Return what left this machine of an account, and what will, as paragraphs of plain text."""
    if not sent and not setup.sends:
        return [Told(LEFT_NOTHING if setup.is_all_here else LEFT_READING)]
    before = Told(WAS_SENT, tuple(sent_line(one) for one in sent)) if sent else Told(NOT_YET)
    if not setup.sends:
        return [before, Told(NOT_ANY_MORE)]
    return [before, Told(WILL_BE_SENT, setup.sends), Told(MASKED if setup.masks else NOT_MASKED)]


def _sends(settings: Settings) -> list[str]:
    """Return what goes to whom: a service that comes after this machine gets only what could not be read here."""
    said = []
    if settings.rapidapi_key and "rapidapi" in settings.asked_readers:
        when = _when(settings.asked_readers)
        said.append(f"Pictures of receipts, to RapidAPI ({_host(settings.rapidapi_host)}), to be read{when}.")
    if settings.gemini_key:
        host = _host(settings.gemini_url or GOOGLES)
        if "gemini" in settings.asked_extractors:
            when = _when(settings.asked_extractors)
            said.append(f"Pictures of receipts and their text, to Gemini ({host}), to find the figures{when}.")
        said.append(f"Questions that you ask, and sums for advice but no line items, to Gemini ({host}).")
    return said


def _when(order: tuple[str, ...]) -> str:
    return " when this machine cannot" if order[0] == LOCAL else ""


def _host(address: str) -> str:
    """Return an address's host."""
    return urlsplit(address if "//" in address else f"//{address}").hostname or address


def _place(address: str) -> str:
    """Return where a database is by its address, without giving the address away."""
    host = urlsplit(address).hostname or ""
    if not host or host in LOOPBACK:
        return "here"
    return "Supabase" if host.endswith((".supabase.co", ".supabase.com")) else "elsewhere"
