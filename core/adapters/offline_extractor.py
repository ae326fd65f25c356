"""OfflineExtractor: patterns and arithmetic in a thread of their own, so that the event loop never waits for them."""

from __future__ import annotations

import asyncio

from core.extraction.offline import extract
from core.ports import Hints
from core.receipt import Reading, Receipt


class OfflineExtractor:
    """An Extractor that needs no network and no key."""

    async def extract(self, reading: Reading, hints: Hints) -> Receipt:
        """Return what was printed, with evidence. Raises NotAReceipt."""
        return await asyncio.to_thread(extract, reading, hints)
