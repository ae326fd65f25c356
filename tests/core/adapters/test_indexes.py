"""What is removed in passing is found by an index, however much is kept."""

from __future__ import annotations

import pytest

from core.adapters.wiring import Stores
from tests.owner import as_owner


@pytest.mark.parametrize(
    ("removal", "indexes"),
    [
        ("delete from attempts where at < now() - interval '2 days'", ["attempts_at"]),
        (
            "delete from sessions where not"
            " (seen_at > now() - interval '14 days' and opened_at > now() - interval '90 days')",
            ["sessions_seen", "sessions_opened"],
        ),
        ("delete from replies where chat_id = any ('{7, 8}')", ["replies_chat"]),
    ],
)
async def test_what_is_removed_is_found_by_an_index(stores: Stores, removal: str, indexes: list[str]) -> None:
    """Not by looking at every row."""
    async with as_owner(stores) as owner:
        await owner.execute("set enable_seqscan to off")
        plan = await (await owner.execute(f"explain {removal}".encode())).fetchall()
    assert [index for index in indexes if index in str(plan)] == indexes
    assert "Seq Scan" not in str(plan)
