"""The files of `snapspend accuracy`: the truth, and what was read before; what is wrong with them, told by line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any, TextIO

from core.errors import Unusable
from core.scoring.prediction import Prediction
from core.scoring.truth import Truth, truth_of
from core.scoring.values import plain_text

LONGEST_LINE = 1_000_000
"""No receipt is described in more characters."""


class BrokenFile(Unusable):
    """{file}: {fault}"""


def read_truth(path: Path) -> list[Truth]:
    """Return every receipt of a truth file. Raises BrokenFile with the line and what is wrong with it."""
    truths: list[Truth] = []
    places: dict[tuple[str, str], int] = {}
    for number, row in _rows(path):
        try:
            truth = truth_of(row)
            if truth.file and not _is_inside(truth.file):
                raise ValueError(f"the file {truth.file} is not in the folder with the photos")
            for name, value in (("id", truth.id), ("file", truth.file)):
                if value and places.setdefault((name, value), number) != number:
                    raise ValueError(f"the {name} {value} is in line {places[name, value]} already")
        except ValueError as error:
            raise BrokenFile(file=path, fault=f"line {number}: {error}") from None
        truths.append(truth)
    if not truths:
        raise BrokenFile(file=path, fault="there is no receipt in it")
    return truths


def check_photos(truths: Sequence[Truth], truth_file: Path, folder: Path) -> None:
    """Check that every file that the truth names is there. Raises BrokenFile."""
    absent = [truth.file for truth in truths if truth.file and not (folder / truth.file).is_file()]
    if absent:
        more = f" (nor are {len(absent) - 1} more of those it names)" if absent[1:] else ""
        what = "is a folder, no photo, in" if (folder / absent[0]).is_dir() else "is not in"
        raise BrokenFile(file=truth_file, fault=f"{absent[0]} {what} {folder}{more}")
    if not any(truth.file for truth in truths):
        raise BrokenFile(file=truth_file, fault="no line names a file, so there is nothing to read")


def read_predictions(path: Path, truths: Sequence[Truth]) -> tuple[dict[str, Prediction], int]:
    """Return what was read, by the truth's id, and how many lines are of no receipt in the truth.

    A line is of the receipt whose `id` it has, or whose `file`; of two lines for one receipt the later counts.
    Raises BrokenFile.
    """
    known, by_name = {truth.id for truth in truths}, _by_name(truths)
    found: dict[str, Prediction] = {}
    others = 0
    for number, row in _rows(path):
        if not isinstance(row, dict) or not (row.get("id") or row.get("file")):
            raise BrokenFile(file=path, fault=f"line {number}: this is no JSON object with a file or an id")
        key = plain_text(row.get("id") or "")
        if key not in known:
            key = _id_of(PurePath(str(row.get("file") or "")), by_name)
        if key:
            found[key] = Prediction.model_validate({**row, "id": key})
        others += not key
    if not found:
        raise BrokenFile(file=path, fault="no line is of a receipt that the truth file knows")
    return found, others


def _by_name(truths: Sequence[Truth]) -> dict[str, list[tuple[str, PurePath]]]:
    """Return the ids and paths of the photos by the last part of the path."""
    by_name: dict[str, list[tuple[str, PurePath]]] = {}
    for truth in truths:
        if truth.file:
            path = PurePath(truth.file)
            by_name.setdefault(path.name, []).append((truth.id, path))
    return by_name


def _id_of(path: PurePath, by_name: dict[str, list[tuple[str, PurePath]]]) -> str:
    """Return whose photo that is, wherever it was read from: the one path ends with the other; "" for nobody's."""
    fitting = [key for key, known in by_name.get(path.name, []) if _ends_alike(path.parts, known.parts)]
    return fitting[0] if len(fitting) == 1 else ""


def _ends_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    length = min(len(one), len(other))
    return one[-length:] == other[-length:]


def _is_inside(file: str) -> bool:
    """Return whether a path leads to a place in the folder that it is read in: no `/etc`, no `../other`, no NUL."""
    parts = PurePath(os.path.normpath(file)).parts
    return "\0" not in file and not PurePath(file).is_absolute() and parts[:1] != ("..",)


def _lines(file: TextIO, path: Path) -> Iterator[tuple[int, str]]:
    """Yield each line with its number. Raises BrokenFile for one that is too long, before it fills the memory."""
    for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), ""), 1):
        if len(line) > LONGEST_LINE:
            raise BrokenFile(file=path, fault=f"line {number} has more than {LONGEST_LINE:,} characters")
        yield number, line


def _rows(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the lines that are not empty as JSON, each with its number; amounts stay decimal. Raises BrokenFile."""
    number = 1
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in _lines(file, path):
                if line.strip():
                    yield number, json.loads(line, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise BrokenFile(file=path, fault=f"line {number} is no JSON: {error.msg}, column {error.colno}") from None
    except UnicodeDecodeError:
        raise BrokenFile(file=path, fault="this is no text in UTF-8") from None
    except (ValueError, ArithmeticError):
        raise BrokenFile(file=path, fault=f"line {number} has a number that is far too long") from None
    except RecursionError:
        raise BrokenFile(file=path, fault=f"line {number} is nested too deeply") from None
    except OSError as error:
        told = "there is no such file" if isinstance(error, FileNotFoundError) else os.strerror(error.errno or 0)
        raise BrokenFile(file=path, fault=told) from None
