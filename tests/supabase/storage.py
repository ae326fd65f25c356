"""The stand-in's Storage: buckets and photos, with its odd errors."""

from __future__ import annotations

import hashlib
import re
import time
import uuid
from typing import Any

import jwt
from aiohttp import web

from tests.supabase.answers import StorageRefusal
from tests.supabase.auth import PROJECT
from tests.supabase.project import Bucket, moment

routes = web.RouteTableDef()
OBJECT = "/storage/v1/object"
NO_BUCKET = ("404", "Bucket not found", "Bucket not found")
NO_OBJECT = ("404", "not_found", "Object not found")


def role(request: web.Request) -> tuple[str, str]:
    """Return the role of who asks, and their folder. Raises StorageRefusal."""
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        name, user = request.app[PROJECT].role(bearer)
    except jwt.InvalidTokenError:
        raise StorageRefusal("403", "Unauthorized", "Invalid Compact JWS") from None
    return name, user.id if user else ""


def may_see(request: web.Request, key: str) -> bool:
    """Tell whether the project's policies let who asks see an object: the owner all, people their own folder."""
    name, folder = role(request)
    return name == "service_role" or (name == "authenticated" and key.startswith(f"{folder}/"))


def bucket(request: web.Request) -> Bucket:
    """Return the bucket of the path. Raises StorageRefusal."""
    found = request.app[PROJECT].buckets.get(request.match_info["bucket"])
    if found is None:
        raise StorageRefusal(*NO_BUCKET)
    return found


def photo(request: web.Request) -> tuple[bytes, str]:
    """Return the object of the path. Raises StorageRefusal: what may not be seen looks as if it were not there."""
    found = bucket(request).objects.get(request.match_info["key"])
    if found is None or not may_see(request, request.match_info["key"]):
        raise StorageRefusal(*NO_OBJECT)
    return found


@routes.post("/storage/v1/bucket")
async def make_bucket(request: web.Request) -> web.Response:
    """Make a bucket, for the owner."""
    body = await request.json()
    if role(request)[0] != "service_role":
        raise StorageRefusal("403", "Unauthorized", "new row violates row-level security policy")
    buckets = request.app[PROJECT].buckets
    if body["id"] in buckets:
        raise StorageRefusal("409", "Duplicate", "The resource already exists")
    buckets[body["id"]] = Bucket(body.get("public", False), body.get("file_size_limit"), body.get("allowed_mime_types"))
    return web.json_response({"name": body["name"]})


@routes.get("/storage/v1/bucket/{bucket}")
async def show_bucket(request: web.Request) -> web.Response:
    """Describe a bucket, to the owner."""
    found = bucket(request)
    if role(request)[0] != "service_role":
        raise StorageRefusal(*NO_BUCKET)
    name, at = request.match_info["bucket"], moment(time.time())
    body = {
        "id": name,
        "name": name,
        "owner": "",
        "public": found.public,
        "created_at": at,
        "updated_at": at,
        "file_size_limit": found.file_size_limit,
        "allowed_mime_types": found.allowed_mime_types,
        "type": "STANDARD",
    }
    return web.json_response(body)


@routes.post(OBJECT + "/sign/{bucket}/{key:.+}")
async def sign(request: web.Request) -> web.Response:
    """Answer an address at which anybody sees the object for a while."""
    photo(request)
    body, now = await request.json(), int(time.time())
    path = f"{request.match_info['bucket']}/{request.match_info['key']}"
    claims = {"url": path, "scope": "download", "iat": now, "exp": now + int(body["expiresIn"])}
    token = jwt.encode(claims, request.app[PROJECT].shared_secret, "HS256")
    return web.json_response({"signedURL": f"/object/sign/{path}?token={token}"})


@routes.get(OBJECT + "/sign/{bucket}/{key:.+}")
async def show_signed(request: web.Request) -> web.Response:
    """Give an object to whoever has its signed address."""
    try:
        claims = jwt.decode(request.query.get("token", ""), request.app[PROJECT].shared_secret, ["HS256"])
    except jwt.ExpiredSignatureError:
        raise StorageRefusal("400", "InvalidJWT", '"exp" claim timestamp check failed') from None
    except jwt.InvalidTokenError:
        raise StorageRefusal("400", "InvalidJWT", "Invalid Compact JWS") from None
    if claims["url"] != f"{request.match_info['bucket']}/{request.match_info['key']}":
        raise StorageRefusal("400", "InvalidSignature", "Invalid signature")
    content, kind = bucket(request).objects[request.match_info["key"]]
    name = request.query.get("download")
    headers = {} if name is None else {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=content, content_type=kind, headers=headers)


@routes.get(OBJECT + "/public/{bucket}/{key:.+}")
async def show_public(request: web.Request) -> web.Response:
    """Give an object of a public bucket to anybody."""
    if not bucket(request).public:
        raise StorageRefusal(*NO_BUCKET)
    content, kind = bucket(request).objects[request.match_info["key"]]
    return web.Response(body=content, content_type=kind)


@routes.get(OBJECT + "/info/{bucket}/{key:.+}")
async def info(request: web.Request) -> web.Response:
    """Describe an object."""
    content, kind = photo(request)
    return web.json_response({"name": request.match_info["key"], "size": len(content), "content_type": kind})


@routes.post(OBJECT + "/list/{bucket}")
async def list_folder(request: web.Request) -> web.Response:
    """Name what is directly in a folder, at most `limit` of it, as far as who asks may see it."""
    body, kept = await request.json(), bucket(request)
    prefix, start = f"{body['prefix'].rstrip('/')}/", int(body.get("offset", 0))
    names = sorted(key for key in kept.objects if key.startswith(prefix) and may_see(request, key))
    found = [name.removeprefix(prefix) for name in names[start : start + int(body.get("limit", 100))]]
    return web.json_response([{"name": name, "id": str(uuid.uuid4()), "metadata": {}} for name in found])


@routes.post(OBJECT + "/{bucket}/{key:.+}")
async def upload(request: web.Request) -> web.Response:
    """Keep an object; size and type are checked as Storage does."""
    key, kept = request.match_info["key"], bucket(request)
    if not re.fullmatch(r"[\w/!.*'() &$@=;:+,?-]+", key, re.ASCII):
        raise StorageRefusal("400", "InvalidKey", f"Invalid key: {key}")
    if role(request)[0] != "service_role":
        raise StorageRefusal("403", "Unauthorized", "new row violates row-level security policy")
    content, kind = b"", "text/plain"
    async for part in await request.multipart():
        if getattr(part, "name", "") == "file":
            kind, content = part.headers["Content-Type"].partition(";")[0], await part.read(decode=False)
    if kept.allowed_mime_types and kind not in kept.allowed_mime_types:
        raise StorageRefusal("415", "invalid_mime_type", f"mime type {kind} is not supported")
    if kept.file_size_limit and len(content) > kept.file_size_limit:
        raise StorageRefusal("413", "Payload too large", "The object exceeded the maximum allowed size")
    if key in kept.objects and request.headers.get("x-upsert") != "true":
        raise StorageRefusal("409", "Duplicate", "The resource already exists")
    kept.objects[key] = (content, kind)
    return web.json_response({"Key": f"{request.match_info['bucket']}/{key}", "Id": str(uuid.uuid4())})


@routes.get(OBJECT + "/{bucket}/{key:.+}")
async def download(request: web.Request) -> web.Response:
    """Give an object to who may see it."""
    content, kind = photo(request)
    return web.Response(body=content, content_type=kind, headers={"ETag": f'"{hashlib.md5(content).hexdigest()}"'})


@routes.delete(OBJECT + "/{bucket}")
async def remove(request: web.Request) -> web.Response:
    """Remove objects and name those that were: of the others nothing is said."""
    kept, names = bucket(request), (await request.json())["prefixes"]
    if len(names) > 1000:
        raise StorageRefusal("400", "InvalidRequest", "body/prefixes must NOT have more than 1000 items")
    if role(request)[0] != "service_role":
        return web.json_response([])
    gone: list[dict[str, Any]] = []
    for name in names:
        if name in kept.objects and name not in request.app[PROJECT].undeletable:
            del kept.objects[name]
            gone.append({"name": name, "bucket_id": request.match_info["bucket"]})
    return web.json_response(gone)
