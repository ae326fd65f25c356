"""Password hashes: argon2id, in threads, and never so many at once that memory runs out."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

AT_ONCE = 2
"""How many a process computes at once: each takes 64 MB."""

NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$M4ezrSHh/3XdgYv9wRXY9Q$RDMmgNfvO9lFznT/JN1zCRLu456fEI4050FsZlWPepk"
"""The hash of a random password that was thrown away: compared where there is none, so that it takes as long."""


class Passwords:
    """Makes and compares hashes with the parameters of RFC 9106, section 4, for little memory."""

    def __init__(self) -> None:
        """Make nothing yet: the threads start with the first password."""
        self._hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords")

    async def hashed(self, password: str) -> str:
        """Return a password's hash, with its salt and parameters in it."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._hasher.hash, _bytes(password))

    async def fits(self, hashed: str | None, password: str) -> bool:
        """Tell whether a password has this hash; without one it takes as long, and is False."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._fits, hashed, password)

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False)

    def _fits(self, hashed: str | None, password: str) -> bool:
        try:
            return self._hasher.verify(hashed or NOBODYS, _bytes(password)) and hashed is not None
        except (VerificationError, InvalidHashError):
            return False


def _bytes(password: str) -> bytes:
    """Return a password as it is hashed, whatever a form may hold."""
    return password.encode("utf-8", "surrogatepass")
