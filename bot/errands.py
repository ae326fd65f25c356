"""What the worker tells chats of its own accord: that they are linked, who asks to come in, what was decided."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from uuid import UUID

import procrastinate
from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot import keyboards, sentences
from bot.admin_cards import request_card
from bot.door_cards import Card, address_of
from bot.sending import Letter, deliver, edit
from bot.sentences import fill
from core.adapters.chat_jobs import ASK_ADMINS, TELL_DECIDED, TELL_LINKED, TELL_REMOVED
from core.adapters.job_queue import UPDATES, PatientRetry
from core.adapters.wiring import Stores
from core.errors import Unavailable

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Errands:
    """Jobs that end in a message, sent once however often they run. Each raises Unavailable to be tried again."""

    stores: Stores
    bot: Bot

    def register(self, jobs: procrastinate.App) -> None:
        """Tell procrastinate what each kind of job does."""
        for name, errand in (
            (TELL_LINKED, self.tell_linked),
            (ASK_ADMINS, self.ask_admins),
            (TELL_DECIDED, self.tell_decided),
            (TELL_REMOVED, self.tell_removed),
        ):
            jobs.task(name=name, queue=UPDATES, retry=PatientRetry())(errand)

    async def tell_linked(self, telegram_id: int, account_id: str) -> None:
        """Tell a chat which account it is linked to now, unless it was moved on meanwhile."""
        account = await self.stores.accounts.find(UUID(account_id))
        chats = await self.stores.accounts.chats(UUID(account_id)) if account else []
        linked_at = next((chat.linked_at for chat in chats if chat.telegram_id == telegram_id), None)
        if account is not None and linked_at is not None:
            card = fill(sentences.LINKED, address=address_of(account)), None
            await self._tell(f"linked:{telegram_id}:{linked_at.timestamp()}", telegram_id, card)

    async def ask_admins(self, telegram_id: int) -> None:
        """Ask every admin whether somebody may come in; who cannot be reached now is asked when this runs again."""
        request = await self.stores.requests.find(telegram_id)
        if request is None or request.approved is not None:
            return
        missed: Unavailable | None = None
        admins = await self.stores.requests.admins()
        if not admins:
            log.warning("somebody asks to come in, but there is no admin; see ADMIN_TELEGRAM_IDS and ADMIN_EMAILS")
        for admin in admins:
            try:
                key = f"request:{telegram_id}:{request.asked_at.timestamp()}:{admin}"
                await self._tell(key, admin, request_card(request))
            except Unavailable as error:
                missed = error
        if missed is not None:
            raise missed

    async def tell_decided(self, telegram_id: int) -> None:
        """Tell somebody who asked to come in what was decided."""
        request = await self.stores.requests.find(telegram_id)
        if request is None or request.approved is None:
            return
        card = (sentences.APPROVED, keyboards.of_start()) if request.approved else (sentences.REFUSED, None)
        await self._tell(f"decided:{telegram_id}:{request.asked_at.timestamp()}", telegram_id, card)

    async def tell_removed(self, telegram_id: int, message_id: int, gone: str) -> None:
        """Tell a chat that its account is gone, in the message that said it would be; an open one is not going."""
        if not await self.stores.removal.is_closed(UUID(gone)):
            return
        if await self.stores.people.person(UUID(gone)) is not None:
            raise Unavailable("the removal has not come to its end")
        if not await edit(self.bot.edit_message_text(sentences.ALL_GONE, telegram_id, message_id)):
            await self._tell(f"removed:{gone}", telegram_id, (sentences.ALL_GONE, None))

    async def _tell(self, key: str, chat: int, card: Card) -> None:
        """Send a message once; a chat that never spoke to the bot, or is gone, cannot be told."""
        text, keyboard = card
        letter = Letter(
            f"{key}:{self.bot.id}",
            chat,
            lambda: self.bot.send_message(chat, text, parse_mode=ParseMode.HTML, reply_markup=keyboard),
        )
        try:
            await deliver(self.stores.replies, letter)
        except BadRequest:
            log.warning("a chat could not be told of %s", key.split(":")[0])
