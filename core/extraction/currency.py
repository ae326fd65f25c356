"""The currency: printed signs, codes and words first, then what tells the country (tax names, phone numbers)."""

from __future__ import annotations

import re

from core.receipt import Evidence, Reading

_PRINTED: tuple[tuple[str, str], ...] = (
    ("MYR", r"(?<![A-Za-z])RM(?=\s?\d|\)|\s*$|\s)|\bMYR\b|\bRinggit\b"),
    ("IDR", r"\bRp\.?\s?\d|\bIDR\b|\bRp\b"),
    ("EUR", r"€|\bEUR\b|\bEuros?\b"),
    ("GBP", r"£|\bGBP\b"),
    ("CHF", r"\bCHF\b|\bSFr\b"),
    ("SGD", r"\bS\$\s?\d|\bSGD\b"),
    ("HKD", r"\bHK\$|\bHKD\b"),
    ("TWD", r"\bNT\$|\bTWD\b"),
    ("AUD", r"\bA\$\s?\d|\bAUD\b"),
    ("NZD", r"\bNZ\$|\bNZD\b"),
    ("CAD", r"\bC\$\s?\d|\bCA\$|\bCAD\b"),
    ("BRL", r"R\$|\bBRL\b"),
    ("MXN", r"\bMXN\b|\bM\.?N\.?\b(?=.*\bpesos\b)"),
    ("USD", r"\bUS\$|\bUSD\b"),
    ("JPY", r"円|\bJPY\b"),
    ("CNY", r"\bCNY\b|\bRMB\b|人民币"),
    ("KRW", r"₩|\bKRW\b|\d원"),
    ("INR", r"₹|\bINR\b|\bRs\.?\s?\d"),
    ("PHP", r"₱|\bPHP\b"),
    ("THB", r"฿|\bTHB\b|\bBaht\b"),
    ("VND", r"₫|\bVND\b"),
    ("TRY", r"₺|\bTRY\b|\d\s?TL\b"),
    ("RUB", r"₽|\bRUB\b|\bруб"),
    ("UAH", r"₴|\bUAH\b|\bгрн"),
    ("PLN", r"\bPLN\b|\bzł"),
    ("CZK", r"\bKč|\bCZK\b"),
    ("HUF", r"\bHUF\b|\d\s?Ft\b"),
    ("RON", r"\bRON\b|\d\s?Lei\b"),
    ("BGN", r"\bлв\b|\bBGN\b"),
    ("SEK", r"\bSEK\b"),
    ("NOK", r"\bNOK\b"),
    ("DKK", r"\bDKK\b"),
    ("RWF", r"\bRWF\b|\bFRW\b"),
    ("KES", r"\bKES\b|\bKSh"),
    ("UGX", r"\bUGX\b|\bUSh"),
    ("TZS", r"\bTZS\b|\bTSh"),
    ("ZAR", r"\bZAR\b|(?<![A-Za-z])R\s?\d+\.\d\d"),
    ("NGN", r"₦|\bNGN\b"),
    ("GHS", r"\bGH[S₵¢]"),
    ("AED", r"\bAED\b|\bDhs?\b"),
    ("SAR", r"\bSAR\b"),
    ("ILS", r"₪|\bILS\b|\bNIS\b"),
)
"""Signs and codes that leave no question, with the currency of each."""

_COUNTRY: tuple[tuple[str, str], ...] = (
    (
        "MYR",
        r"\bSdn\.?\s*Bhd|\bMalaysia\b|\bJalan\b.*\b\d{5}\b|\bSelangor\b|\bKuala Lumpur\b|\bTaman\b|\bSST ID\b",
    ),
    ("SGD", r"\bSingapore\b|\bPte\.?\s*Ltd|\bS\(\d{6}\)"),
    ("IDR", r"\bPPN\b|\bPB\s?1\b|\bKembali(?:an)?\b|\bTunai\b|\bNPWP\b|\bJl\.|\bIndonesia\b|\bJakarta\b"),
    ("AUD", r"\bABN\b\s*:?\s*\d|\bAustralia\b|\b(?:NSW|VIC|QLD)\s+\d{4}\b"),
    ("NZD", r"\bNew Zealand\b|\bGST\s*(?:No|Number|#)?[.: ]*\d{2,3}-\d{3}-\d{3}\b"),
    ("CAD", r"\b(?:HST|PST|QST|TPS|TVQ)\b|\b[ABCEGHJ-NPRSTVXY]\d[A-Z]\s?\d[A-Z]\d\b"),
    (
        "GBP",
        r"\bVAT\s*(?:Reg|No)\b|\bGB\s?\d{9}\b|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\bEngland\b|\bLondon\b",
    ),
    ("CHF", r"\bCHE-?\d{3}\b|\bSchweiz\b|\bZürich\b"),
    (
        "EUR",
        r"\bMwSt\b|\bUSt-?Id|\bTVA\b|\bSIRET\b|\bP\.?\s?IVA\b|\bN\.?I\.?F\b|\bC\.?I\.?F\b|\bI\.V\.A\b|\bBTW\b",
    ),
    ("INR", r"\bGSTIN\b|\b[CS]GST\b|\bFSSAI\b|\bIndia\b"),
    ("PHP", r"\bPhilippines\b|\bVATable\b|\bMetro Manila\b"),
    ("HKD", r"\bHong Kong\b|\bKowloon\b"),
    ("RWF", r"\bRwanda\b|\bKigali\b|\bEBM\b"),
    ("KES", r"\bKenya\b|\bNairobi\b|\bKRA\b"),
    (
        "USD",
        r"\b[A-Z]{2}[.,]?\s+\d{5}(?:-\d{4})?\b|\b[A-Z][a-z]+,\s?[A-Z]{2}\b|\bUSA\b|\(\d{3}\)\s?\d{3}-\d{4}|\bSALES TAX\b",
    ),
)
"""Words that only receipts of one country print, with its currency."""


def find_currency(reading: Reading) -> tuple[str | None, Evidence]:
    """Return the ISO 4217 code and why, or None when it is neither printed nor follows from the country's own words."""
    text = reading.text[:20_000]
    printed = _count(_PRINTED, text)
    if printed:
        best = max(printed, key=lambda code: printed[code])
        rivals = tuple(code for code in printed if code != best)
        return best, Evidence(
            lines=_lines(reading, _PRINTED, best), confidence=0.97 if not rivals else 0.8, rivals=rivals
        )
    country = _count(_COUNTRY, text)
    if not country:
        return (None, Evidence()) if "¥" not in text else ("JPY", Evidence(confidence=0.6, rivals=("CNY",)))
    best = max(country, key=lambda code: country[code])
    if "$" in text and best not in {"USD", "SGD", "AUD", "NZD", "CAD", "HKD"}:
        return "USD", Evidence(confidence=0.5)
    rivals = tuple(code for code in country if code != best)
    return best, Evidence(
        lines=_lines(reading, _COUNTRY, best), confidence=0.85 if not rivals else 0.6, rivals=rivals
    )


def _count(table: tuple[tuple[str, str], ...], text: str) -> dict[str, int]:
    found = {
        code: len(
            re.findall(
                pattern, text, re.MULTILINE | re.IGNORECASE if code in {"EUR", "MYR"} and 0 else re.MULTILINE
            )
        )
        for code, pattern in table
    }
    return {code: times for code, times in found.items() if times}


def _lines(reading: Reading, table: tuple[tuple[str, str], ...], code: str) -> tuple[int, ...]:
    pattern = re.compile(dict(table)[code])
    return tuple(at for at, line in enumerate(reading.lines) if pattern.search(line.text))[:5]
