"""The Bot API methods by which a bot gets its updates: a webhook, or long polling."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from core.adapters.local_chat_queue import Webhook
from webhook.local_chat.call import Call
from webhook.local_chat.content import Body
from webhook.local_chat.context import LocalChat
from webhook.local_chat.errors import ApiError, bad_request
from webhook.local_chat.guard import is_loopback
from webhook.local_chat.signals import wait_for
from webhook.local_chat.wire import seconds

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LONGEST_POLL = 50
POLLED_WHILE_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
POLLED_TWICE = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Done(dict[str, Any]):
    """A result with a sentence beside it, as setWebhook gives."""


async def set_webhook(chat: LocalChat, call: Call) -> Done:
    """Have updates sent to an address of this machine."""
    url = call.text("url") or ""
    if not url:
        return await delete_webhook(chat, call)
    check_address(url)
    secret = call.text("secret_token")
    if secret is not None and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = call.integer("max_connections")
    wanted = Webhook(url, secret, allowed_updates(call), connections if connections and 1 <= connections <= 100 else 40)
    now = await chat.queue.webhook()
    drop = call.flag("drop_pending_updates")
    same = (now.url, now.secret, now.allowed, now.max_connections)
    if same == (wanted.url, wanted.secret, wanted.allowed, wanted.max_connections) and not drop:
        return Done(result=True, description="Webhook is already set")
    await chat.queue.set_webhook(wanted, drop)
    return Done(result=True, description="Webhook was set")


def check_address(url: str) -> None:
    """Check that a webhook's address is on this machine. Raises ApiError 400."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid URL") from None
    if parts.scheme not in ("http", "https") or not host:
        raise bad_request("bad webhook: invalid URL")
    if not is_loopback(host):
        raise bad_request("bad webhook: this stand-in delivers to this machine only")


def allowed_updates(call: Call) -> list[str] | None:
    """Return the kinds of update that are wanted; None for all. Raises ApiError 400."""
    kinds = call.json("allowed_updates")
    if kinds is not None and not (isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds)):
        raise bad_request("can't parse allowed_updates")
    return kinds or None


async def delete_webhook(chat: LocalChat, call: Call) -> Done:
    """Go back to long polling."""
    drop = call.flag("drop_pending_updates")
    if not (await chat.queue.webhook()).url and not drop:
        return Done(result=True, description="Webhook is already deleted")
    await chat.queue.set_webhook(Webhook(allowed=(await chat.queue.webhook()).allowed), drop)
    return Done(result=True, description="Webhook was deleted")


async def get_webhook_info(chat: LocalChat, call: Call) -> Body:
    """Return where updates go, how many wait and what went wrong last."""
    webhook = await chat.queue.webhook()
    info: Body = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": await chat.queue.count(),
        "max_connections": webhook.max_connections,
    }
    if webhook.url:
        info["ip_address"] = "127.0.0.1"
    if webhook.allowed:
        info["allowed_updates"] = webhook.allowed
    if webhook.last_error and webhook.last_error_at:
        info |= {"last_error_date": seconds(webhook.last_error_at), "last_error_message": webhook.last_error}
    return info


async def get_updates(chat: LocalChat, call: Call) -> list[Body]:
    """Return waiting updates; wait up to `timeout` seconds for the first. Raises ApiError 409."""
    webhook = await chat.queue.webhook()
    if webhook.url:
        raise ApiError(409, POLLED_WHILE_SET)
    if call.values.get("allowed_updates") is not None and allowed_updates(call) != webhook.allowed:
        await chat.queue.set_webhook(Webhook(allowed=allowed_updates(call)), drop_pending=False)
    limit = min(max(call.integer("limit") or 100, 1), 100)
    await confirm(chat, call.integer("offset") or 0)
    chat.polls += 1
    turn = chat.polls
    chat.signals.wake()  # an older call that still waits is ended by this one
    loop_end = chat.seconds() + min(max(call.integer("timeout") or 0, 0), LONGEST_POLL)
    with chat.signals.listener() as changed:
        while True:
            changed.clear()
            if turn != chat.polls or (await chat.queue.webhook()).url:
                raise ApiError(409, POLLED_TWICE)
            await chat.queue.drop_expired()
            found = await chat.queue.waiting(limit)
            left = loop_end - chat.seconds()
            if found or left <= 0 or chat.signals.closing:
                return [update_body(update) for update in found]
            await wait_for(changed, left)


async def confirm(chat: LocalChat, offset: int) -> None:
    """Forget what the bot has taken: every update below the offset; a negative one counts from the end."""
    if offset < 0:
        newest = await chat.queue.newest_ids(-offset)
        offset = newest[0] if newest else 0
    if offset > 0:
        await chat.queue.take_below(offset)


def update_body(update: Body) -> Body:
    """Return a queued update as an Update."""
    return {"update_id": update["id"], update["kind"]: update["body"]}


async def close(chat: LocalChat, call: Call) -> bool:
    """Take the bot's word that it goes; nothing is to be done here."""
    return True


METHODS = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getUpdates": get_updates,
    "close": close,
    "logOut": close,
}
