"""The page as a merchant's name is looked for on it: strips of print, what they tell, and the measures of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from statistics import median

from core.extraction.glued import apart
from core.extraction.merchant_names import is_scribble, with_company_form
from core.extraction.plain import Found, find_words, plain
from core.extraction.rows import Cell, Row, find_rows
from core.receipt import Reading

WORDS = "merchant_words.json"
_DATE = re.compile(r"\d\s?[-/.]\s?\d\d?\s?[-/.]\s?\d\d|\d\d?:\d\d")
_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)")
_ZIP = re.compile(r"(?<!#)\b\d{5}(?!\d)|\b[a-z]{1,2}\d[a-z\d]?\s\d[a-z]{2}\b|\b[a-z]\d[a-z]\s?\d[a-z]\d\b")
"""A postcode of five figures (most of the world), of Britain or of Canada."""
_TOWN = re.compile(
    r"[^\W\d_][^\d:&]*(?:[,.]\s{0,2}(?:AB|CO)|[\s,.]{1,3}(?:AL|AK|AZ|AR|CA|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|"
    r"NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|BC|MB|NB|NL|NS|ON|PE|QC|SK|NSW|VIC|QLD))\.?"
)
"""A town with the short form of a state or province behind it, as in Everett, WA."""
_STREET = re.compile(
    r"[^\W\d_]{3,}(?:str|strasse|weg|platz|gasse|allee|damm|ring|ufer|straat|laan|plein|gracht|kade|gatan|vagen|gade|vej|"
    r"veien|gata|katu|utca|gasse)\.?\s\d"
)
"""A street in a language that writes the word for it onto its name, with a house number."""
_EAST = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:路|街|巷|弄|大道|丁目|番)\s?\d|[\u4e00-\u9fff]{2,}[省都道府県][\u4e00-\u9fff]{1,4}[市区區町村県縣郡]|"
    r"[\u4e00-\u9fff]{2,}[市区區][\u3040-\u9fff]+\d|[가-힣]{1,6}(?:로|길|동|구|가)\s?\d|"
    r"[가-힣]{2,}(?:시|도)\s[가-힣]+(?:구|군|시|동)\b"
)
"""An address of China, Japan or Korea: a town or street with what follows it, for one letter may be in a name, too."""
_PHONE = re.compile(r"(?:\d[\s\-.()/]{0,2}){7,}")
_URL = re.compile(r"www|http|@|\.(?:com|net|org|co|de|fr|it|es|nl|my|sg|uk|ca|au|in|id|ph|th|vn|pl|pt|br|mx|info)\b")
_HOST = re.compile(r"(?:\bwww[.,\s]{1,2}|https?\W{1,4}|@)([\w-]{3,})|([\w-]{4,})\.(?:com|net|org|co\.|info)\b")
_MAILERS = {"gmail", "hotmail", "yahoo", "outlook", "icloud", "googlemail", "mail", "facebook", "instagram", "live"}
"""Names of hosts that say nothing about who sold."""
_UNCLEAR = {"san", "tic", "est", "ent", "spa", "sas", "asa", "snc", "inh", "inhaber", "epp"}
_NUMBERED = re.compile(r"[\s(\[]*[\d\s-]{4,}[a-z]?[)\]\W]*$")
"""A registration number behind a name."""
_BEFORE = {"pt", "cv", "ud", "ип", "ооо", "оао", "зао", "пао", "тов", "ao", "ао"}
"""Short forms of companies that stand before the name, in Indonesia and where Cyrillic is written."""
_NAMES = ("company", "business", "address", "contact", "tax id", "heading", "greeting", "slogan")


@dataclass(frozen=True)
class Strip:
    """Print that stands together in one row: one cell, or cells with small gaps; sizes in pixels."""

    row: int
    text: str
    cells: tuple[Cell, ...]
    y: float

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    @cached_property
    def words(self) -> str:
        """Return the plain text with glued words apart and listed words without slips, as lists are looked up in it."""
        return apart(with_company_form(self.text), WORDS)

    @cached_property
    def letters(self) -> str:
        """Return the letters and figures of the plain text."""
        return re.sub(r"[\W_]", "", self.plain)

    @property
    def left(self) -> float:
        return self.cells[0].left

    @property
    def right(self) -> float:
        return self.cells[-1].right

    @property
    def height(self) -> float:
        return max(cell.height for cell in self.cells)

    @cached_property
    def told(self) -> dict[str, int]:
        """Return how many words of each list stand in the text, and 1 or 0 for each kind of figure."""
        text = self.plain
        told = {name: len(find_words(self.words, WORDS, name)) for name in _NAMES}
        told["company"] = len(company_words(self.words))
        told["form"] = sum(one in find_words(self.words, WORDS, "form") for one in company_words(self.words))
        told["malaysian"] = len(find_words(self.words, WORDS, "malaysian"))
        for name, pattern in (("date", _DATE), ("amount", _AMOUNT), ("zip", _ZIP), ("phone", _PHONE), ("url", _URL)):
            told[name] = int(bool(pattern.search(text)))
        told["zip"] |= int(bool(_TOWN.fullmatch(self.text.strip())))
        told["address"] += int(bool(_STREET.search(text))) + 2 * int(bool(_EAST.search(self.text)))
        told["starts number"] = int(bool(re.match(r"\W{0,3}(?:no\.?\s*)?\d", text)))
        told["letters"] = sum(letter.isalpha() for letter in text)
        told["digits"] = sum(letter.isdigit() for letter in text)
        return told

    @cached_property
    def junk(self) -> bool:
        """Return whether it is clearly no name: an address, a number to call or to file, a heading, a greeting."""
        told = self.told
        clear = told["date"] or told["amount"] or told["phone"] or told["zip"] or told["url"] or told["tax id"]
        words = told["contact"] or told["heading"] or told["greeting"]
        words = words or (told["address"] and not told["business"])
        least = 2 if self.text > "\u3040" else 3
        return bool(
            clear or told["letters"] < least or told["digits"] > told["letters"] or (words and not told["company"])
        )


@dataclass(frozen=True)
class Page:
    """The strips of a reading by rows, and the measures that sizes and places are compared with."""

    strips: tuple[tuple[Strip, ...], ...]
    text: str
    height: float
    left: float
    right: float
    scores: tuple[float, ...] = ()

    @cached_property
    def largest(self) -> float:
        """Return the height of the largest print in the first ten rows that may be a name."""
        return max((strip.height for strips in self.strips[:10] for strip in strips if not strip.junk), default=0.0)

    @cached_property
    def web(self) -> str:
        """Return the web and mail addresses on the page without their marks."""
        words = (word for word in self.text.split() if "www" in word or ".co" in word or "@" in word)
        return re.sub(r"[^\w ]", "", " ".join(words))

    @cached_property
    def thanked(self) -> tuple[tuple[Strip, str], ...]:
        """Return the strips in which a name stands behind "Thank you for shopping at", with that name's text.

        The name may stand in the row below.
        """
        found = []
        for at, strips in enumerate(self.strips):
            for strip in strips[:1]:
                told = find_words(strip.plain, WORDS, "greeted")
                rest = len(strip.plain) - told[0].end if told else 0
                if rest > 2:
                    found.append((strip, strip.text[-rest:]))
                elif told and (below := self.next_to(at + 1)) is not None and not below.junk:
                    found.append((below, below.text))
        return tuple(found)

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """Return what the page's web and mail addresses are called: `otter` of www.otter.co.uk, letters only."""
        found = [re.sub(r"[\W_]", "", match[1] or match[2]) for match in _HOST.finditer(self.text)]
        return tuple(dict.fromkeys(host for host in found if len(host) >= 4 and host not in _MAILERS))

    def web_likeness(self, letters: str) -> float:
        """Return from 0 to 1 how much of a name (its letters) is what a web or mail address is called."""
        best = 0.0
        for host in self.hosts if len(letters) >= 4 else ():
            if letters in host or host in letters:
                best = max(best, min(len(letters), len(host)) / max(len(letters), len(host)), 0.5)
            else:
                best = max(best, SequenceMatcher(None, letters, host).ratio() - 0.2)
        return best if best >= 0.5 else 0.0

    def next_to(self, row: int) -> Strip | None:
        """Return the first strip of a row, or None where there is no such row."""
        return self.strips[row][0] if 0 <= row < len(self.strips) and self.strips[row] else None


def company_words(text: str) -> tuple[Found, ...]:
    """Return the words in a plain text that say "company"; one that is a common word, too, only at its end or start.

    `SA`, `ME` or `AS` in the midst of a line are words of a language; `PT` and `CV` stand before an Indonesian name.
    """
    found = find_words(text, WORDS, "company")
    bare = _NUMBERED.sub("", text).rstrip(" .,)*-:")
    first = [one for one in found[:1] if one.word.strip(".") in _BEFORE and not text[: one.start].strip(" .*-")]
    clear = [one for one in found if len(word := re.sub(r"\W", "", one.word)) > 2 and word not in _UNCLEAR]
    return tuple(one for one in found if one in clear or one in first or one.end >= len(bare))


def page_of(reading: Reading) -> Page:
    """Return the reading as strips, rows of ornaments left out; cells closer than twice their height are one strip."""
    rows = find_rows(reading)
    named = [row for row in rows if re.search(r"[^\W_]", row.text) and not is_scribble(row.text)]
    strips = tuple(tuple(_strips(at, row)) for at, row in enumerate(named))
    cells = [cell for row in rows for cell in row.cells]
    height = median([cell.height for cell in cells] or [1.0]) or 1.0
    left, right = min((cell.left for cell in cells), default=0.0), max((cell.right for cell in cells), default=1.0)
    scores = tuple(1.0 if line.score is None else line.score for line in reading.lines)
    return Page(strips, plain(reading.text), height, left, max(right, left + 1.0), scores)


def _strips(at: int, row: Row) -> Iterator[Strip]:
    run: list[Cell] = []
    runs: list[tuple[Cell, ...]] = []
    for cell in row.cells:
        if run and cell.left - run[-1].right > 2 * max(cell.height, run[-1].height):
            runs.append(tuple(run))
            run = []
        run.append(cell)
    runs.append(tuple(run))
    for cells in runs:
        yield Strip(at, " ".join(cell.text for cell in cells), cells, row.y)
    for cells in runs:
        if len(cells) > 1:
            yield from (Strip(at, cell.text, (cell,), row.y) for cell in cells)
