"""A message is sent once, whatever happens between sending it and noting that it was sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
import pytest
from telegram import Chat, Message
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.sending import Letter, deliver
from core.adapters.postgres_replies import INTERRUPTED, REFUSED, SENT, UNKNOWN
from core.adapters.wiring import Stores
from core.errors import Unavailable


@dataclass
class Post:
    """Counts what is sent; fails first as it is told to."""

    failures: list[BaseException] = field(default_factory=list)
    sent: int = 0

    async def send(self) -> Message:
        """Send one message."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent += 1
        return Message(self.sent, datetime.now(UTC), Chat(9, "private"))

    def letter(self) -> Letter:
        """Return the letter that sends through this."""
        return Letter("update:1:1:0", 9, self.send)


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    """Return the error as the client library raises it."""
    error.__cause__ = cause
    return error


async def test_what_was_sent_is_not_sent_again(stores: Stores) -> None:
    """The second run of a job finds the id of the first."""
    post = Post()
    replies = [await deliver(stores.replies, post.letter()) for _ in range(2)]
    assert [(reply.state, reply.message_id) for reply in replies] == [(SENT, 1), (SENT, 1)]
    assert post.sent == 1


async def test_a_send_that_timed_out_is_not_repeated(stores: Stores) -> None:
    """It may have arrived."""
    post = Post([TimedOut()])
    assert [(await deliver(stores.replies, post.letter())).state for _ in range(2)] == [UNKNOWN, UNKNOWN]
    assert post.sent == 0


async def test_a_send_that_a_crash_cut_off_is_not_repeated(stores: Stores) -> None:
    """The claim is there, its outcome is not."""
    post = Post()
    await stores.replies.claim(post.letter().key, 9)
    assert (await deliver(stores.replies, post.letter())).state == INTERRUPTED
    assert post.sent == 0


@pytest.mark.parametrize(
    "failure",
    [
        RetryAfter(1),
        NetworkError("Bad Gateway"),
        caused(NetworkError("x"), httpx.ConnectError("refused")),
        TimedOut(
            "Pool timeout: All connections in the connection pool are occupied. Request was *not* sent to Telegram."
        ),
    ],
    ids=str,
)
async def test_a_send_that_surely_failed_is_repeated(stores: Stores, failure: TelegramError) -> None:
    """The queue tries again, and then it is sent."""
    post = Post([failure])
    with pytest.raises(Unavailable):
        await deliver(stores.replies, post.letter())
    assert (await deliver(stores.replies, post.letter())).state == SENT


async def test_a_reset_connection_is_not_repeated(stores: Stores) -> None:
    """Telegram may have carried it out before the answer was lost."""
    post = Post([caused(NetworkError("x"), httpx.ReadError("reset"))])
    assert (await deliver(stores.replies, post.letter())).state == UNKNOWN


async def test_a_chat_that_blocked_us_is_left_alone(stores: Stores) -> None:
    """It is nobody's error."""
    assert (await deliver(stores.replies, Post([Forbidden("blocked")]).letter())).state == REFUSED


async def test_a_bug_in_a_message_is_raised(stores: Stores) -> None:
    """A message that Telegram cannot parse is ours to mend."""
    with pytest.raises(BadRequest):
        await deliver(stores.replies, Post([BadRequest("Can't parse entities")]).letter())
