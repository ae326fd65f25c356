"""The words beside amounts, which name other things in other languages."""

from __future__ import annotations

import pytest

from core.extraction.words import Role, role_of


@pytest.mark.parametrize(
    "name",
    [
        *("GROUND BEEF", "ROUND STEAK", "MARS BAR", "BARISTA", "TUNA SUB", "STEAK TIPS", "SIX PACK", "ROLLING PIN"),
        *("VEGETABLES", "USB CHARGER", "POSTKARTE", "SPEISEKARTE", "RESTO DU CHAT", "PLAT DU JOUR", "DIM SUM"),
        *("SUMMER SALAD", "HEMATITE RING", "NASI DAN AYAM", "WATER BOTTLE", "CARDIGAN", "BARBECUE", "ALOE VERO"),
        *("LAIT", "MEAL DEAL", "COUP DE COEUR"),
    ],
)
def test_what_is_bought_is_no_word_of_the_sums(name: str) -> None:
    """A short word of one language is no sum inside the goods of another."""
    assert role_of(name) is Role.NONE


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Bar EUR", Role.CASH),
        ("Geg. BAR", Role.CASH),
        ("REST LEI", Role.CHANGE),
        ("Resto", Role.CHANGE),
        ("Sub:", Role.SUBTOTAL),
        ("Sum NOK", Role.TOTAL),
        ("I alt kr", Role.TOTAL),
        ("Karte", Role.CARD),
        ("Åter SEK", Role.CHANGE),
    ],
)
def test_a_short_word_counts_where_it_is_the_whole_label(label: str, role: Role) -> None:
    """The currency may stand beside it."""
    assert role_of(label) is role


@pytest.mark.parametrize(
    "label",
    [
        *("TOTAL AVANT REMISES", "Total avant remise", "Summe vor Rabatt", "Summa före rabatt", "Suma przed rabatem"),
        *("Importe antes de descuento", "Totale prima dello sconto", "Totaal voor korting", "Before discount"),
        *("Total before discounts", "値引前合計", "HT", "Montant HT"),
    ],
)
def test_a_sum_before_discounts_or_taxes_is_a_subtotal(label: str) -> None:
    """The word for what is taken off later does not make it a discount."""
    assert role_of(label) is Role.SUBTOTAL


def test_all_taxes_together_are_no_total() -> None:
    """Brazilian tills tell what taxes the price contains."""
    assert role_of("Tributos totais incidentes R$") is Role.TAX
