"""A call that blocks and may never end, in a thread of its own: no other work waits for it, nor the process's end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def in_own_thread(call: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> T:
    """Return what the call gives, or raise what it raises; who stops waiting leaves the thread to itself.

    asyncio's own threads are few and shared: a service that drips bytes could hold them all.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def tell(result: T | None, error: BaseException | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, error = None, None
        try:
            result = call(*given, **named)
        except BaseException as raised:  # noqa: BLE001 - it is raised again where it is awaited
            error = raised
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(tell, result, error)

    Thread(target=run, name="cloud", daemon=True).start()
    return await answer
