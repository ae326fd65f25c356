"""Albums at the worker's edge: settled by what was read, or taken apart where that fails."""

from __future__ import annotations

import logging

from core.accounts import Account
from core.albums import Arranger, Choice
from core.errors import Unavailable
from core.logs import where

log = logging.getLogger(__name__)


async def settle(arranger: Arranger, account: Account, album: str) -> bool:
    """Let count what is read and certain of an album; False while further photos may come. Raises Unavailable.

    A bug in the comparing of photos must not cost the answers: then each photo is a receipt.
    """
    try:
        return await arranger.settle(account, album)
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 - the edge
        log.error("settling an album failed: %s", where(error))
        await arranger.choose(account, album, Choice.SEPARATE)
        return True
