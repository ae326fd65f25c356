"""Everything in an account as one ZIP, written while it is sent: tables of the receipts, and their photos."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import TextIO, cast
from uuid import UUID

from zipstream import ZIP_DEFLATED, ZIP_STORED, ZipStream

from core.errors import Unavailable
from core.exports.csv_tables import CsvTables
from core.kinds import Kind, is_pdf, kind_of
from core.ports import Filed, Ledger, Photos, State

NAME = "snapspend-{day}.zip"
CHUNK = 64 * 1024
IN_MEMORY = 1024 * 1024
"""Bytes; a table that grows longer goes on in a file of the operating system's until it is sent."""
MOST_FAILURES = 5
"""So many photos in a row that cannot be had, and no more are asked for: whoever keeps them is away."""
STATES = (State.READ, State.WAITING, State.UNUSABLE, State.DELETED)
"""What is in it. What is set aside is not: its photos are with the receipts that joined them."""
_ENDINGS = {Kind.JPEG: "jpg", Kind.TIFF: "tif"}


@dataclass(frozen=True)
class Archive:
    """Makes the ZIP: `receipts.csv`, `items.csv`, `photos/`, and two files only where they say something.

    `other.csv` has the photos that wait or could not be used, and what was deleted; `missing.txt` has the photos that
    could not be had.
    """

    ledger: Ledger
    photos: Photos

    async def of(self, account: UUID) -> AsyncGenerator[bytes, None]:
        """Yield the ZIP of an account in chunks; one photo at most stands in memory.

        Whoever stops early closes it, so that its files go at once. Raises Unavailable when the ledger is away.
        """
        zipped = ZipStream(compress_type=ZIP_STORED)
        with ExitStack() as stack:
            receipts, items, other, missing = (_spooled(stack) for _ in range(4))
            tables, failures = CsvTables(receipts, items, other), 0
            async for filed in self.ledger.every(account, STATES):
                names = []
                for place, key in enumerate(keys := await self._keys(filed)):
                    photo = await self._photo(key) if failures < MOST_FAILURES else None
                    failures = 0 if photo is not None else failures + 1
                    if photo is None:
                        missing.write(f"{_name(filed, place, len(keys))}: this photo could not be had\r\n")
                        continue
                    names.append(f"{_name(filed, place, len(keys))}.{ending(photo)}")
                    zipped.add(photo, names[-1])
                    for chunk in zipped.all_files():
                        yield chunk
                tables.write(filed, names)
            files = {"receipts.csv": receipts, "items.csv": items, "other.csv": other, "missing.txt": missing}
            for name, table in files.items():
                if table.tell():
                    zipped.add(_chunks(table), name, compress_type=ZIP_DEFLATED)
            rest = zipped.finalize()
            while (chunk := await asyncio.to_thread(next, rest, None)) is not None:
                if chunk:
                    yield chunk

    async def _keys(self, filed: Filed) -> list[str]:
        """Return the keys of a receipt's photos: one, or for a receipt in several photos theirs, in order."""
        parts = [await self.ledger.find(filed.account, part) for part in filed.joins]
        return [part.photo for part in parts if part is not None] or [filed.photo]

    async def _photo(self, key: str) -> bytes | None:
        try:
            return await self.photos.fetch(key)
        except Unavailable:
            return None


def archive_name(today: date) -> str:
    """Return what the ZIP is called: `snapspend-2026-11-24.zip`."""
    return NAME.format(day=today.isoformat())


def ending(photo: bytes) -> str:
    """Return the ending that a file of these bytes has: `jpg`, `pdf`, …, or `bin` when nobody knows."""
    kind = kind_of(photo)
    if kind is None:
        return "pdf" if is_pdf(photo) else "bin"
    return _ENDINGS.get(kind, kind.lower())


def _name(filed: Filed, place: int, photos: int) -> str:
    return f"photos/{filed.id}" if photos == 1 else f"photos/{filed.id}-{place + 1}"


def _spooled(stack: ExitStack) -> TextIO:
    file = SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", newline="")  # noqa: SIM115
    return cast("TextIO", stack.enter_context(file))


def _chunks(table: TextIO) -> Iterator[bytes]:
    """Yield a written table from its beginning."""
    table.seek(0)
    while text := table.read(CHUNK):
        yield text.encode()
