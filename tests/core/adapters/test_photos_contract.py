"""What holds wherever photos are kept: each claim is tried on FolderPhotos and on SupabasePhotos."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from core.adapters.folder_photos import FolderPhotos
from core.adapters.supabase_photos import SupabasePhotos, prepare_bucket
from core.errors import TooLarge, Unavailable
from core.ports import Photos
from tests.doors import supabase_door
from tests.supabase.project import Project

ADA, BOB = UUID(int=1), UUID(int=2)
JPEG = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture(params=["folder", "Supabase"])
async def photos(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Photos]:
    """Give each in turn."""
    if request.param == "folder":
        yield FolderPhotos(tmp_path / "photos")
        return
    async with supabase_door(Project()) as door:
        await prepare_bucket(door.client)
        yield SupabasePhotos(door.client)


@pytest.mark.parametrize("photo", [JPEG, b"%PDF-1.7 a bill", b"\0\1\2 nobody knows", b"<html>", b"x", b""])
async def test_what_is_kept_is_fetched_as_it_was(photos: Photos, photo: bytes) -> None:
    """Also what we cannot read: it was received, so it is not lost."""
    assert await photos.fetch(await photos.keep(ADA, photo)) == photo


async def test_the_same_photo_is_kept_once(photos: Photos) -> None:
    """A job that runs again gets the same key."""
    assert await photos.keep(ADA, JPEG) == await photos.keep(ADA, JPEG)


async def test_two_accounts_with_the_same_photo_have_one_each(photos: Photos) -> None:
    """Removing one leaves the other."""
    mine, theirs = await photos.keep(ADA, JPEG), await photos.keep(BOB, JPEG)
    await photos.remove([mine])
    assert mine.startswith(f"{ADA}/")
    assert await photos.fetch(theirs) == JPEG


async def test_what_was_removed_is_gone_and_removing_it_again_is_no_error(photos: Photos) -> None:
    """Nor is removing what never was."""
    keys = [await photos.keep(ADA, JPEG + bytes([number])) for number in range(20)]
    await photos.remove(keys)
    await photos.remove(keys)
    await photos.remove([f"{uuid4()}/{'0' * 64}", "../../etc/passwd", ""])
    await photos.remove([])
    for key in keys:
        with pytest.raises(Unavailable):
            await photos.fetch(key)


@pytest.mark.parametrize("key", ["", "..", f"{ADA}/../{BOB}/{'0' * 64}", "/etc/passwd", f"{ADA}/{'0' * 64}", "ä/\0"])
async def test_what_is_no_photos_key_leads_nowhere(photos: Photos, key: str) -> None:
    """Neither up the folders nor to another account."""
    await photos.keep(BOB, JPEG)
    with pytest.raises(Unavailable):
        await photos.fetch(key)


async def test_more_than_anybody_reads_is_refused_with_the_limit(photos: Photos) -> None:
    """Before it is sent anywhere."""
    with pytest.raises(TooLarge, match="20 MB"):
        await photos.keep(ADA, bytes(20 * 1024 * 1024 + 1))


async def test_everything_that_an_account_ever_kept_can_be_removed_at_once(photos: Photos) -> None:
    """And again where nothing is left; others' photos stay."""
    keys = [await photos.keep(ADA, JPEG + str(number).encode()) for number in range(12)]
    theirs = await photos.keep(BOB, JPEG)
    await photos.remove_all(ADA)
    await photos.remove_all(ADA)
    for key in keys:
        with pytest.raises(Unavailable):
            await photos.fetch(key)
    assert await photos.fetch(theirs) == JPEG


async def test_a_photo_has_an_address_at_which_it_is_saved_or_none(photos: Photos) -> None:
    """Never one at which a browser shows it."""
    address = await photos.address(await photos.keep(ADA, JPEG), name="receipt-2026-11-24")
    assert (address is None) == isinstance(photos, FolderPhotos)
    if address is not None:
        async with httpx.AsyncClient() as anybody:
            answer = await anybody.get(address)
        assert answer.content == JPEG
        assert answer.headers["Content-Disposition"] == 'attachment; filename="receipt-2026-11-24"'
