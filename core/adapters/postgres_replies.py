"""What was said in chats: each message is claimed before it is sent, so that a repeated job does not say it again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.adapters.database import Pool, become, transaction

SENT, UNKNOWN, REFUSED = "sent", "unknown", "refused"
INTERRUPTED = "sending"
"""A message whose sending began in a job that never came to its end; nobody knows whether it arrived."""


@dataclass(frozen=True)
class Reply:
    """A message that was to be sent, and what became of it: one of the states above, and its id when it was sent."""

    state: str
    message_id: int | None


@dataclass(frozen=True)
class Answer:
    """The message that becomes a receipt's answer; `message_id` is None while no message is known to be there."""

    chat_id: int
    message_id: int | None
    reply_to: int | None
    answered: bool


class PostgresReplies:
    """The outbox of the chat."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def claim(self, key: str, chat_id: int) -> Reply | None:
        """Claim the sending of a message: None when it is ours to send, else what became of it before."""
        async with transaction(self._pool) as connection:
            claimed = await connection.execute(
                "insert into replies (key, chat_id) values (%s, %s) on conflict do nothing", [key, chat_id]
            )
            if claimed.rowcount == 1:
                return None
            found = await connection.execute("select state, message_id from replies where key = %s", [key])
            row = await found.fetchone()
        return Reply(row["state"], row["message_id"]) if row else Reply(INTERRUPTED, None)

    async def release(self, key: str) -> None:
        """Give back the claim of a message that surely was not sent."""
        async with transaction(self._pool) as connection:
            await connection.execute("delete from replies where key = %s and state = 'sending'", [key])

    async def settle(self, key: str, reply: Reply) -> None:
        """Write down what became of a claimed message."""
        async with transaction(self._pool) as connection:
            await connection.execute(
                "update replies set state = %s, message_id = %s where key = %s", [reply.state, reply.message_id, key]
            )

    async def await_answer(self, source: str, answer: Answer) -> None:
        """Remember in which message a receipt's answer is to appear; the first word holds."""
        async with transaction(self._pool) as connection:
            await connection.execute(
                "insert into answers (source, chat_id, message_id, reply_to) values (%s, %s, %s, %s)"
                " on conflict do nothing",
                [source, answer.chat_id, answer.message_id, answer.reply_to],
            )

    async def answer_of(self, source: str) -> Answer | None:
        """Return where a receipt's answer belongs, or None when no chat waits for one."""
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                "select chat_id, message_id, reply_to, answered from answers where source = %s", [source]
            )
            row = await found.fetchone()
        return Answer(**row) if row else None

    async def known(self, chat_id: int, after: int) -> set[int]:
        """Return the numbers of our messages in a chat that came after a message, as far as we learned them."""
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                "select message_id from replies where chat_id = %(chat)s and message_id > %(after)s"
                " union select message_id from answers where chat_id = %(chat)s and message_id > %(after)s",
                {"chat": chat_id, "after": after},
            )
            return {row["message_id"] for row in await found.fetchall()}

    async def begun(self, prefix: str) -> int:
        """Return how many messages were claimed whose keys begin with `prefix`."""
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                "select count(*) as begun from replies where starts_with(key, %s)", [prefix]
            )
            row = await found.fetchone()
        return int(row["begun"]) if row else 0

    async def answered(self, source: str) -> None:
        """Write down that the chat has a receipt's answer."""
        async with transaction(self._pool) as connection:
            await connection.execute("update answers set answered = true where source = %s", [source])

    async def place(self, source: str, message_id: int) -> None:
        """Write down the message that was sent to become a receipt's answer."""
        async with transaction(self._pool) as connection:
            await connection.execute("update answers set message_id = %s where source = %s", [message_id, source])

    async def receipt_in(self, account: UUID, chat_id: int, message_id: int) -> UUID | None:
        """Return the account's receipt whose answer stands in a message, or None."""
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                "select source from answers where chat_id = %s and message_id = %s", [chat_id, message_id]
            )
            sources = [row["source"] for row in await found.fetchall()]
            await become(connection, account)
            found = await connection.execute(
                "select id from receipts where account_id = %s and source = any(%s) and state <> 'set aside'",
                [account, sources],
            )
            row = await found.fetchone()
        return row["id"] if row else None
