"""Codes that are mailed to an identity and typed by its owner: six digits, for an hour, with five tries."""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import sha256
from uuid import UUID

from core.adapters.database import Connection, Pool, transaction
from core.adapters.mail_folder import MailFolder

CONFIRM, RESET = "confirm", "reset"
TEXTS = {
    CONFIRM: (
        "Confirm your address",
        "Somebody, probably you, signed up for SnapSpend with this address. To confirm it, type this code:",
    ),
    RESET: (
        "A new password",
        "Somebody, probably you, forgot the SnapSpend password of this address. To set a new one, type this code:",
    ),
}
WRONG_TRIES = 5


async def send_code(pool: Pool, mail: MailFolder, address: str, purpose: str) -> None:
    """Mail a new code, which voids the one before; within a minute of the last one, nothing.

    Nothing is mailed either where nobody has the address, or where it is to be confirmed and is.
    """
    code = f"{secrets.randbelow(10**6):06}"
    async with transaction(pool) as connection:
        found = await connection.execute(
            "select id from identities where email = %s and (%s or confirmed_at is null)"
            " and coalesce(code_at < now() - interval '1 minute', true) for update",
            [address, purpose == RESET],
        )
        row = await found.fetchone()
        if row is None:
            return
        await connection.execute(
            "update identities set code_hash = %s, code_for = %s, code_at = now(), code_tries = 0 where id = %s",
            [_hash(row["id"], purpose, code), purpose, row["id"]],
        )
    subject, text = TEXTS[purpose]
    text = f"{text}\n\n    {code}\n\nIt is valid for an hour. If it was not you, nothing has to be done.\n"
    await mail.put(row["id"], address, subject, text)


async def try_code(connection: Connection, address: str, purpose: str, code: str) -> UUID | None:
    """Count a try, and return whose code it is when it is right.

    The identity stays locked until the transaction ends, so that no two tries count as one.
    """
    found = await connection.execute(
        "update identities set code_tries = code_tries + 1 where email = %s and code_for = %s"
        " and code_at > now() - interval '1 hour' and code_tries < %s returning id, code_hash",
        [address, purpose, WRONG_TRIES],
    )
    row = await found.fetchone()
    if row is None:
        return None
    identity: UUID = row["id"]
    is_right = hmac.compare_digest(row["code_hash"], _hash(identity, purpose, re.sub(r"\s", "", code)))
    return identity if is_right else None


def _hash(identity: UUID, purpose: str, code: str) -> bytes:
    """Return what is kept of a code."""
    return hmac.digest(identity.bytes, f"{purpose}:{code}".encode("utf-8", "surrogatepass"), sha256)
