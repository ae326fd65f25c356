"""The words over the columns of a bill (`Item  Qty  Price`), in many languages and with slips of the OCR."""

from __future__ import annotations

import re
from functools import lru_cache

from core.extraction.plain import plain
from core.extraction.words import one_apart

_HEAD = re.compile(
    r"\b(?:items?|descriptions?|desc|descript|qty|quan|quantity|price|amount|amt|disc|uom|u\.?p|rsp|mrp|srp|code|product|produkt|"
    r"artikel|menge|preis|einzelpreis|gesamtpreis|anzahl|anz|prix|designation|libelle|qte|quantite|montant|unitaire|"
    r"cantidad|cant|descripcion|concepto|precio|importe|unid|descrizione|prezzo|quantita|total|totaal|rm|rp|usd|eur|"
    r"tax|bezeichnung|betrag|nama|harga|jumlah|satuan|no|s/?n|unit|rate|value|each|gst|vat|date|time|table|tel|phone|"
    r"fax|invoice|receipt|order|check|cashier|server|guests?|store|reg|trans?|terminal|page|bill|omschrijving|aantal|"
    r"aant|stuks|prijs|bedrag|nazwa|ilosc|cena|wartosc|urun|adet|fiyat|tutar|descricao|preco|valor|qtd|base|imp|iva|"
    r"mwst|ust|netto|brutto|tva|btw|ht|ttc|taxe|taux|satz|steuer|steuersatz|aliquota|imponible|imponibile|cuota|tipo|"
    r"net|gross|ptu|stawka|kdv|rrl|наименование|товар|кол-во|количество|цена|сумма|стоимость|品名|商品|数量|単価|"
    r"金額|单价|金额|igicuruzwa|ingano|igiciro)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_KNOWN = frozenset(_WORD.findall(_HEAD.pattern))
_MANY = 3
"""Only among so many words is one taken for a head that is but one letter away: `Coke` is no code."""


def is_head(text: str) -> bool:
    """Return whether a row's words are those over columns."""
    return len(re.sub(r"[\W\d_]", "", text)) >= 3 and share_of_heads(text) >= 0.6


def share_of_heads(words: str) -> float:
    """Return how much of the letters belong to words over columns, from 0 to 1."""
    text = plain(words)
    letters = max(len(re.sub(r"[\W\d_]", "", words)), 1)
    share = sum(len(head) for head in _HEAD.findall(text)) / letters
    found = _WORD.findall(text)
    if 0.4 <= share < 0.6 and len(found) >= _MANY:
        share = sum(len(word) for word in found if _is_known(word)) / letters
    return share


@lru_cache(maxsize=2048)
def _is_known(word: str) -> bool:
    """Return whether a word is one over columns but for one letter, or for `m` read as `rn`."""
    forms = {word, word.replace("rn", "m")}
    if forms & _KNOWN:
        return True
    return len(word) >= 4 and any(one_apart(form, known) for form in forms for known in _KNOWN if len(known) >= 4)
