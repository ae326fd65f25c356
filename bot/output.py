"""What a command writes on standard output and standard error, and how it ends when nobody takes it any more."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TextIO

from core.errors import SnapSpendError

INTERRUPTED = 130


class NobodyReads(Exception):
    """Who read the output has seen enough (`| head`)."""


class NotWritten(SnapSpendError):
    """The output cannot be written: {reason}"""


def ending_well(work: Callable[[], int]) -> int:
    """Return the work's exit status; 130 when it is interrupted, 1 when its output cannot be written."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a file's name may hold what no encoding can print
    try:
        return work()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return INTERRUPTED
    except NobodyReads:
        return 1
    except NotWritten as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 1


def say(text: str) -> None:
    """Write a line on standard output, at once. Raises NobodyReads or NotWritten."""
    _write(sys.stdout, text)


def complain(text: str) -> None:
    """Write a line on standard error, at once. Raises NobodyReads or NotWritten."""
    _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except OSError as error:
        # What is left in the stream would be written once more as Python ends, and fail with a message of its own.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if isinstance(error, BrokenPipeError):
            raise NobodyReads from error
        raise NotWritten(reason=os.strerror(error.errno or 0)) from error
