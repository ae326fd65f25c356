"""Heads of receipts that are invented, as readings with the merchant's name: those that mislead who looks for it.

Bill-to firms, malls, slogans in large print, greetings, names broken in two or spaced out, franchises, slips of cards,
in 44 countries. No name is a real shop's. heads.txt is learned from, heads_unseen.txt is only measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from core.receipt import Box, Line, Reading

_BODIES = {
    "en": "12/04/2023 14:22|Milk 1L >> 2.10|Bread >> 3.40|Subtotal >> 5.50|TOTAL >> 5.50|Cash >> 10.00|Change >> 4.50",
    "inr": "Item >> Qty >> Amount|Chana 1kg >> 1 >> 120.00|Ghee >> 1 >> 310.00|CGST 9% >> 38.70|Grand Total >> 468.70",
    "de": "12.04.2023 14:22|Brötchen >> 0,80 B|Käse >> 4,20 B|Summe EUR >> 5,00|Bar >> 10,00|Rückgeld >> 5,00",
    "fr": "12/04/2023 14:22|Pain >> 1,20|Beurre >> 2,80|TOTAL TTC >> 4,00|Carte bancaire >> 4,00|Merci de votre visite",
    "es": "12/04/2023 14:22|Pan >> 1,20|Leche >> 0,95|TOTAL >> 2,15|Efectivo >> 5,00|Cambio >> 2,85|Gracias",
    "it": "12/04/2023 14:22|Pane >> 1,20|Latte >> 1,50|TOTALE COMPLESSIVO >> 2,70|Contanti >> 5,00|Resto >> 2,30",
    "nl": "12-04-2023 14:22|Brood >> 2,20|Kaas >> 5,80|Totaal >> 8,00|Pin >> 8,00|Bedankt en tot ziens",
    "pl": "12.04.2023 14:22|Chleb >> 4,20 B|Mleko >> 3,80 B|SUMA PLN >> 8,00|Gotówka >> 10,00|Reszta >> 2,00",
    "pt": "12/04/2023 14:22|Pão >> 0,40|Café >> 0,90|TOTAL >> 1,30|Numerário >> 2,00|Troco >> 0,70|Obrigado",
    "br": "12/04/2023 14:22|Arroz 5kg >> 24,90|Feijão >> 8,10|TOTAL R$ >> 33,00|Dinheiro >> 50,00|Troco >> 17,00",
    "id": "12/04/2023 14:22|Paku 1kg >> 25.000|Cat 5L >> 120.000|Total >> 145.000|Tunai >> 150.000|Kembali >> 5.000",
    "my": "12/04/2018 14:22|NASI GORENG >> 8.50|TEH TARIK >> 2.00|JUMLAH >> 10.50|TUNAI >> 20.00|BAKI >> 9.50",
    "ke": "12/04/2023 14:22|Sukari 1kg >> 180.00|Unga >> 220.00|TOTAL KES >> 400.00|M-PESA >> 400.00|Asante",
    "ae": "12/04/2023 14:22|Cable 2m >> 30.00|Lamp >> 55.00|VAT 5% >> 4.25|Total AED >> 89.25|Cash >> 100.00",
    "se": "2023-04-12 14:22|Bröd >> 32,00|Kaffe >> 28,00|Totalt SEK >> 60,00|Moms 12% >> 6,43|Kort >> 60,00",
    "no": "12.04.2023 14:22|Sokker >> 99,00|Lue >> 201,00|Sum NOK >> 300,00|MVA 25% >> 60,00|Bankkort >> 300,00",
    "dk": "12.04.2023 14:22|Skruer >> 45,00|Lim >> 55,00|I alt DKK >> 100,00|Moms >> 20,00|Dankort >> 100,00",
    "fi": "12.4.2023 14:22|Ruisleipä >> 3,20|Pulla >> 2,80|YHTEENSÄ >> 6,00|ALV 14% >> 0,74|Pankkikortti >> 6,00",
    "cz": "12.04.2023 14:22|Olej >> 450,00|Filtr >> 250,00|Celkem Kč >> 700,00|DPH 21% >> 121,49|Hotově >> 700,00",
    "hu": "2023.04.12 14:22|Virágföld >> 1 290|Tulipán >> 2 710|ÖSSZESEN >> 4 000|Készpénz >> 4 000",
    "tr": "12.04.2023 14:22|Vida >> 45,00|Boya >> 155,00|TOPKDV >> 30,51|TOPLAM >> 200,00|NAKİT >> 200,00",
    "ph": "12/04/2023 14:22|Bigas 5kg >> 250.00|Kape >> 50.00|TOTAL DUE >> 300.00|Cash >> 500.00|Change >> 200.00",
    "mx": "12/04/2023 14:22|Taco pastor >> 45.00|Agua >> 25.00|Total $ >> 70.00|Efectivo >> 100.00|Cambio >> 30.00",
    "jp": "2023年4月12日 14:22|うどん >> ¥650|お茶 >> ¥150|合計 >> ¥800|お預り >> ¥1,000|お釣り >> ¥200",
    "kr": "2023-04-12 14:22|김밥 >> 3,500|라면 >> 4,500|합계 >> 8,000|카드 >> 8,000|감사합니다",
    "gr": "12/04/2023 14:22|ΝΕΡΟ >> 0,50|ΤΣΙΧΛΕΣ >> 1,50|ΣΥΝΟΛΟ >> 2,00|ΜΕΤΡΗΤΑ >> 5,00|ΡΕΣΤΑ >> 3,00",
    "ua": "12.04.2023 14:22|Хліб >> 22,00|Молоко >> 38,00|СУМА ГРН >> 60,00|Готівка >> 100,00|Решта >> 40,00",
    "vn": "12/04/2023 14:22|Cà phê sữa >> 29.000|Bánh mì >> 21.000|Tổng cộng >> 50.000|Tiền mặt >> 50.000",
    "il": "12/04/2023 14:22|לחם >> 12.00|עוגה >> 38.00|סה\"כ >> 50.00|מזומן >> 50.00",
}  # fmt: skip
_WIDE, _HIGH, _PAGE, _EDGE = 10.0, 20.0, 560.0, 40.0


def heads(name: str = "heads.txt") -> list[tuple[Reading, dict[str, Any]]]:
    """Return the heads of a file beside this one: readings with `id`, `source`, `merchant` and `merchant_alts`."""
    text = Path(__file__).with_name(name).read_text("utf-8")
    return [_head(block) for block in re.split(r"(?m)^== ", text)[1:]]


def _head(block: str) -> tuple[Reading, dict[str, Any]]:
    title, *rows = block.strip().splitlines()
    kind, merchant, *others = (part.strip() for part in title.split("|"))
    name = None if merchant == "-" else merchant
    told = {"id": kind, "source": "heads", "merchant": name, "merchant_alts": others}
    return Reading(lines=tuple(_lines(rows, Random(title))), pages=((640, 1600),), reader="invented"), told


def _lines(rows: list[str], rng: Random) -> Iterator[Line]:
    """Yield the lines of rows below each other, a little uneven as print is."""
    top = 40.0
    for row in rows:
        parts = _BODIES[row[3:]].split("|") if row.startswith("...") else [row]
        for part in parts:
            told = re.fullmatch(r"(?:\^([\d.]+) )?(< )?(.*)", part)
            assert told
            high = _HIGH * float(told[1] or 1) * rng.uniform(0.95, 1.05)
            for text, left, right in _cells(told[3], bool(told[2]), high / _HIGH * _WIDE):
                shake = rng.uniform(-1, 1)
                box = Box(left=left, top=top + shake, right=right, bottom=top + high + shake)
                yield Line(text=text, box=box, score=round(rng.uniform(0.96, 1.0), 3))
            top += high * 1.35


def _cells(row: str, at_left: bool, wide: float) -> Iterator[tuple[str, float, float]]:
    """Yield the texts of a row with where they begin and end; letters of the East are twice as wide."""
    texts = row.split(" >> ")
    widths = [wide * sum(2 if ord(letter) > 0x2E80 else 1 for letter in text) for text in texts]
    if len(texts) == 1:
        left = 0.0 if at_left else max(0.0, (_PAGE - widths[0]) / 2)
        yield row, _EDGE + left, _EDGE + left + widths[0]
        return
    for at, (text, width) in enumerate(zip(texts, widths, strict=True)):
        last = at == len(texts) - 1
        left = _PAGE / 2 * at / (len(texts) - 1)
        left = max(left, _PAGE - width) if last and text[-1].isdigit() and text[0].isdigit() else left
        yield text, _EDGE + left, _EDGE + left + width
