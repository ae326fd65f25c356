"""The words by which people name a receipt's fields, its lines and their parts, in seven languages."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from core.extraction.plain import plain

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
_ADD = "add; new; neu; ajouter; añadir; aggiungi; adicionar; tambah"
_REMOVE = "remove; delete; without; entferne; lösche; supprimer; borrar; elimina; remover; hapus"


def _each(words: str) -> list[str]:
    return [plain(word) for word in words.split(";")]


def _turned(table: Mapping[str, str]) -> dict[str, str]:
    """Return what each word means; the first meaning counts."""
    pairs = chain.from_iterable(((word, name) for word in _each(words)) for name, words in table.items())
    return dict(reversed(list(pairs)))


FIELDS = _turned(_WORDS)
LINES = _turned(_LINES) | {f"{word}s": lines for word, lines in _turned(_LINES).items()}
PARTS = {lines: _turned(parts) for lines, parts in _PARTS.items()}
ADDING, REMOVING = _each(_ADD), _each(_REMOVE)
