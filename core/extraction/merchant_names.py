"""A merchant's name as it is said: without registration numbers, ornaments and the commonest slips of the OCR."""

from __future__ import annotations

import re
import unicodedata

_ORNAMENT = " \t.,:;*=~_|\"'`´-–—<>«»•·#/\\^+!"
_NUMBER_IN_BRACKETS = re.compile(r"\s*[(\[{](?!(?:19|20)\d\d[)\]])[^()\[\]]*\d[\d\s-]{3,}[^()\[\]]*[)\]}]?")
_NUMBER_AFTER_COMPANY = re.compile(r"\s+[(\[C]?\d{4,}\s?-?\s?[A-Z]{0,2}[)\]]\W*$|\s+[(\[]?\d{5,}\s?-\s?[A-Z]\W*$")
_REGISTERED = re.compile(
    r"\s*[-,(]?\s*\b(?:co\.?\s?(?:reg|no|regn)|company\s(?:reg|no)|gst\s?(?:id|reg|no)|vat\s?(?:reg|no)|reg\.?\s?no|"
    r"roc\b|uen|abn|tel|phone|ph|cif|nif|p\.?\s?iva|nip)\b[\s.:#].*\d.*$",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"(?:\.\w{1,3}|\b(?:inc|ltd|ltda|co|corp|bhd|gmbh|llc|jr|bros|lda|pty|pvt|şti))\.[\s,;:*-]*$", re.IGNORECASE
)
"""A name may end in a full stop when it ends in an abbreviation."""
_TAX_NUMBER_BEHIND = re.compile(r"\s+[A-Z]{0,2}-?\d{7,}-?[A-Z]?\W*$")
_PHONE_BEHIND = re.compile(r"\s\(?\+?\d[\d\s()./-]{8,}$")
_NUMBER_BEFORE = re.compile(r"^\W*\d{4,}\s+(?=[^\W\d_])")
_MALAYSIAN = re.compile(r"\b[S5]\.?[D0O]?[NM][.,]?\s?[B83]\s?[HN][D0O]\b", re.IGNORECASE)
"""SDN BHD (Sendirian Berhad, a private limited company) with a letter misread or lost."""
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:\s{1,3}[^\W\d_]){3,}(?![^\W_])")
_MISREAD = re.compile(r"(?<![^\W_])(?=(?:[^\W\d_]*[01][^\W\d_]*)(?![^\W_]))[^\W_]{4,}")


def tidy_name(text: str) -> str:
    """Return the name in a printed line or several; empty when nothing of it is a name."""
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    name = _REGISTERED.sub("", name)
    name = _NUMBER_IN_BRACKETS.sub("", name)
    name = _NUMBER_AFTER_COMPANY.sub("", name)
    name = _TAX_NUMBER_BEHIND.sub("", name)
    name = _NUMBER_BEFORE.sub("", _PHONE_BEHIND.sub("", name))
    name = with_company_form(name)
    name = _MISREAD.sub(_letters_for_figures, name)
    return "" if is_scribble(name) else _without_open_bracket(_trimmed(name))


def with_company_form(text: str) -> str:
    """Return the text with SDN BHD where a letter of it was misread or lost."""
    return _MALAYSIAN.sub(_company_form, text)


def unspaced(text: str) -> str:
    """Return the text with four or more letters that stand apart as words: `C A F E  B L U` is CAFE BLU."""
    return _SPACED.sub(lambda found: re.sub(r"\s(?!\s)(?<!\s\s)|(?<=\s)\s+", "", found[0]), text)


def is_scribble(name: str) -> bool:
    """Return whether a text is a row of ornaments that the OCR took for letters."""
    return len(name) >= 8 and len(set(name.casefold())) <= max(3, len(name) // 6)


def _trimmed(name: str) -> str:
    full_stop = bool(_ABBREVIATED.search(name))
    quoted = name.rstrip(" .,;:*-").endswith('"')
    name = name.strip(_ORNAMENT) + "." * full_stop
    if name.count('"') % 2:
        name = f'{name}"' if quoted else name.replace('"', "")
    if name.startswith("(") and name.endswith(")") and name.count("(") == 1:
        name = name[1:-1].strip(_ORNAMENT)
    return name


def _without_open_bracket(name: str) -> str:
    """Return the name without a bracket that is opened and not closed, or closed and not opened, at its end."""
    if name.count("(") > name.count(")") and len(name) - name.rfind("(") <= 3:
        return name[: name.rfind("(")].strip(_ORNAMENT)
    if name.count(")") > name.count("(") and name.endswith(")"):
        return name[:-1].strip(_ORNAMENT)
    return name


def _company_form(found: re.Match[str]) -> str:
    if re.fullmatch(r"SDN[.,]?\s?BHD", found[0], re.IGNORECASE):
        return found[0]
    return "SDN BHD" if found[0].isupper() else "Sdn Bhd"


def _letters_for_figures(found: re.Match[str]) -> str:
    """Return a word with one figure 0 or 1 among its letters as letters only: 1DEA is IDEA."""
    upper = found[0].upper() == found[0]
    return found[0].replace("0", "O" if upper else "o").replace("1", "I" if upper else "l")
