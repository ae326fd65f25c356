"""Numbers in words are seen in the languages that people ask in, and plain words are not taken for them."""

from __future__ import annotations

import pytest

from core.number_words import has_number_word


@pytest.mark.parametrize(
    "text",
    [
        *("You spent nine hundred.", "fifty percent", "twice as much", "Half of your money", "about a third more"),
        *("thousands of dollars", "IX bills", "neunhundert Euro", "fünfundzwanzig", "das Doppelte", "novecientos"),
        *("пятьсот рублей", "九百円", "五百", "½ of it", "la moitié", "dua ratus", "cinquenta", "ottocento"),
    ],
)
def test_a_number_in_words_is_seen(text: str) -> None:
    """Whatever its language."""
    assert has_number_word(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Groceries grew to $120.00 in March.", "One bill is open.", "Ein Einkauf bei {A} war größer als sonst."),
        *("Votre budget tient.", "Tu presupuesto alcanza.", "I am calm.", "Anggaran Anda cukup.", "一件"),
    ],
)
def test_plain_words_are_no_numbers(text: str) -> None:
    """And "one" is an article."""
    assert not has_number_word(text)
