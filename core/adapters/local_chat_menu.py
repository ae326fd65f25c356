"""The local chat's memory of the bot's commands and menu button."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg.types.json import Jsonb

from core.adapters.local_chat_rows import Body
from core.adapters.local_chat_store import LocalChatStore


@dataclass
class LocalChatMenu:
    """Lists of commands by scope and language, and menu buttons by chat (0: every chat without its own)."""

    store: LocalChatStore

    async def commands(self, scope: str, language: str) -> list[Body]:
        """Return the commands set for exactly this scope and language ('' is any)."""
        row = await self.store.row(
            "select list from local_chat.commands where scope = %s and language = %s", [scope, language]
        )
        return list(row["list"]) if row else []

    async def set_commands(self, scope: str, language: str, commands: list[Body]) -> None:
        """Set the commands of a scope and language; an empty list removes them."""
        async with self.store.writing() as connection:
            await connection.execute(
                "delete from local_chat.commands where scope = %s and language = %s", [scope, language]
            )
            if commands:
                await connection.execute(
                    "insert into local_chat.commands (scope, language, list) values (%s, %s, %s)",
                    [scope, language, Jsonb(commands)],
                )
            await self.store.tell(connection, None, "commands", {})

    async def commands_for(self, chat: int, language: str) -> list[Body]:
        """Return what a person sees: the nearest scope first, in each the person's language first."""
        for scope in (f"chat:{chat}", "all_private_chats", "default"):
            for spoken in (language, ""):
                if found := await self.commands(scope, spoken):
                    return found
        return []

    async def button(self, chat: int) -> Body | None:
        """Return the menu button set for a chat (0: the default) or None."""
        row = await self.store.row("select button from local_chat.menu_button where chat_id = %s", [chat])
        return dict(row["button"]) if row else None

    async def set_button(self, chat: int, button: Body) -> None:
        """Set the menu button of a chat (0: the default)."""
        async with self.store.writing() as connection:
            await connection.execute(
                """
                insert into local_chat.menu_button (chat_id, button) values (%s, %s)
                on conflict (chat_id) do update set button = excluded.button
                """,
                [chat, Jsonb(button)],
            )
