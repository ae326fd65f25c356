"""Who keeps passwords and photos follows from the settings."""

from __future__ import annotations

from pathlib import Path

from core.adapters.folder_photos import FolderPhotos
from core.adapters.local_auth import LocalAuth
from core.adapters.supabase_auth import SupabaseAuth
from core.adapters.supabase_photos import SupabasePhotos
from core.adapters.wiring import Stores, open_stores
from core.settings import Settings
from tests.supabase.project import Project


def test_without_supabase_both_are_kept_here(stores: Stores) -> None:
    """Nothing has to be configured."""
    assert isinstance(stores.auth, LocalAuth)
    assert isinstance(stores.photos, FolderPhotos)


async def test_with_supabase_it_keeps_both(database_url: str, tmp_path: Path) -> None:
    """Nothing is asked of it before it is needed."""
    project = Project()
    project.url = "https://abcd.supabase.example"
    given = {"DATABASE_URL": database_url, "SNAPSPEND_DATA": str(tmp_path), **project.environment}
    async with open_stores(Settings.from_environment(given)) as opened:
        assert isinstance(opened.auth, SupabaseAuth)
        assert isinstance(opened.photos, SupabasePhotos)
        assert project.secret not in repr(opened)
        assert project.secret not in repr(vars(opened.auth))
