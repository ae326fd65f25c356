"""GeminiExtractor: a receipt's text and pictures put to Gemini, and its answer read strictly."""

from __future__ import annotations

from core.departures import Outing
from core.extraction.model_answer import read_receipt_answer
from core.extraction.question import receipt_question
from core.gemini import Gemini
from core.gemini_calls import SERVICE
from core.model import Answer
from core.ports import Hints
from core.receipt import Receipt


class GeminiExtractor:
    """Asks for everything that is printed on a receipt."""

    service = SERVICE

    def __init__(self, gemini: Gemini) -> None:
        """Take who asks."""
        self._gemini = gemini

    async def extract(self, text: str, pictures: tuple[bytes, ...], hints: Hints, outing: Outing) -> Receipt:
        """Return what was printed, as Gemini says, without evidence. Raises as `Gemini.ask` does."""

        def read(answer: Answer) -> Receipt:
            return read_receipt_answer(answer, hints)

        return await self._gemini.ask(receipt_question(text, pictures, hints), read, outing)
