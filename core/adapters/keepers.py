"""Who keeps passwords and photos: Supabase where its settings are given, else this installation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.adapters.database import Pool
from core.adapters.folder_photos import FolderPhotos
from core.adapters.local_auth import LocalAuth
from core.adapters.mail_folder import MailFolder
from core.ports import Photos
from core.settings import Settings
from core.signing_in import AuthGateway


@asynccontextmanager
async def open_keepers(settings: Settings, pool: Pool) -> AsyncIterator[tuple[AuthGateway, Photos]]:
    """Lend both; what Supabase's client needs (20 MB) is loaded only with its settings."""
    if settings.supabase_url is None:
        local = LocalAuth(pool, MailFolder(settings.mail), settings.admin_emails)
        try:
            yield local, FolderPhotos(settings.photos)
        finally:
            local.close()
        return
    from core.adapters.supabase_auth import SupabaseAuth
    from core.adapters.supabase_photos import SupabasePhotos
    from core.adapters.supabase_project import open_project

    async with open_project(settings) as project:
        yield SupabaseAuth(project, settings.admin_emails), SupabasePhotos(project)
