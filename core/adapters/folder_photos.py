"""Photos in a local folder, named by their content."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from core.errors import Unavailable
from core.photo_keys import checked_key, checked_photo, is_key, photo_key


class FolderPhotos:
    """Implements the port Photos: `<account>/<sha256 of the bytes>` below one folder."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made with the first photo."""
        self._folder = folder

    async def keep(self, account: UUID, photo: bytes) -> str:
        """Store the bytes and return their key; the same bytes of the same account give the same key.

        Raises TooLarge.
        """
        key = photo_key(account, photo)
        await asyncio.to_thread(self._write, self._folder / key, photo)
        return key

    async def fetch(self, key: str) -> bytes:
        """Return the bytes. Raises Unavailable when they cannot be read, or are not those that were kept."""
        path = self._folder / checked_key(key)
        try:
            return checked_photo(key, await asyncio.to_thread(path.read_bytes))
        except OSError as error:
            raise Unavailable(f"photo folder: {type(error).__name__}") from error

    async def address(self, key: str, seconds: int = 60, name: str = "photo") -> str | None:
        """Return None: what lies in a folder has no address."""
        return None

    async def remove(self, keys: Sequence[str]) -> None:
        """Remove photos for good; what is not there is no error. Raises Unavailable when some are still there."""
        await asyncio.to_thread(self._remove, [key for key in keys if is_key(key)])

    async def remove_all(self, account: UUID) -> None:
        """Remove every photo that was kept for an account. Raises Unavailable when some are still there."""
        await asyncio.to_thread(self._remove_folder, self._folder / str(account))

    def _remove_folder(self, folder: Path) -> None:
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise Unavailable(f"photo folder: {type(error).__name__}") from error

    def _remove(self, keys: Sequence[str]) -> None:
        try:
            for key in keys:
                (self._folder / key).unlink(missing_ok=True)
            for folder in {(self._folder / key).parent for key in keys}:
                with suppress(OSError):  # other photos are in it, or it is gone
                    folder.rmdir()
        except OSError as error:
            raise Unavailable(f"photo folder: {type(error).__name__}") from error

    def _write(self, path: Path, photo: bytes) -> None:
        """Write whole or not at all, and to the disk before we say it is kept."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(photo)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(path)
        except OSError as error:
            raise Unavailable(f"photo folder: {type(error).__name__}") from error
