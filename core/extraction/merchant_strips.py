"""Strips of print, as a merchant's name is looked for in them: what stands together in a row, and what it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from core.extraction.glued import apart
from core.extraction.merchant_names import with_company_form
from core.extraction.plain import Found, find_words, plain
from core.extraction.rows import Cell

WORDS = "merchant_words.json"
_DATE = re.compile(r"\d\s?[-/.]\s?\d\d?\s?[-/.]\s?\d\d|\d\d?:\d\d")
_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)|^\W{0,3}(?:[a-z]{1,3}\.?\s?)?\d{1,3}(?:[.,]\d{3})+$|^[¥₩]\s?\d+$")
"""An amount with two decimals anywhere, or one without decimals and nothing else."""
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
_UNCLEAR = {"san", "tic", "est", "ent", "spa", "sas", "asa", "snc", "inh", "inhaber", "epp"}
_NUMBERED = re.compile(r"[\s(\[]*[\d\s-]{4,}[a-z]?[)\]\W]*$")
"""A registration number behind a name."""
_BEFORE = {"pt", "cv", "ud", "ип", "ооо", "оао", "зао", "пао", "тов", "ao", "ао"}
"""Short forms of companies that stand before the name, in Indonesia and where Cyrillic is written."""
_NAMES = ("company", "business", "address", "contact", "tax id", "heading", "greeting", "slogan", "mall", "bank")


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


def company_words(text: str) -> tuple[Found, ...]:
    """Return the words in a plain text that say "company"; one that is a common word, too, only at its end or start.

    `SA`, `ME` or `AS` in the midst of a line are words of a language; `PT` and `CV` stand before an Indonesian name.
    """
    found = find_words(text, WORDS, "company")
    bare = _NUMBERED.sub("", text).rstrip(" .,)*-:")
    first = [one for one in found[:1] if one.word.strip(".") in _BEFORE and not text[: one.start].strip(" .*-")]
    clear = [one for one in found if len(word := re.sub(r"\W", "", one.word)) > 2 and word not in _UNCLEAR]
    return tuple(one for one in found if one in clear or one in first or one.end >= len(bare))
