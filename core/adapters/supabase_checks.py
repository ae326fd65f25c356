"""What is not well with a Supabase project, each as a sentence with its way out; for `snapspend doctor`."""

from __future__ import annotations

import base64
import binascii
import json

from pydantic import BaseModel
from storage3.exceptions import StorageApiError
from supabase_auth.errors import AuthApiError, AuthError

from core.adapters.supabase_photos import TYPES
from core.adapters.supabase_project import SupabaseProject, answering, told
from core.errors import Unavailable
from core.kinds import MAX_MEGABYTES
from core.photo_keys import MOST_BYTES

SECONDS = 20.0
NO_PROJECT = "SUPABASE_URL does not answer as a project; copy it from Project Settings, Data API"
KEYS = "Project Settings, API Keys"


class Confirming(BaseModel):
    """What a project says of its settings, as far as we care."""

    mailer_autoconfirm: bool


async def faults_of_keys(project: SupabaseProject) -> list[str]:
    """Ask Auth who each key is, and how it confirms addresses; nothing is changed and nobody is mailed."""
    if _role(project.key) == "service_role":
        return [f"SUPABASE_KEY is the service_role key, which may do everything; take the anon one from {KEYS}"]
    if _role(project.secret_key) == "anon":
        return [f"SUPABASE_SECRET_KEY is the anon key; take the service_role one from {KEYS}"]
    try:
        return [fault for fault in (await _publishable(project), await _secret(project)) if fault]
    except Unavailable as error:
        return [f"{NO_PROJECT}; a paused one is woken on its page ({error})"]


async def faults_of_bucket(project: SupabaseProject) -> list[str]:
    """Ask Storage for the bucket: is it there, private, and does it take what people send."""
    try:
        async with answering("photo storage", SECONDS):
            bucket = await _bucket(project)
    except Unavailable as error:
        return [f"Storage does not answer as it should ({error}); see the project's page, or try again later"]
    if bucket is None:
        return [f"there is no bucket {project.bucket}; run `snapspend migrate`, or make it, private, under Storage"]
    name, public, limit, types = bucket
    missing = sorted(set(TYPES) - set(types)) if types and "*/*" not in types else []
    told = {
        f"the bucket {name} is public: everybody can see the photos; make it private under Storage": public,
        f"the bucket {name} takes only {(limit or 0) / 1024 / 1024:.3g} MB; let it take {MAX_MEGABYTES} MB": bool(
            limit and limit < MOST_BYTES
        ),
        f"the bucket {name} does not take {', '.join(missing)}; add them, or let it take any": bool(missing),
    }
    return [sentence for sentence, is_so in told.items() if is_so]


async def confirms_addresses(project: SupabaseProject) -> bool:
    """Tell whether a new address must be confirmed before anybody can sign in with it. Raises Unavailable.

    The client has no call for this one; what it asks is public to whoever has the publishable key.
    """
    async with answering("auth", SECONDS):
        answer = await project.http.get(f"{project.url}/auth/v1/settings", headers={"apikey": project.key})
        answer.raise_for_status()
        return not Confirming.model_validate_json(answer.content).mailer_autoconfirm


async def _publishable(project: SupabaseProject) -> str:
    """Return what is wrong with the publishable key: with it, Auth must say that nobody is signed in."""
    async with answering("auth", SECONDS):
        try:
            await project.visitor().get_user(project.key)
        except AuthApiError as error:
            if error.status in {401, 403}:
                is_taken = error.code is not None and "signature" not in error.message
                return "" if is_taken else f"SUPABASE_KEY is not this project's; copy it from {KEYS}"
            raise
    return f"SUPABASE_KEY is somebody's session; take the publishable one from {KEYS}"


async def _secret(project: SupabaseProject) -> str:
    """Return what is wrong with the secret key: it must be able to list people."""
    async with answering("auth", SECONDS):
        try:
            await project.owner().admin.list_users(page=1, per_page=1)
        except AuthError as error:
            if getattr(error, "status", 0) in {401, 403}:
                return f"SUPABASE_SECRET_KEY is not this project's secret key; copy it from {KEYS}"
            raise
    return ""


async def _bucket(project: SupabaseProject) -> tuple[str, bool, int | None, list[str] | None] | None:
    """Return the bucket's name, whether it is public, the size it takes and its types; None when there is none."""
    try:
        found = await told(project.storage().get_bucket(project.bucket))
    except StorageApiError as error:
        if str(error.status) == "404":
            return None
        raise
    return found.name, found.public, found.file_size_limit, found.allowed_mime_types


def _role(key: str) -> str | None:
    """Return the role that a key of the older kind names, or None; it is read, not verified."""
    parts = key.split(".")
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "==")) if len(parts) == 3 else {}
    except (ValueError, binascii.Error):
        return None
    return str(claims["role"]) if isinstance(claims, dict) and "role" in claims else None
