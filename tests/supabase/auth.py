"""The stand-in's Auth: the endpoints that the official client calls, as GoTrue answers them."""

from __future__ import annotations

import math
import secrets
import time
import uuid
from typing import Any

import jwt
from aiohttp import web

from tests.supabase.answers import AuthRefusal
from tests.supabase.project import Project, User, moment

PROJECT = web.AppKey("project", Project)
routes = web.RouteTableDef()


def session(project: Project, user: User) -> web.Response:
    """Answer that somebody is signed in."""
    if user.banned:
        raise AuthRefusal(400, "user_banned", "User is banned")
    body = {
        "access_token": project.token(user),
        "token_type": "bearer",
        "expires_in": 3600,
        "expires_at": int(time.time()) + 3600,
        "refresh_token": secrets.token_urlsafe(9),
        "user": user.told(),
    }
    return web.json_response(body)


def mail(project: Project, user: User, kind: str) -> None:
    """Mail a code. Raises AuthRefusal when that is too often."""
    if project.mail_limit:
        raise AuthRefusal(429, "over_email_send_rate_limit", "email rate limit exceeded")
    left = project.mail(user, kind)
    if left is not None:
        said = f"For security purposes, you can only request this after {math.ceil(left)} seconds."
        raise AuthRefusal(429, "over_email_send_rate_limit", said)


def check_password(project: Project, password: str) -> None:
    """Raise AuthRefusal for a password that the project does not take."""
    if not password:
        raise AuthRefusal(400, "validation_failed", "Signup requires a valid password")
    if len(password.encode()) > 72:
        raise AuthRefusal(400, "validation_failed", "Password cannot be longer than 72 characters")
    reasons = ["length"] if len(password) < 6 else ["pwned"] if password in project.leaked_passwords else []
    if reasons:
        said = "Password is known to be weak and easy to guess, please choose a different one."
        raise AuthRefusal(422, "weak_password", said, weak_password={"reasons": reasons})


async def given(request: web.Request) -> dict[str, Any]:
    """Return the JSON body, with its address written small as GoTrue keeps it."""
    try:
        body = await request.json()
    except ValueError:
        raise AuthRefusal(400, "bad_json", "Could not parse request body as JSON") from None
    if "email" in body:
        body["email"] = body["email"].lower()
        if "@" not in body["email"] or "." not in body["email"].partition("@")[2]:
            raise AuthRefusal(400, "validation_failed", "Unable to validate email address: invalid format")
    return dict(body)


def signed_in(request: web.Request) -> User:
    """Return whose token the request bears. Raises AuthRefusal."""
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not bearer:
        raise AuthRefusal(401, "no_authorization", "This endpoint requires a valid Bearer token")
    try:
        role, user = request.app[PROJECT].role(bearer)
    except jwt.InvalidTokenError:
        said = "invalid JWT: unable to parse or verify signature, token is malformed"
        raise AuthRefusal(403, "bad_jwt", said) from None
    if role in {"anon", "service_role"}:
        raise AuthRefusal(403, "bad_jwt", "invalid claim: missing sub claim")
    if user is None:
        raise AuthRefusal(403, "user_not_found", "User from sub claim in JWT does not exist")
    return user


def check_admin(request: web.Request) -> None:
    """Raise AuthRefusal unless the request bears the secret key."""
    try:
        role, _ = request.app[PROJECT].role(request.headers.get("Authorization", "").removeprefix("Bearer "))
    except jwt.InvalidTokenError:
        said = "invalid JWT: unable to parse or verify signature, token is malformed"
        raise AuthRefusal(403, "bad_jwt", said) from None
    if role != "service_role":
        raise AuthRefusal(403, "not_admin", "User not allowed")


@routes.post("/auth/v1/signup")
async def sign_up(request: web.Request) -> web.Response:
    """Make somebody, mail them, or answer with somebody who does not exist."""
    project, body = request.app[PROJECT], await given(request)
    if project.shut:
        raise AuthRefusal(422, "signup_disabled", "Signups not allowed for this instance")
    check_password(project, body.get("password", ""))
    user = project.users.get(body["email"])
    if user and user.confirmed:
        if project.autoconfirm:
            raise AuthRefusal(422, "user_already_exists", "User already registered")
        nobody = User(user.email, "", mailed=project.now()).told()
        return web.json_response({**nobody, "id": str(uuid.uuid4()), "role": "", "identities": []})
    if user is None:
        user = project.users[body["email"]] = User(body["email"], body["password"])
    if project.autoconfirm:
        user.confirmed = project.now()
        return session(project, user)
    mail(project, user, "signup")
    return web.json_response(user.told())


@routes.post("/auth/v1/token")
async def token(request: web.Request) -> web.Response:
    """Sign somebody in with a password."""
    project, body = request.app[PROJECT], await given(request)
    if request.query.get("grant_type") != "password":
        raise AuthRefusal(400, "invalid_credentials", "unsupported_grant_type")
    user = project.users.get(body.get("email", ""))
    if user is None or user.password != body.get("password"):
        raise AuthRefusal(400, "invalid_credentials", "Invalid login credentials")
    if user.confirmed is None:
        raise AuthRefusal(400, "email_not_confirmed", "Email not confirmed")
    return session(project, user)


@routes.post("/auth/v1/verify")
async def verify(request: web.Request) -> web.Response:
    """Take a mailed code."""
    project, body = request.app[PROJECT], await given(request)
    user = project.take_code(body.get("email", ""), body["type"], body.get("token", ""))
    if user is None:
        raise AuthRefusal(403, "otp_expired", "Token has expired or is invalid")
    user.confirmed = user.confirmed or project.now()
    return session(project, user)


@routes.post("/auth/v1/resend")
async def resend(request: web.Request) -> web.Response:
    """Mail the code for a new address again; nothing is said of the others."""
    project, body = request.app[PROJECT], await given(request)
    user = project.users.get(body["email"])
    if user and not user.confirmed:
        mail(project, user, body["type"])
    return web.json_response({})


@routes.post("/auth/v1/recover")
async def recover(request: web.Request) -> web.Response:
    """Mail a code for a new password; nothing is said of unknown addresses."""
    project, body = request.app[PROJECT], await given(request)
    if user := project.users.get(body["email"]):
        mail(project, user, "recovery")
    return web.json_response({})


@routes.get("/auth/v1/user")
async def who(request: web.Request) -> web.Response:
    """Answer whose token it is."""
    return web.json_response(signed_in(request).told())


@routes.put("/auth/v1/user")
async def change(request: web.Request) -> web.Response:
    """Change the password of who is signed in."""
    user, body = signed_in(request), await given(request)
    check_password(request.app[PROJECT], body["password"])
    if body["password"] == user.password:
        said = "New password should be different from the old password."
        raise AuthRefusal(422, "same_password", said)
    user.password = body["password"]
    return web.json_response(user.told())


@routes.get("/auth/v1/admin/users")
async def people(request: web.Request) -> web.Response:
    """List who signed up, to the secret key."""
    check_admin(request)
    everybody = list(request.app[PROJECT].users.values())
    most = int(request.query.get("per_page") or 50)
    headers = {"X-Total-Count": str(len(everybody))}
    body = {"users": [user.told() for user in everybody[:most]], "aud": "authenticated"}
    return web.json_response(body, headers=headers)


@routes.delete("/auth/v1/admin/users/{id}")
async def remove(request: web.Request) -> web.Response:
    """Forget somebody, for the secret key."""
    check_admin(request)
    users = request.app[PROJECT].users
    email = next((email for email, user in users.items() if user.id == request.match_info["id"]), None)
    if email is None:
        raise AuthRefusal(404, "user_not_found", "User not found")
    del users[email]
    return web.json_response({})


@routes.get("/auth/v1/.well-known/jwks.json")
async def public_keys(request: web.Request) -> web.Response:
    """Answer the public keys."""
    headers = {"Cache-Control": "public, max-age=600"}
    return web.json_response({"keys": request.app[PROJECT].public_keys()}, headers=headers)


@routes.get("/auth/v1/settings")
async def settings(request: web.Request) -> web.Response:
    """Answer how the project is set up."""
    project = request.app[PROJECT]
    body = {
        "external": {"email": True, "phone": False, "anonymous_users": False},
        "disable_signup": project.shut,
        "mailer_autoconfirm": project.autoconfirm,
        "phone_autoconfirm": False,
        "sms_provider": "twilio",
        "saml_enabled": False,
    }
    return web.json_response(body)


@routes.get("/auth/v1/health")
async def health(request: web.Request) -> web.Response:
    """Answer that it is well."""
    said = "GoTrue is a user registration and authentication API"
    return web.json_response({"version": "v2.180.0", "name": "GoTrue", "description": said, "at": moment(time.time())})
