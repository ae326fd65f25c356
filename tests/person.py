"""A person at the other end of the local chat, driven over HTTP by tests and scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import aiohttp

Body = dict[str, Any]
Found = Callable[[Body], bool]


PATIENCE = 40


def said(message: Body) -> str:
    """Return a message's text or caption."""
    return str(message.get("text") or message.get("caption") or "")


@dataclass
class Person:
    """One person and their chat with the bot; `event` is the newest event that this person has seen."""

    client: aiohttp.ClientSession
    address: str
    chat: int
    event: int = 0

    @classmethod
    async def join(cls, client: aiohttp.ClientSession, address: str, name: str = "", language: str = "en") -> Person:
        """Open a chat for a new person, or, without a name, take the first chat that is there."""
        async with client.get(f"{address}/chat/api/state") as response:
            state = await response.json()
        if not name:
            return cls(client, address, state["chats"][0]["id"], state["event"])
        body = {"name": name, "language": language}
        async with client.post(f"{address}/chat/api/chats", json=body) as response:
            return cls(client, address, (await response.json())["id"], state["event"])

    async def say(self, text: str, reply_to: Body | None = None) -> Body:
        """Send text, perhaps in reply to a message, and return the message."""
        body = {"text": text} | ({"reply_to": reply_to["message_id"]} if reply_to else {})
        return dict((await self._post("messages", json=body))[0])

    async def send(
        self, files: Sequence[tuple[str, bytes]], how: Literal["photo", "file"] = "photo", caption: str = ""
    ) -> list[Body]:
        """Send files (name, bytes) as photos or as they are; several are an album. Returns the messages."""
        form = aiohttp.FormData({"as": how, "caption": caption}, quote_fields=False)  # as browsers do
        for number, (name, content) in enumerate(files):
            form.add_field(f"file{number}", content, filename=name)
        return await self._post("files", data=form)  # type: ignore[no-any-return]

    async def press(self, message: Body, label: str) -> str:
        """Press the button with this label under a message and return the press's id."""
        rows = message["reply_markup"]["inline_keyboard"]
        row, column = next(
            (y, x) for y, buttons in enumerate(rows) for x, button in enumerate(buttons) if button["text"] == label
        )
        place = {"message_id": message["message_id"], "row": row, "column": column}
        return str((await self._post("press", json=place))["callback"])

    async def history(self) -> list[Body]:
        """Return the newest messages of the chat, oldest first: message, from_bot, reactions, delivery."""
        async with self.client.get(f"{self.address}/chat/api/chats/{self.chat}/messages") as response:
            return list(await response.json())

    async def until(self, found: Found, seconds: int = 20) -> Body:
        """Return the next event of this chat that fits, passing over others. Raises TimeoutError."""
        url = f"{self.address}/chat/api/events"
        while True:
            query = {"after": str(self.event), "wait": str(seconds)}
            async with self.client.get(url, params=query) as response:
                events = await response.json()
            if not events:
                raise TimeoutError(f"nothing fitting came within {seconds} s")
            for event in events:
                self.event = event["id"]
                if event["chat_id"] == self.chat and found(event):
                    return dict(event)

    async def reply(self, fragment: str = "", seconds: int = 20) -> Body:
        """Return the next message of the bot, new or edited, whose text or caption has the fragment."""

        def fits(event: Body) -> bool:
            if event["kind"] != "message" or not event["data"]["from_bot"]:
                return False
            message = event["data"]["message"]
            return "message_id" in message and fragment in (message.get("text") or message.get("caption") or "")

        return dict((await self.until(fits, seconds))["data"]["message"])

    async def answer(self, callback: str, seconds: int = 20) -> Body:
        """Return the bot's answer to a button press: text, alert."""
        event = await self.until(
            lambda event: event["kind"] == "answer" and event["data"]["callback"] == callback, seconds
        )
        return dict(event["data"])

    async def send_file(self, *contents: bytes, name: str = "receipt.pdf") -> list[Body]:
        """Send files as they are, all of one name."""
        return await self.send([(name, content) for content in contents], "file")

    async def answers(self) -> list[Body]:
        """Return the bot's messages, oldest first."""
        return [row["message"] for row in await self.history() if row["from_bot"]]

    async def until_shown(self, wanted: Found) -> Body:
        """Wait until a message of the bot stands in the chat, new or edited, that is as wanted, and return it."""
        while True:
            found = [message for message in await self.answers() if wanted(message)]
            if found:
                return found[-1]
            await self.until(lambda event: True, PATIENCE)

    async def until_said(self, text: str) -> Body:
        """Wait for a message of the bot that contains a text."""
        return await self.until_shown(lambda message: text in said(message))

    async def _post(self, what: str, **body: Any) -> Any:
        async with self.client.post(f"{self.address}/chat/api/chats/{self.chat}/{what}", **body) as response:
            answer = json.loads(await response.read())
            if response.status >= 400:
                raise ValueError(answer.get("problem") or answer.get("description"))
            return answer
