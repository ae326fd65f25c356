"""The removal of an account: closed at once, then its photos, its identity and its rows go, for good."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.errors import NotAllowed
from core.ports import Photos, Removal
from core.signing_in import AuthGateway


class BeingRemoved(NotAllowed):
    """This account was just removed, with everything in it. What you send from now on begins a new one."""


@dataclass(frozen=True)
class Remover:
    """Finishes what `Removal.begin` began; each step may run again after a crash."""

    removal: Removal
    photos: Photos
    auth: AuthGateway

    async def finish(self, account: UUID) -> None:
        """Remove a closed account; one that is open stays as it is. Raises Unavailable to be tried again."""
        if not await self.removal.is_closed(account):
            return
        for folder in await self.removal.photo_folders(account):
            await self.photos.remove_all(folder)
        await self.auth.remove(account)
        await self.removal.remove(account)
        # A photo that was on its way in meanwhile found no receipt to belong to.
        await self.photos.remove_all(account)
