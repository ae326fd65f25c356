"""Where a message was written and whom it speaks to: the filters that keep the bot quiet in groups."""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters
from telegram.ext.filters import MessageFilter


class _Addressed(MessageFilter):
    """Messages of a private chat, and those of a group that name the bot or reply to it."""

    def filter(self, message: Message) -> bool:
        if message.chat.type == message.chat.PRIVATE:
            return True
        replied = message.reply_to_message.from_user if message.reply_to_message else None
        bot = message.get_bot()
        if replied is not None and replied.id == bot.id:
            return True
        return f"@{bot.username}".casefold() in (message.text or message.caption or "").casefold()


class _CommandToUs(MessageFilter):
    """Commands of a private chat, and those of a group written as `/name@thisbot`."""

    def filter(self, message: Message) -> bool:
        text = message.text or ""
        if not text.startswith("/"):
            return False
        own = message.chat.type == message.chat.PRIVATE
        return own or text.split()[0].casefold().endswith(f"@{message.get_bot().username}".casefold())


ADDRESSED = _Addressed()
COMMAND_TO_US = _CommandToUs()
OWN_CHAT = filters.ChatType.PRIVATE
# Anonymous administrators and channels all share one user id each: their receipts would land in one ledger.
PERSON = ~filters.SenderChat.ALL
# Only what people rewrite: a live location is "edited" every few seconds.
EDITED = filters.UpdateType.EDITED_MESSAGE & (filters.TEXT | filters.CAPTION | filters.PHOTO | filters.Document.ALL)
