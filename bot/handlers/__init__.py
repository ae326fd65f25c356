"""What the bot does with what people send: one handler a thing sent, all of them stateless."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot import sentences
from bot.handlers.accuracy import on_accuracy
from bot.handlers.admin import on_admin
from bot.handlers.advice import on_advice, on_budget
from bot.handlers.anything_else import on_anonymous, on_anything_else, on_edited, on_unknown_command
from bot.handlers.asking import on_ask, on_question
from bot.handlers.buttons import on_button
from bot.handlers.corrections import on_reply
from bot.handlers.leaving import on_delete_me, on_privacy
from bot.handlers.linking import on_link, on_login, on_unlink
from bot.handlers.lists import on_list
from bot.handlers.photos import on_photo
from bot.handlers.places import ADDRESSED, COMMAND_TO_US, EDITED, OWN_CHAT, PERSON
from bot.handlers.start import on_help, on_start
from bot.handlers.summary import on_summary

COMMANDS: tuple[tuple[str, str], ...] = sentences.COMMANDS
"""(command, description) pairs for setMyCommands."""


def add_handlers(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Register every handler; the first that fits takes the update, all others of it are skipped.

    In groups only commands are answered, and photos and texts that reply to the bot or name it.
    """
    fresh = filters.UpdateType.MESSAGE & PERSON
    files = filters.PHOTO | filters.Document.ALL
    for name, callback in (
        ("start", on_start),
        ("help", on_help),
        ("list", on_list),
        ("summary", on_summary),
        ("advice", on_advice),
        ("budget", on_budget),
        ("accuracy", on_accuracy),
        ("link", on_link),
        ("login", on_login),
        ("unlink", on_unlink),
        ("privacy", on_privacy),
        ("deleteme", on_delete_me),
    ):
        application.add_handler(CommandHandler(name, callback, fresh))
    application.add_handlers(
        [
            CommandHandler("admin", on_admin, fresh & COMMAND_TO_US),
            CommandHandler("ask", on_ask, fresh & COMMAND_TO_US),
            CallbackQueryHandler(on_button),
            MessageHandler(fresh & files & ADDRESSED, on_photo),
            MessageHandler(fresh & COMMAND_TO_US, on_unknown_command),
            MessageHandler(fresh & filters.TEXT & ~filters.COMMAND & filters.REPLY & ADDRESSED, on_reply),
            MessageHandler(fresh & filters.TEXT & ~filters.COMMAND & ADDRESSED, on_question),
            MessageHandler(fresh & OWN_CHAT & ~filters.StatusUpdate.ALL, on_anything_else),
            MessageHandler(EDITED & OWN_CHAT, on_edited),
            MessageHandler(filters.UpdateType.MESSAGE & filters.COMMAND & ~PERSON, on_anonymous),
        ]
    )
