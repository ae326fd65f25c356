"""What a chat handler is given: the account, the parts it works with, and ways to answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import UUID

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import Application, CallbackContext, ExtBot

from bot.cards import reading_message
from bot.doors import Doors
from bot.sample import sample_photo
from bot.sending import Letter, ask, deliver, edit
from bot.sentences import INTERRUPTED as INTERRUPTED_NOTE
from core.accounts import Account, TelegramUser
from core.adapters.postgres_replies import INTERRUPTED, Answer, PostgresReplies
from core.advisor import Advisor
from core.albums import Arranger, Part
from core.asking.asker import Asker
from core.bookkeeper import Bookkeeper
from core.days import day_of
from core.how_read import HowReadCounts
from core.ports import Accounts, Figures, Ledger, Photos
from core.showing import NoSketches, Sketchbook

DOWNLOAD_SECONDS = 60.0

Shown = tuple[str, InlineKeyboardMarkup | None]
"""A message's HTML text and its buttons."""
Making = Callable[[], Awaitable[Shown]]


@dataclass(frozen=True)
class Parts:
    """What handlers work with; made once by the worker."""

    accounts: Accounts
    ledger: Ledger
    figures: Figures
    photos: Photos
    bookkeeper: Bookkeeper
    replies: PostgresReplies
    arranger: Arranger
    doors: Doors
    sketches: Sketchbook = field(default_factory=NoSketches)
    advisor: Advisor | None = None
    asker: Asker | None = None
    how_read: HowReadCounts | None = None


class ChatContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB's context with SnapSpend's parts; every answer goes through `say`, `show`, `hand_over` or `change`."""

    person: TelegramUser
    account: Account
    today: date
    is_in = False
    """Whether the update counts for an account: some things are told to anybody."""
    _update: Update
    _said = 0

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> ChatContext:
        """Return the context of one update."""
        context = super().from_update(update, application)
        context._update = cast("Update", update)
        return context

    @property
    def parts(self) -> Parts:
        """Return the parts that the worker put into the application."""
        return cast("Parts", self.bot_data["parts"])

    def recognise(self) -> bool:
        """Note who sent this update; False when nobody did."""
        person = self._update.effective_user
        if person is None or self._update.effective_chat is None:
            return False
        language = (person.language_code or "en").split("-")[0]
        self.person = TelegramUser(person.id, person.full_name, language)
        return True

    def enter(self, account: Account) -> None:
        """Let the update count for an account, on the day that it is there."""
        self.account, self.is_in = account, True
        message = self._update.effective_message
        sent = message.date if message and not self._update.callback_query else datetime.now(UTC)
        self.today = day_of(sent, account.time_zone)

    @property
    def in_private(self) -> bool:
        """Tell whether nobody but the person reads this chat."""
        chat = self._update.effective_chat
        return chat is not None and chat.type == chat.PRIVATE

    @property
    def pressed(self) -> int:
        """Return the number of the message whose button was pressed."""
        message = self._update.effective_message
        return message.message_id if message else 0

    async def say(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Send one HTML message to the update's chat, once even when the update is answered again.

        Where a crash leaves open whether it arrived, a short note follows in place of a second answer.
        """
        await self._send(lambda chat: self._talk(chat, text, keyboard))

    async def say_made(self, make: Making) -> None:
        """Send what `make` returns, as `say` does; it is made only when it is really to be sent."""
        await self._send(lambda chat: self._made(chat, make))

    async def refuse(self, make: Making) -> None:
        """Say why what was sent is not taken: of an album's photos once. Made as by `say_made`."""
        message = self._update.effective_message
        if message is None or message.media_group_id is None:
            await self.say_made(make)
            return
        chat, key = message.chat.id, f"refused:{self.bot.id}:{message.chat.id}:{message.media_group_id}"
        await deliver(self.parts.replies, Letter(key, chat, lambda: self._made(chat, make)))

    async def show(self, picture: bytes, caption: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Send one picture with an HTML caption, once."""
        await self._send(
            lambda chat: self.bot.send_photo(
                chat, picture, caption=caption, parse_mode=ParseMode.HTML, reply_markup=keyboard
            )
        )

    async def hand_over(self, file: bytes, name: str, caption: str) -> None:
        """Send one file as a document (a PDF, or a picture that Telegram would not show), once."""
        await self._send(
            lambda chat: self.bot.send_document(chat, file, filename=name, caption=caption, parse_mode=ParseMode.HTML)
        )

    async def change(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Edit the message whose button was pressed; an identical edit is no error; a lost message is sent anew."""
        message = _message(self._update.callback_query)
        if message is None or not await edit(self._rewrite(message, text, keyboard)):
            await self.say(text, keyboard)

    async def toast(self, text: str = "") -> None:
        """Answer the button press with a short note (at most 200 characters) or none; too late is no error."""
        if self._update.callback_query is None:
            return
        try:
            await ask(self._update.callback_query.answer(text or None))
        except BadRequest:
            return

    async def receive(self, file_id: str, caption: str | None) -> None:
        """Download and keep the file, open its receipt, say "Reading…" and enqueue the reading, once.

        Raises QuotaReached before anything is downloaded, TooLarge (for Telegram) or Unavailable.
        """
        await self.parts.doors.quota.check(self.account.id, datetime.now(UTC))
        file = await ask(self.bot.get_file(file_id))
        photo = bytes(await ask(file.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS)))
        await self._take(photo, caption)

    async def receive_sample(self) -> None:
        """Send the drawn sample receipt down the same road, as if the person had sent it. Raises QuotaReached."""
        await self.parts.doors.quota.check(self.account.id, datetime.now(UTC))
        await self._take(sample_photo(), None)

    async def receipt_in(self, message_id: int) -> UUID | None:
        """Return the receipt whose answer stands in a message of this chat, or None."""
        chat = self._update.effective_chat
        return await self.parts.replies.receipt_in(self.account.id, chat.id, message_id) if chat else None

    async def _take(self, photo: bytes, caption: str | None) -> None:
        """Keep a photo and say where its answer will appear, before its reading can begin."""
        message, chat = self._update.effective_message, self._update.effective_chat
        if message is None or chat is None:
            return
        of_button = f":{self._update.update_id}" if self._update.callback_query else ""
        source = f"telegram:{self.bot.id}:{chat.id}:{message.message_id}{of_button}"
        reply_to = message.message_id
        await expect_answer(self.bot, self.parts.replies, source, Answer(chat.id, None, reply_to, answered=False))
        if message.media_group_id is None or of_button:
            await self.parts.bookkeeper.keep(self.account, photo, source, self.today)
            return
        album = f"telegram:{self.bot.id}:{chat.id}:album:{message.media_group_id}"
        part = Part(album, message.message_id, source, caption)
        await self.parts.arranger.keep(self.account, photo, part, self.today)

    async def _send(self, send: Callable[[int], Awaitable[Message]]) -> None:
        chat = self._update.effective_chat
        if chat is None:
            return
        key = f"update:{self.bot.id}:{self._update.update_id}:{self._said}"
        self._said += 1
        reply = await deliver(self.parts.replies, Letter(key, chat.id, lambda: send(chat.id)))
        if reply.state == INTERRUPTED:
            note = Letter(f"{key}:note", chat.id, lambda: self._talk(chat.id, INTERRUPTED_NOTE, None))
            await deliver(self.parts.replies, note)

    def _talk(self, chat: int, text: str, keyboard: InlineKeyboardMarkup | None) -> Awaitable[Message]:
        return self.bot.send_message(
            chat,
            text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    async def _made(self, chat: int, make: Making) -> Message:
        return await self._talk(chat, *await make())

    def _rewrite(self, message: Message, text: str, keyboard: InlineKeyboardMarkup | None) -> Awaitable[object]:
        if message.photo or message.document:
            return message.edit_caption(text, parse_mode=ParseMode.HTML, reply_markup=keyboard)
        return message.edit_text(text, parse_mode=ParseMode.HTML, reply_markup=keyboard)


async def expect_answer(bot: Bot, replies: PostgresReplies, source: str, answer: Answer) -> None:
    """Say "Reading…" once where a receipt's answer is to appear, and remember in which message that is."""
    letter = Letter(f"reading:{source}", answer.chat_id, lambda: announce(bot, answer.chat_id, answer.reply_to))
    reply = await deliver(replies, letter)
    await replies.await_answer(source, replace(answer, message_id=reply.message_id))


def announce(bot: Bot, chat_id: int, reply_to: int | None) -> Awaitable[Message]:
    """Send the "Reading…" message that becomes the answer, quietly, as a reply to the photo."""
    quoted = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
    return bot.send_message(
        chat_id, reading_message(), parse_mode=ParseMode.HTML, reply_parameters=quoted, disable_notification=True
    )


def _message(query: CallbackQuery | None) -> Message | None:
    """Return the message of a pressed button, unless Telegram finds it too old to be reached."""
    return query.message if query is not None and isinstance(query.message, Message) else None
