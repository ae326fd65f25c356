"""What runs in a reading process: it prepares a photo and reads it, in bounded memory, and ends with its parent."""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import sys
import threading
import warnings
from multiprocessing.process import BaseProcess

from core.adapters.bounds import bound
from core.adapters.rapidocr_engine import Engine
from core.errors import NoText, SnapSpendError, Unusable
from core.ports import Page
from core.prepare import prepare
from core.receipt import Line, Reading

_engine: Engine | None = None
"""This process's engine; `start` makes it."""

_LEAST = 3
"""Letters and digits under this number are specks, not text."""


def start(threads: int, megabytes: int) -> None:
    """Make this process ready: quiet, bounded to `megabytes` of data, with the engine warm."""
    global _engine
    _end_with_parent()
    bound(megabytes)
    # Libraries that start threads of their own as they are loaded are told not to: a thread is memory, and spins.
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), str(threads)))
    os.environ["OPENCV_LOG_LEVEL"] = "SILENT"
    warnings.simplefilter("ignore")
    _engine = Engine(threads)
    _engine.warm()
    _hush()


def ready() -> bool:
    """Answer once `start` is through."""
    return _engine is not None


def read(photo: bytes) -> Reading:
    """Return the lines of every page. Raises Unusable, and nothing else, whatever the bytes are."""
    try:
        pages = prepare(photo)
        _give_back()  # a large photo was decoded in memory that finding its lines would need beside it
        return _reading(pages, _engine or Engine(1))
    except SnapSpendError:
        raise
    except Exception as error:  # noqa: BLE001
        # Out of memory shows itself as MemoryError, cv2.error, or an error of onnxruntime's; the photo is the cause.
        raise Unusable(f"reading failed: {type(error).__name__}") from None
    finally:
        _give_back()


def _reading(pages: tuple[Page, ...], engine: Engine) -> Reading:
    lines: list[Line] = []
    sizes: list[tuple[int, int]] = []
    turns: list[int] = []
    for number, page in enumerate(pages):
        upright = (list(page.text or ()), (page.width, page.height), 0)
        found, size, turn = upright if page.text else engine.lines(page, number)
        lines += found
        sizes.append(size)
        turns.append(turn)
    if sum(character.isalnum() for line in lines for character in line.text) < _LEAST:
        raise NoText
    name = "PDF text" if all(page.text for page in pages) else engine.name
    return Reading(lines=tuple(lines), pages=tuple(sizes), reader=name, turned=tuple(turns))


def _hush() -> None:
    """Say nothing from here on: there is receipt text about, and decoders in C write what they like to stderr."""
    logging.disable(logging.CRITICAL)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _give_back() -> None:
    """Return what was freed to the system where the C library can (glibc): half of what a page took, else kept."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def _end_with_parent() -> None:
    """End this process when its parent does, even by `kill -9`, and even amid a page."""
    # Linux's PR_SET_PDEATHSIG would follow the parent's thread, and pools start processes from short-lived threads.
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
