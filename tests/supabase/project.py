"""What the stand-in keeps: people, mails, buckets and photos; how it is set up, and what is to go wrong."""

from __future__ import annotations

import secrets
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

SECONDS_BETWEEN_MAILS = 60
CODE_SECONDS = 3600


@dataclass
class User:
    """Somebody who signed up."""

    email: str
    password: str
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    confirmed: float | None = None
    mailed: float | None = None
    banned: bool = False
    made: float = field(default_factory=time.time)

    def told(self) -> dict[str, Any]:
        """Return the user as /user answers it."""
        identity = {"identity_id": self.id, "id": self.id, "user_id": self.id, "identity_data": {"email": self.email}}
        at = moment(self.made)
        told = {
            "id": self.id,
            "aud": "authenticated",
            "role": "authenticated",
            "email": self.email,
            "phone": "",
            "app_metadata": {"provider": "email", "providers": ["email"]},
            "user_metadata": {},
            "identities": [{**identity, "provider": "email", "created_at": at, "updated_at": at, "email": self.email}],
            "created_at": at,
            "updated_at": at,
            "is_anonymous": False,
        }
        if self.mailed:
            told["confirmation_sent_at"] = moment(self.mailed)
        if self.confirmed:
            told |= {"email_confirmed_at": moment(self.confirmed), "confirmed_at": moment(self.confirmed)}
        return told


@dataclass(frozen=True)
class Mail:
    """A mail with a code."""

    to: str
    kind: str
    code: str
    at: float


@dataclass
class Fault:
    """What goes wrong with the next requests whose path has this in it."""

    path: str
    way: str
    times: int = 1


@dataclass
class Bucket:
    """A bucket and what is in it: bytes and media type by name."""

    public: bool = False
    file_size_limit: int | None = None
    allowed_mime_types: list[str] | None = None
    objects: dict[str, tuple[bytes, str]] = field(default_factory=dict)


class Project:
    """A project's state. `keys` are "new" (sb_…) or "old" (JWTs); `signing` is "ES256" or "HS256"."""

    def __init__(self, keys: str = "new", signing: str = "ES256") -> None:
        """Make an empty project."""
        self.signing, self.url = signing, ""
        self.shared_secret = secrets.token_urlsafe(40)
        self.key_id, self.private = str(uuid.uuid4()), ec.generate_private_key(ec.SECP256R1())
        self.publishable = f"sb_publishable_{secrets.token_urlsafe(16)}" if keys == "new" else self._old_key("anon")
        self.secret = f"sb_secret_{secrets.token_urlsafe(16)}" if keys == "new" else self._old_key("service_role")
        self.users: dict[str, User] = {}
        self.mails: list[Mail] = []
        self.used: set[Mail] = set()
        self.buckets: dict[str, Bucket] = {}
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, str]] = []
        self.later = 0.0
        self.autoconfirm, self.shut, self.mail_limit = False, False, False
        self.leaked_passwords: set[str] = set()
        self.wrong_claims: dict[str, Any] = {}
        self.undeletable: set[str] = set()

    @property
    def environment(self) -> dict[str, str]:
        """Return the settings that point to it."""
        return {
            "SUPABASE_URL": self.url,
            "SUPABASE_KEY": self.publishable,
            "SUPABASE_SECRET_KEY": self.secret,
        }

    def now(self) -> float:
        """Return its time, which tests can put forward (`later`)."""
        return time.time() + self.later

    def fail(self, path: str, way: str, times: int = 1) -> None:
        """Let the next requests go wrong: a status as "429 code message", "html", "text 500", "json []", "hang"
        or "cut".
        """
        self.faults.append(Fault(path, way, times))

    def role(self, bearer: str) -> tuple[str, User | None]:
        """Return which role a bearer's token names, and whose it is. Raises jwt.InvalidTokenError."""
        if bearer in {self.publishable, self.secret} and not bearer.startswith("ey"):
            return ("anon" if bearer == self.publishable else "service_role"), None
        is_shared = jwt.get_unverified_header(bearer)["alg"] == "HS256"
        key = self.shared_secret if is_shared else self.private.public_key()
        claims = jwt.decode(bearer, key, ["HS256" if is_shared else "ES256"], options={"verify_aud": False})
        user = next((user for user in self.users.values() if user.id == claims.get("sub")), None)
        return str(claims["role"]), user

    def token(self, user: User) -> str:
        """Return an access token for an hour."""
        now = int(time.time())
        claims = {
            "iss": f"{self.url}/auth/v1",
            "sub": user.id,
            "aud": "authenticated",
            "exp": now + 3600,
            "iat": now,
            "email": user.email,
            "phone": "",
            "app_metadata": {"provider": "email", "providers": ["email"]},
            "user_metadata": {},
            "role": "authenticated",
            "aal": "aal1",
            "amr": [{"method": "password", "timestamp": now}],
            "session_id": str(uuid.uuid4()),
            "is_anonymous": False,
        } | self.wrong_claims
        if self.signing == "HS256":
            return jwt.encode(claims, self.shared_secret, "HS256", headers={"kid": self.key_id})
        return jwt.encode(claims, self.private, "ES256", headers={"kid": self.key_id})

    def public_keys(self) -> list[dict[str, Any]]:
        """Return the JWKS: shared secrets are never in it."""
        if self.signing == "HS256":
            return []
        told = ECAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return [{**told, "kid": self.key_id, "alg": "ES256", "use": "sig", "key_ops": ["verify"]}]

    def mail(self, user: User, kind: str) -> float | None:
        """Mail a code, or return after how many seconds the address may have the next one."""
        last = max((mail.at for mail in self.mails if mail.to == user.email), default=None)
        if last is not None and self.now() - last < SECONDS_BETWEEN_MAILS:
            return SECONDS_BETWEEN_MAILS - (self.now() - last)
        user.mailed = self.now()
        self.mails.append(Mail(user.email, kind, f"{secrets.randbelow(10**6):06}", self.now()))
        return None

    def take_code(self, email: str, kind: str, code: str) -> User | None:
        """Use the last code of a kind up; None when it is wrong, used or too old."""
        last = next((mail for mail in reversed(self.mails) if mail.to == email and mail.kind == kind), None)
        if last is None or last in self.used or last.code != code or self.now() - last.at > CODE_SECONDS:
            return None
        self.used.add(last)
        return self.users.get(email)

    def _old_key(self, role: str) -> str:
        return jwt.encode({"iss": "supabase", "ref": "abcd", "role": role, "exp": 2**31}, self.shared_secret, "HS256")


def moment(at: float) -> str:
    """Return a time as Supabase writes it."""
    return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")
