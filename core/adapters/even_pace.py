"""Answers that take the same time whatever was found: how long one takes tells nothing about an address."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.errors import SnapSpendError


@asynccontextmanager
async def even_pace(seconds: float, failures_only: bool = False) -> AsyncIterator[None]:
    """Let what is done here, and its SnapSpendError, come out only after a whole multiple of so many seconds.

    With `failures_only` what succeeds comes out at once.
    """
    clock = asyncio.get_running_loop().time
    began = clock()
    failure: SnapSpendError | None = None
    try:
        yield
    except SnapSpendError as error:
        failure = error
    if failure is not None or not failures_only:
        spent = clock() - began
        await asyncio.sleep(math.ceil(spent / seconds) * seconds - spent)
    if failure is not None:
        raise failure
