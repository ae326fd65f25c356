"""What a person writes in a chat to correct a receipt: `total 12.50`, `item 2 price 4.20`, `Summe: 12,50`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from core.extraction.plain import plain
from core.money import read_amount

_WORDS: Mapping[str, str] = {
    "total": "total; summe; gesamt; gesamtbetrag; montant; totale; importe; jumlah",
    "bought_on": "date; day; datum; fecha; data; tanggal",
    "merchant": "merchant; shop; store; seller; händler; geschäft; marchand; magasin; tienda; comercio; negozio; "
    "esercente; loja; comerciante; toko",
    "currency": "currency; währung; devise; moneda; valuta; moeda; mata uang",
    "category": "category; kategorie; catégorie; categoría; categoria; kategori",
    "subtotal": "subtotal; sub-total; sub total; zwischensumme; sous-total; subtotale; imponibile",
    "taxes": "tax; vat; gst; sales tax; steuer; mwst; tva; taxe; iva; impuesto; imposta; imposto; pajak; ppn",
    "tip": "tip; gratuity; trinkgeld; pourboire; propina; mancia; gorjeta",
    "discount": "discount; rabatt; remise; descuento; sconto; desconto; diskon",
    "rounding": "rounding; rundung; arrondi; redondeo; arrotondamento; arredondamento; pembulatan",
    "cash": "cash; cash given; bargeld; gegeben; espèces; efectivo; contanti; dinheiro; tunai",
    "change": "change; rückgeld; monnaie; cambio; vuelto; resto; troco; kembalian",
    "payment_method": "paid with; paid by; payment; bezahlt mit; payé par; pagado con; pagato con; pago com",
    "number": "number; receipt number; nummer; belegnummer; numéro; número; numero; nomor",
    "due_on": "due; due date; fällig; fällig am; échéance; vencimiento; scadenza; vencimento; jatuh tempo",
    "kind": "kind; type; tipo; jenis",
}
_LINES: Mapping[str, str] = {
    "items": "item; line; posten; artikel; article; artículo; articolo; barang",
    "taxes": _WORDS["taxes"],
}
_PARTS: Mapping[str, Mapping[str, str]] = {
    "items": {
        "description": "name; description; bezeichnung; nom; nombre; nome; nama",
        "quantity": "quantity; qty; count; menge; anzahl; quantité; cantidad; quantità; quantidade; jumlah",
        "unit_price": "price; unit price; einzelpreis; preis; prix; precio; prezzo; preço; harga",
        "total": "total; amount; betrag; montant; importe; importo; valor",
    },
    "taxes": {
        "label": "name; label; bezeichnung; nom; nombre; nome; nama",
        "rate": "rate; satz; taux; tasa; tipo; aliquota; taxa; tarif",
        "base": "on; base; von; sur; sobre; su; dasar",
        "included": "included; in prices; enthalten; incluse; incluido; inclusa; incluído",
        "amount": "amount; betrag; montant; importe; importo; valor",
    },
}
_Pairs = list[tuple[str, str]]
_WHOLE: Mapping[str, str] = {"items": "total", "taxes": "amount"}
"""What of a line is meant where nothing else is said."""
_ADD = "add; new; neu; ajouter; añadir; aggiungi; adicionar; tambah"
_REMOVE = "remove; delete; without; entferne; lösche; supprimer; borrar; elimina; remover; hapus"
_IS = frozenset({"is", "was", "to", "ist", "war", "est", "es", "è", "é", "adalah"})
_NOTHING = frozenset({"none", "nothing", "-", "–", "—"})
_MOST_WORDS = 3
_MARKED = re.compile(r"(?P<word>[^\d:=]{2,30}?)\s*[:=]\s*(?P<value>.+)")
_LINE = re.compile(
    r"(?P<word>[^\d]{2,20}?)\s*(?:#|no\.?\s*)?(?P<at>\d{1,3})(?:\s*[:=]\s*|\s+)(?P<rest>.+)", re.IGNORECASE
)
_GONE = re.compile(r"(?P<word>[^\d]{2,30}?)\s*#?(?P<at>\d{1,3})\.?", re.IGNORECASE)
_AMOUNT = re.compile(r"(?P<words>.*\S)\s+(?P<amount>\S*\d\S*)")
_PRICED = re.compile(r"(?P<words>.*[^\W\d_].*\S)\s+(?P<amount>\d{1,12}[.,]\d{2,3})")
_RATED = re.compile(r"(?P<rate>\d{1,3}(?:[.,]\d{1,3})?)\s?%\s+(?P<amount>\S+)")
_LONGEST = 300
_MOST_LINES = 30


def read_corrections(text: str) -> dict[str, str] | None:
    """Return the fields that a message corrects, as `core.corrections` names them, and the values; None for none.

    `Total: 12.50`, `date 2026-10-03`, `tax 3.00`, `tip none`, `item 2 4.20`, `item 2 Rye bread 4.20`, `tax 1 rate 8`,
    `add item Rye bread 4.20`, `remove item 2`; the fields' names in seven languages. Each line of the message is a
    correction of its own, and all of them must be understood.
    """
    found = dict[str, str]()
    lines = [" ".join(line[:_LONGEST].split()) for line in text.splitlines() if line.strip()]
    for at, said in enumerate(lines):
        pairs = _read(said)
        if pairs is None or at >= _MOST_LINES:
            return None
        found |= {f"{field}{at}" if field.endswith("+") and at else field: value for field, value in pairs}
    return found or None


def _read(said: str) -> _Pairs | None:
    one = _removed(said) or _added(said)
    return [one] if one else _of_line(said) or _of_receipt(said)


def _of_receipt(said: str) -> _Pairs | None:
    marked = _MARKED.fullmatch(said)
    if marked and plain(marked["word"]) in _FIELDS:
        return [(_FIELDS[plain(marked["word"])], _unless_nothing(marked["value"]))]
    field, value = _first(said, _FIELDS) or ("", "")
    if field == "change":  # the money that is given back, or "change the total to 12.50"
        field, value = _first(value.removeprefix("the "), _FIELDS) or (field, value)
    return [(field, _value(value))] if value else None


def _of_line(said: str) -> _Pairs | None:
    """Read what is said of a numbered line; `tax 2` and `tax 12.50` are no numbers of lines."""
    line = _LINE.fullmatch(said)
    lines = _KINDS.get(plain(line["word"])) if line else None
    if line is None or lines is None or int(line["at"]) == 0:
        return None
    place = f"{lines}.{int(line['at']) - 1}"
    named = _first(line["rest"], _NAMES[lines])
    if named and named[1]:
        return [(f"{place}.{named[0]}", _value(named[1]))]
    value = _value(line["rest"])
    if named is None and not value:
        return [(f"{place}.-", "")]
    return [(f"{place}.{name}", part) for name, part in _unnamed(lines, value)]


def _unnamed(lines: str, value: str) -> _Pairs:
    """Return what is said of a line without naming a part: `4.20`, `Rye bread`, `Rye bread 4.20`, `10% 3.00`."""
    name = "description" if lines == "items" else "label"
    if read_amount(value) is not None:
        return [(_WHOLE[lines], value)]
    if rated := _RATED.fullmatch(value) if lines == "taxes" else None:
        return [("rate", rated["rate"]), ("amount", rated["amount"])]
    priced = _PRICED.fullmatch(value)
    return [(name, priced["words"]), (_WHOLE[lines], priced["amount"])] if priced else [(name, value)]


def _added(said: str) -> tuple[str, str] | None:
    found = _first(said, dict.fromkeys(_each(_ADD), "+"))
    lines = _first(found[1], _KINDS) if found else None
    if lines is None or not lines[1]:
        return None
    amount = _AMOUNT.fullmatch(lines[1].replace("|", " "))
    if amount is None and read_amount(lines[1]) is not None:  # an item has a name, a tax need not have one
        return f"{lines[0]}.+", f"{'' if lines[0] == 'items' else 'Tax'} | {lines[1]}"
    return f"{lines[0]}.+", f"{amount['words']} | {amount['amount']}" if amount else f"{lines[1]} | "


def _removed(said: str) -> tuple[str, str] | None:
    found = _first(said, dict.fromkeys(_each(_REMOVE), "-"))
    if found and plain(found[1]) in _FIELDS:
        return _FIELDS[plain(found[1])], ""
    line = _GONE.fullmatch(found[1]) if found else None
    lines = _KINDS.get(plain(line["word"])) if line else None
    return (f"{lines}.{int(line['at']) - 1}.-", "") if line and lines and int(line["at"]) else None


def _value(value: str) -> str:
    """Return a value without a verb before it; a word or a stroke for nothing is an empty one."""
    first, _, rest = value.partition(" ")
    return _unless_nothing(rest if rest and first.casefold() in _IS else value)


def _unless_nothing(value: str) -> str:
    """Return a value as it is, as behind a colon: `Merchant: To Go Coffee`; one that says nothing is empty."""
    return "" if value.casefold() in _NOTHING else value


def _first(said: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """Return what the first words mean, the most that are known together, and what comes after them."""
    words = said.split()
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        meant = known.get(plain(" ".join(words[:count])).rstrip(":="))
        if meant:
            return meant, " ".join(words[count:])
    return None


def _each(words: str) -> list[str]:
    return [plain(word) for word in words.split(";")]


def _turned(table: Mapping[str, str]) -> dict[str, str]:
    """Return what each word means; the first meaning counts."""
    pairs = chain.from_iterable(((word, name) for word in _each(words)) for name, words in table.items())
    return dict(reversed(list(pairs)))


_FIELDS = _turned(_WORDS)
_KINDS = _turned(_LINES) | {f"{word}s": lines for word, lines in _turned(_LINES).items()}
_NAMES = {lines: _turned(parts) for lines, parts in _PARTS.items()}
