"""Which files `snapspend read` is to read, and their bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from core.errors import Unusable
from core.kinds import MAX_MEGABYTES, is_known

_PICTURES = frozenset(
    f".{ending}"
    for ending in ("jpg", "jpeg", "png", "webp", "heic", "heif", "avif", "bmp", "gif", "tif", "tiff", "pdf")
)


class NotThere(Unusable):
    """There is no such file or folder."""


class NoFile(Unusable):
    """This is no file that can be read: a pipe, a device or a link that leads nowhere."""


class NotOpened(Unusable):
    """This file cannot be opened: {reason}"""


class NothingInIt(Unusable):
    """There is no picture and no PDF in this folder."""


def bytes_of(path: Path) -> bytes:
    """Return the file's bytes, one more than is allowed at most.

    Raises NotThere, NoFile (reading a pipe would wait for ever), NotOpened or NothingInIt.
    """
    if path.is_dir():
        raise NothingInIt
    if (path.is_symlink() or path.exists()) and not path.is_file():
        raise NoFile
    try:
        with path.open("rb") as file:
            return file.read(MAX_MEGABYTES * 1024 * 1024 + 1)
    except FileNotFoundError as error:
        raise NotThere from error
    except OSError as error:
        raise NotOpened(reason=os.strerror(error.errno or 0)) from error


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files named, and those in the folders named that are, or say they are, pictures or PDFs.

    A folder without any is yielded itself, so that it is told like a file that cannot be read. What is named more
    than once, by itself or by folders, is yielded once.
    """
    seen = set[str]()
    for path in paths:
        inside = [each for each in sorted(path.rglob("*")) if _wanted(each, path)] if path.is_dir() else []
        for each in inside or [path]:
            place = os.path.abspath(each)  # noqa: PTH100 - links are not followed: two names are two files
            if place not in seen:
                seen.add(place)
                yield each


def _wanted(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    if hidden or path.is_dir():
        return False
    if not path.is_file():
        return path.suffix.lower() in _PICTURES  # it says it is one, so it is told why it was not read
    try:
        with path.open("rb") as file:
            return path.suffix.lower() in _PICTURES or is_known(file.read(1024))
    except OSError:
        return path.suffix.lower() in _PICTURES
