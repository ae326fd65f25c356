"""The folder where the local chat keeps the bytes of photos and documents."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.adapters.local_chat_rows import StoredFile
from core.adapters.local_chat_store import LocalChatStore
from webhook.local_chat.call import Upload
from webhook.local_chat.pictures import Size, photo_sizes

SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
MIME = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}", re.ASCII)
UNKNOWN = "application/octet-stream"


@dataclass
class Folder:
    """Files on disk and their rows in the store."""

    path: Path
    store: LocalChatStore
    new_id: Callable[[], str]

    def create(self) -> None:
        """Make the folder and its parts where they are missing, readable by their owner only."""
        for part in ("", "photos", "documents", "incoming"):
            (self.path / part).mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def incoming(self) -> Path:
        """Return where uploads are written before they are kept."""
        return self.path / "incoming"

    async def keep_photo(self, upload: Upload) -> list[dict[str, Any]]:
        """Keep a picture as a photo and return its PhotoSizes, smallest first. Raises NotAPhotoError."""
        sizes = await asyncio.to_thread(photo_sizes, upload.path)
        number = self.new_id()
        return [await self._keep_size(f"{number}{place}", size) for place, size in enumerate(sizes)]

    async def _keep_size(self, number: str, size: Size) -> dict[str, Any]:
        path = f"photos/file_{number}.jpg"
        await asyncio.to_thread((self.path / path).write_bytes, size.jpeg)
        unique = hashlib.sha256(size.jpeg).hexdigest()[:16]
        file = StoredFile(
            f"AgAC{number}",
            f"AQ{unique}",
            path,
            len(size.jpeg),
            "image/jpeg",
            "photo",
            width=size.width,
            height=size.height,
        )
        await self.store.keep_file(file)
        return photo_size(file)

    async def keep_document(self, upload: Upload) -> dict[str, Any]:
        """Keep a file as it is, under a name of ours, and return its Document."""
        number = self.new_id()
        name = clean_name(upload.name)
        suffix = Path(name or "").suffix.lower()
        path = f"documents/file_{number}{suffix if SUFFIX.fullmatch(suffix) else ''}"
        unique = await asyncio.to_thread(_digest, upload.path)
        upload.path.rename(self.path / path)
        mime = clean_mime(upload.mime) or mimetypes.guess_type(name or "")[0] or UNKNOWN
        file = StoredFile(f"BQAC{number}", f"Ag{unique}", path, upload.size, mime, "document", name)
        await self.store.keep_file(file)
        return document(file)


def photo_size(file: StoredFile) -> dict[str, Any]:
    """Return a kept photo as a PhotoSize."""
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "width": file.width,
        "height": file.height,
    }


def document(file: StoredFile) -> dict[str, Any]:
    """Return a kept file as a Document."""
    found = {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "mime_type": file.mime,
    }
    return found | ({"file_name": file.name} if file.name else {})


def clean_name(name: str | None) -> str | None:
    """Return a sender's file name without folders and control characters, at most 120 characters."""
    last = re.split(r"[/\\]", name or "")[-1]
    return "".join(letter for letter in last if letter.isprintable())[-120:] or None


def clean_mime(mime: str | None) -> str | None:
    """Return a sender's media type without parameters, or None when it is none."""
    bare = (mime or "").split(";")[0].strip().lower()
    return bare if MIME.fullmatch(bare) and bare != UNKNOWN else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
