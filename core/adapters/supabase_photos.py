"""Photos in a private bucket of a Supabase project's Storage."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel, TypeAdapter
from storage3.exceptions import StorageApiError
from storage3.types import CreateOrUpdateBucketOptions

from core.adapters.supabase_project import SupabaseProject, answering, told
from core.errors import Unavailable
from core.kinds import MEDIA_TYPES, PDF_TYPE, UNKNOWN_TYPE, media_type
from core.photo_keys import MOST_BYTES, checked_key, checked_photo, is_key, photo_key

TYPES = (*MEDIA_TYPES, PDF_TYPE, UNKNOWN_TYPE)
"""What the bucket must take: also what we cannot read, since no photo that was received is lost."""
SECONDS = 60.0
ADDRESS_SECONDS = 60
MOST_NAMES = 1000
"""Storage takes no more names in one request."""
ASKED_AT_ONCE = 8


class Named(BaseModel):
    """What Storage says of a photo, as far as we care."""

    name: str


NAMED = TypeAdapter(list[Named])


class SupabasePhotos:
    """Implements the port Photos: `<account>/<sha256 of the bytes>` in the bucket, which nobody reaches but we."""

    def __init__(self, project: SupabaseProject, seconds: float = SECONDS) -> None:
        """Take the project, and how long one photo may take."""
        self._bucket = project.storage().from_(project.bucket)
        self._seconds = seconds

    async def keep(self, account: UUID, photo: bytes) -> str:
        """Store the bytes and return their key; the same bytes of the same account give the same key.

        Raises TooLarge, without an upload: Storage leaves some that it refuses without an answer.
        """
        key = photo_key(account, photo)
        async with answering("photo storage", self._seconds):
            try:
                await told(self._bucket.upload(key, photo, {"content-type": media_type(photo)}))
            except StorageApiError as error:
                if not _is(error, "409", "Duplicate"):
                    raise
        return key

    async def fetch(self, key: str) -> bytes:
        """Return the bytes. Raises Unavailable when they cannot be had, or are not those that were kept."""
        async with answering("photo storage", self._seconds):
            return checked_photo(key, await self._bucket.download(checked_key(key)))

    async def remove(self, keys: Sequence[str]) -> None:
        """Remove photos for good; what is not there is no error. Raises Unavailable when some are still there."""
        named = [key for key in keys if is_key(key)]
        for start in range(0, len(named), MOST_NAMES):
            await self._remove(named[start : start + MOST_NAMES])

    async def remove_all(self, account: UUID) -> None:
        """Remove every photo that was kept for an account. Raises Unavailable when some are still there."""
        while True:
            async with answering("photo storage", self._seconds):
                found = NAMED.validate_python(await self._bucket.list(str(account), {"limit": MOST_NAMES}))
            if not found:
                return
            await self._remove([f"{account}/{entry.name}" for entry in found])

    async def address(self, key: str, seconds: int = ADDRESS_SECONDS, name: str = "photo") -> str | None:
        """Return an address at which anybody can have one photo for so many seconds. Raises Unavailable.

        Browsers save it under this name (and add the ending of its type), and never show it: it may be anything.
        """
        async with answering("photo storage", self._seconds):
            signed = await self._bucket.create_signed_url(checked_key(key), seconds, {"download": name})
            return signed["signedUrl"] or None

    async def _remove(self, keys: Sequence[str]) -> None:
        """Remove at most 1000; what Storage does not name as removed must not be there any more."""
        async with answering("photo storage", self._seconds):
            removed = {entry.name for entry in NAMED.validate_python(await self._bucket.remove(list(keys)))}
        left = [key for key in keys if key not in removed]
        for start in range(0, len(left), ASKED_AT_ONCE):
            async with answering("photo storage", self._seconds):
                there = await asyncio.gather(*map(self._bucket.exists, left[start : start + ASKED_AT_ONCE]))
            if any(there):
                raise Unavailable(f"photo storage: {sum(there)} photos are still there")


async def prepare_bucket(project: SupabaseProject) -> bool:
    """Make the private bucket unless there is one, and tell whether it was made. Raises Unavailable."""
    options: CreateOrUpdateBucketOptions = {
        "public": False,
        "file_size_limit": MOST_BYTES,
        "allowed_mime_types": list(TYPES),
    }
    async with answering("photo storage", SECONDS):
        try:
            await project.storage().create_bucket(project.bucket, options=options)
        except StorageApiError as error:
            if _is(error, "409", "Duplicate"):
                return False
            raise
    return True


def _is(error: StorageApiError, status: str, code: str) -> bool:
    """Tell an error by its body, where numbers are written as text; on the wire most have status 400."""
    return str(error.status) == status or error.code == code
