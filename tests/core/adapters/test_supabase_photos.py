"""What holds of photos in Supabase's Storage: nobody else sees them, and no odd answer is taken for success."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest

from core.adapters.supabase_photos import SupabasePhotos, prepare_bucket
from core.adapters.supabase_project import answering, open_project
from core.errors import Unavailable
from tests.doors import SupabaseDoor, supabase_door, supabase_settings
from tests.supabase.project import Bucket, Project

ADA = UUID(int=1)
JPEG = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture
async def door() -> AsyncIterator[SupabaseDoor]:
    """Give a stand-in with its bucket."""
    async with supabase_door(Project()) as opened:
        await prepare_bucket(opened.client)
        yield opened


@pytest.fixture
def photos(door: SupabaseDoor) -> SupabasePhotos:
    """Give the photos in it."""
    return SupabasePhotos(door.client)


async def test_the_bucket_is_made_once_and_private(door: SupabaseDoor) -> None:
    """With the size and the types that people send."""
    assert await prepare_bucket(door.client) is False
    bucket = door.project.buckets["receipts"]
    assert (bucket.public, bucket.file_size_limit) == (False, 20 * 1024 * 1024)
    assert {"image/jpeg", "image/heic", "application/pdf"} <= set(bucket.allowed_mime_types or ())


@pytest.mark.parametrize(
    ("photo", "kind"),
    [
        (JPEG, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\0\0\0\0WEBP", "image/webp"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"%PDF-1.7", "application/pdf"),
        (b"<script>", "application/octet-stream"),
    ],
)
async def test_a_photo_has_the_type_of_its_bytes(
    door: SupabaseDoor, photos: SupabasePhotos, photo: bytes, kind: str
) -> None:
    """Never one that a browser would run."""
    key = await photos.keep(ADA, photo)
    assert door.project.buckets["receipts"].objects[key] == (photo, kind)


async def test_a_photo_is_seen_by_its_signed_address_alone(door: SupabaseDoor, photos: SupabasePhotos) -> None:
    """And only as long as was said."""
    key = await photos.keep(ADA, JPEG)
    async with httpx.AsyncClient() as anybody:
        assert (await anybody.get(await photos.address(key) or "")).content == JPEG
        assert (await anybody.get(await photos.address(key, -1) or "")).json()["error"] == "InvalidJWT"
        for path in (f"public/receipts/{key}", f"receipts/{key}", f"sign/receipts/{key}?token=x"):
            answer = await anybody.get(f"{door.project.url}/storage/v1/object/{path}", headers=visitor(door.project))
            assert answer.status_code == 400
            assert JPEG not in answer.content


def visitor(project: Project) -> dict[str, str]:
    """Return the headers of somebody who has the publishable key."""
    return {"apikey": project.publishable, "Authorization": f"Bearer {project.publishable}"}


async def test_an_address_of_what_is_not_there_is_unavailable(photos: SupabasePhotos) -> None:
    """Not an address that fails later."""
    with pytest.raises(Unavailable):
        await photos.address(f"{ADA}/{'0' * 64}")


@pytest.mark.parametrize(
    "way", ["html", "text 500", "cut", "504 Timeout late", "403 Unauthorized no", "429 slow_down later", "hang"]
)
@pytest.mark.parametrize("method", ["keep", "fetch", "remove", "address"])
async def test_no_odd_answer_is_taken_for_success(door: SupabaseDoor, way: str, method: str) -> None:
    """Each is Unavailable, so that the job comes again."""
    async with open_project(supabase_settings(door.project)) as client:
        photos = SupabasePhotos(client, seconds=0.3)
        key = await photos.keep(ADA, JPEG)
        door.project.fail("/object/", way)
        asked = {
            "keep": lambda: photos.keep(ADA, JPEG + b"2"),
            "fetch": lambda: photos.fetch(key),
            "remove": lambda: photos.remove([key]),
            "address": lambda: photos.address(key),
        }[method]
        began = time.perf_counter()
        with pytest.raises(Unavailable):
            await asked()
        assert time.perf_counter() - began < 20


@pytest.mark.parametrize("answer", ["[]", "{}", "null", "7", '[{"id": 1}]', '"text"', "[[]]", "\udcff"])
async def test_json_of_another_shape_is_not_taken_for_success(door: SupabaseDoor, answer: str) -> None:
    """Whoever answers in Storage's place."""
    async with open_project(supabase_settings(door.project)) as client:
        photos = SupabasePhotos(client)
        door.project.fail("/object/", f"json {answer}", 100)
        key = f"{ADA}/{'0' * 64}"
        for asked in (photos.keep(ADA, JPEG), photos.address(key), photos.remove([key])):
            with pytest.raises(Unavailable):
                await asked
        if answer != "[]":  # which says that there are none
            with pytest.raises(Unavailable):
                await photos.remove_all(ADA)


@pytest.mark.parametrize("bug", [KeyError, TypeError, ValueError])
async def test_a_bug_is_not_taken_for_a_service_that_is_away(bug: type[Exception]) -> None:
    """It would be tried again for hours, and nobody would hear of it."""
    with pytest.raises(bug):
        async with answering("photo storage", 1):
            raise bug


async def test_a_photo_that_was_refused_is_not_taken_for_kept(door: SupabaseDoor, photos: SupabasePhotos) -> None:
    """The bucket may have been made by hand."""
    door.project.buckets["receipts"] = Bucket(allowed_mime_types=["image/png"])
    with pytest.raises(Unavailable, match="415"):
        await photos.keep(ADA, JPEG)


async def test_other_bytes_than_were_kept_are_not_given(door: SupabaseDoor, photos: SupabasePhotos) -> None:
    """Whoever changed them."""
    key = await photos.keep(ADA, JPEG)
    door.project.buckets["receipts"].objects[key] = (b"other", "image/jpeg")
    with pytest.raises(Unavailable):
        await photos.fetch(key)


async def test_a_delete_that_deletes_nothing_is_told(door: SupabaseDoor, photos: SupabasePhotos) -> None:
    """Storage answers it with 200 and an empty list."""
    key = await photos.keep(ADA, JPEG)
    door.project.undeletable = {key}
    with pytest.raises(Unavailable):
        await photos.remove([key])


async def test_many_photos_are_removed(door: SupabaseDoor, photos: SupabasePhotos) -> None:
    """Storage takes 1000 names a request."""
    keys = [f"{ADA}/{number:064x}" for number in range(2500)]
    door.project.buckets["receipts"].objects = dict.fromkeys(keys, (b"", "image/jpeg"))
    await photos.remove(keys)
    assert door.project.buckets["receipts"].objects == {}


async def test_without_a_bucket_a_removal_is_not_taken_for_done(door: SupabaseDoor, photos: SupabasePhotos) -> None:
    """It may be another project's settings."""
    door.project.buckets.clear()
    with pytest.raises(Unavailable):
        await photos.remove([f"{ADA}/{'0' * 64}"])
