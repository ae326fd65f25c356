"""What `snapspend doctor` asks of Supabase: the keys, how addresses are confirmed, and the bucket."""

from __future__ import annotations

from bot.findings import ILL, OFF, WELL, Finding
from core.errors import Unavailable
from core.settings import Settings

CONFIRM = "the project confirms no address, so nobody can register an admin's here and anybody can elsewhere"
CONFIRM_ADVICE = 'turn on "Confirm email" under Authentication, Sign In / Providers, Email'


async def accounts(settings: Settings) -> Finding:
    """Check the project's address and both keys."""
    if settings.supabase_url is None:
        found = f"kept here; codes are mailed to {settings.mail}"
        return Finding("accounts", OFF, found, "for Supabase, set SUPABASE_URL, SUPABASE_KEY and SUPABASE_SECRET_KEY")
    from core.adapters.supabase_checks import confirms_addresses, faults_of_keys
    from core.adapters.supabase_project import open_project

    async with open_project(settings) as project:
        faults = await faults_of_keys(project)
        if faults:
            return _ill("accounts", faults)
        try:
            confirms = await confirms_addresses(project)
        except Unavailable as error:
            return Finding("accounts", ILL, f"Supabase's Auth: {error}", "try again later")
    if not confirms and settings.admin_emails:
        return Finding("accounts", ILL, CONFIRM, CONFIRM_ADVICE)
    if not confirms:
        return Finding("accounts", WELL, "Supabase takes both keys; it confirms no addresses", CONFIRM_ADVICE)
    return Finding("accounts", WELL, "Supabase takes both keys and confirms addresses by mail")


async def photos(settings: Settings) -> Finding:
    """Check the bucket: there, private, and open to what people send."""
    if settings.supabase_url is None:
        return Finding("photos", OFF, f"kept in {settings.photos}")
    from core.adapters.supabase_checks import faults_of_bucket
    from core.adapters.supabase_project import open_project

    async with open_project(settings) as project:
        faults = await faults_of_bucket(project)
    if faults:
        return _ill("photos", faults)
    return Finding("photos", WELL, f"Supabase's private bucket {settings.supabase_bucket}")


def _ill(part: str, faults: list[str]) -> Finding:
    """Put faults, each with its way out behind a semicolon, into one finding."""
    parts = [fault.partition("; ") for fault in faults]
    return Finding(part, ILL, "; ".join(head for head, _, _ in parts), "; ".join(tail for _, _, tail in parts))
