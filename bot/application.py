"""Builds python-telegram-bot's application, which answers updates that the worker hands to it."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    ApplicationHandlerStop,
    ContextTypes,
    ExtBot,
    TypeHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.context import ChatContext, Parts
from bot.gate import may_pass
from bot.handlers import add_handlers
from bot.handlers.places import ADDRESSED, COMMAND_TO_US

ChatApplication = Application[Any, ChatContext, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]
CONNECTIONS = 64
FIRST = -1
FOR_US = ADDRESSED | COMMAND_TO_US | filters.COMMAND

_failures: ContextVar[list[Exception]] = ContextVar("failures")


def build_application(token: str, api: str, parts: Parts) -> ChatApplication:
    """Return the application for a bot; `api` is the Bot API's address without a path."""
    request = HTTPXRequest(
        connection_pool_size=CONNECTIONS, connect_timeout=5, read_timeout=20, write_timeout=20, pool_timeout=5
    )
    bot: ExtBot[None] = ExtBot(token, base_url=f"{api}/bot", base_file_url=f"{api}/file/bot", request=request)
    application: ChatApplication = (
        ApplicationBuilder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=ChatContext))
        .build()
    )
    application.bot_data["parts"] = parts
    application.add_handler(TypeHandler(Update, on_any), group=FIRST)
    add_handlers(application)
    application.add_error_handler(on_error)
    return application


async def on_any(update: Update, context: ChatContext) -> None:
    """Recognise who wrote before any other handler runs, and see whether they may come in.

    What nobody wrote, or not to us, opens no account.
    """
    message = update.effective_message
    asked = update.callback_query is not None or message is None or bool(FOR_US.check_update(update))
    if not asked or not context.recognise() or not await may_pass(update, context):
        raise ApplicationHandlerStop


async def on_error(update: object, context: ChatContext) -> None:
    """Carry a handler's failure out of `process_update`, which would swallow it."""
    if isinstance(context.error, Exception):
        _failures.get().append(context.error)


async def answer(application: ChatApplication, update: Update) -> None:
    """Answer one update. Raises what its handler raised."""
    failures: list[Exception] = []
    token = _failures.set(failures)
    try:
        await application.process_update(update)
    finally:
        _failures.reset(token)
    if failures:
        raise failures[0]
