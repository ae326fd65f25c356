"""Conversations for the tests of the chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.adapters.wiring import Stores
from tests.conversation import Conversation, conversation
from tests.person import Person


@pytest.fixture
async def talk(stores: Stores, tmp_path: Path) -> AsyncIterator[Conversation]:
    """Give the road from a person to their ledger; no worker works yet."""
    async with conversation(stores, tmp_path / "chat") as opened:
        yield opened


@pytest.fixture
async def ada(talk: Conversation) -> AsyncIterator[Person]:
    """Give a person, and a worker that answers them."""
    async with talk.working():
        yield await talk.person()
