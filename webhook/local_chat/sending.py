"""The Bot API methods that send: text, photos, documents and albums."""

from __future__ import annotations

from typing import Any, Literal

from core.adapters.local_chat_rows import Draft
from webhook.local_chat.call import Call, Upload
from webhook.local_chat.content import Body, addressed, answered, formatted, keyboard
from webhook.local_chat.context import LocalChat
from webhook.local_chat.errors import bad_request
from webhook.local_chat.folder import document, photo_size
from webhook.local_chat.pictures import NotAPhotoError
from webhook.local_chat.wire import chat_of, message_body, written

PHOTO_LIMIT = 10 << 20
ALBUM = range(2, 11)
Kind = Literal["photo", "document"]


async def send_message(chat: LocalChat, call: Call) -> Body:
    """Send text."""
    row = await addressed(chat, call)
    text, entities = formatted(call, "text")
    if not text:
        raise bad_request("message text is empty")
    return await deliver(chat, call, row, written(text, entities))


async def send_photo(chat: LocalChat, call: Call) -> Body:
    """Send one picture, with a caption."""
    row = await addressed(chat, call)
    caption = written(*formatted(call, "caption"), caption=True)
    sent = await media(chat, call, "photo", call.values.get("photo"))
    return await deliver(chat, call, row, sent | caption)


async def send_document(chat: LocalChat, call: Call) -> Body:
    """Send one file, with a caption."""
    row = await addressed(chat, call)
    caption = written(*formatted(call, "caption"), caption=True)
    sent = await media(chat, call, "document", call.values.get("document"))
    return await deliver(chat, call, row, sent | caption)


async def send_media_group(chat: LocalChat, call: Call) -> list[Body]:
    """Send two to ten photos, or two to ten files, as an album."""
    row = await addressed(chat, call)
    items = call.json("media")
    if not isinstance(items, list) or len(items) not in ALBUM:
        raise bad_request("an album must include 2-10 items")
    if len({str(item.get("type")) if isinstance(item, dict) else None for item in items}) > 1:
        raise bad_request("photos and documents can't be mixed in an album")
    group = {"media_group_id": chat.settings.new_id()}
    contents = [await input_media(chat, call, item) | group for item in items]
    reply = await answered(chat, call, row["id"])
    start = message_body(chat.settings.bot, chat_of(row), chat.store.clock())
    async with chat.store.writing() as connection:
        return [
            await chat.store.say(connection, Draft(row["id"], start | content | reply, from_bot=True))
            for content in contents
        ]


async def deliver(chat: LocalChat, call: Call, row: Body, content: Body) -> Body:
    """Put one message of the bot into a chat and return it."""
    content = content | keyboard(call) | await answered(chat, call, row["id"])
    body = message_body(chat.settings.bot, chat_of(row), chat.store.clock()) | content
    async with chat.store.writing() as connection:
        return await chat.store.say(connection, Draft(row["id"], body, from_bot=True))


async def input_media(chat: LocalChat, call: Call, item: Any) -> Body:
    """Return the content of one InputMedia object. Raises ApiError 400."""
    if not isinstance(item, dict) or item.get("type") not in ("photo", "document"):
        raise bad_request("only photos and documents can be sent here")
    caption = written(*formatted(Call(call.method, item), "caption"), caption=True)
    return await media(chat, call, item["type"], item.get("media")) | caption


async def media(chat: LocalChat, call: Call, kind: Kind, value: Any) -> Body:
    """Return a photo or document: uploaded with the call, or already kept and named by its file_id."""
    upload = uploaded(call, kind, value)
    if upload is None:
        return await known_media(chat, kind, value)
    if upload.size == 0:
        raise bad_request("file must be non-empty")
    if kind == "document":
        return {"document": await chat.folder.keep_document(upload)}
    if upload.size > PHOTO_LIMIT:
        raise bad_request("file is too big for a photo; the maximum size is 10485760 bytes")
    try:
        return {"photo": await chat.folder.keep_photo(upload)}
    except NotAPhotoError as error:
        raise bad_request(f"IMAGE_PROCESS_FAILED: {error}") from error


def uploaded(call: Call, kind: Kind, value: Any) -> Upload | None:
    """Return the file that came with the call, as the parameter itself or by `attach://name`."""
    if isinstance(value, str) and value.startswith("attach://"):
        found = call.files.get(value.removeprefix("attach://"))
        if found is None:
            raise bad_request("can't find the attached file")
        return found
    return call.files.get(kind) if value is None else None


async def known_media(chat: LocalChat, kind: Kind, value: Any) -> Body:
    """Return a photo or document that was kept before. Raises ApiError 400."""
    if not isinstance(value, str) or not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content: this stand-in fetches nothing from elsewhere")
    file = await chat.store.file("id", value)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    if kind == "document":
        return {"document": document(file)}
    return {"photo": [photo_size(size) for size in await chat.store.sizes(file.id[:-1])]}


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
}
