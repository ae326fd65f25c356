"""What a proof looks for: updates that were lost, answered twice, or answered out of order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.sentences import INTERRUPTED
from core.adapters.wiring import Stores
from tests.owner import as_owner
from tests.proof.telegram import FIRST_CHAT, FIRST_UPDATE, BotApi, Load

ANSWER = re.compile(r"I don't know /nothing(\d+)\.")


@dataclass
class Findings:
    """All empty when nothing went wrong; `notes` counts the notes that followed an interrupted answer."""

    lost: list[int] = field(default_factory=list)
    twice: list[int] = field(default_factory=list)
    disordered: list[int] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    notes: int = 0

    @property
    def faults(self) -> dict[str, list[int] | list[str]]:
        """Return everything that must not be, by its kind."""
        kinds = {"lost": self.lost, "twice": self.twice, "disordered": self.disordered, "strange": self.strange}
        return {kind: found for kind, found in kinds.items() if found}


async def of_answers(stores: Stores, api: BotApi, load: Load) -> Findings:
    """Compare what was said in every chat with what was asked there.

    A note counts as the answer to the update that the outbox names: where a crash leaves open whether an answer
    arrived, it says so once.
    """
    noted = await _noted(stores, load)
    found = Findings()
    for chat in range(load.chats):
        notes = iter(noted[chat])
        sequence: list[int] = []
        for text in api.said.get(FIRST_CHAT + chat, []):
            match = ANSWER.match(text)
            if match is None and text != INTERRUPTED:
                found.strange.append(text)
            else:
                sequence.append(int(match[1]) if match else next(notes, -1))
                found.notes += match is None
        answers = Counter(int(match[1]) for text in api.said[FIRST_CHAT + chat] if (match := ANSWER.match(text)))
        found.lost += [number for number in load.of_chat(chat) if number not in sequence]
        found.twice += [number for number, times in answers.items() if times > 1]
        found.disordered += out_of_order(sequence)
    return found


async def of_inbox(stores: Stores, load: Load) -> Findings:
    """Compare what is stored and enqueued with what was sent, before any worker worked."""
    queued = await _queued(stores)
    flat = Counter(number for numbers in queued.values() for number in numbers)
    return Findings(
        lost=[number for number in range(load.updates) if number not in flat],
        twice=[number for number, times in flat.items() if times > 1],
        disordered=[number for numbers in queued.values() for number in out_of_order(numbers)],
    )


def out_of_order(numbers: Iterable[int]) -> list[int]:
    """Return the numbers that come after a greater one."""
    greatest, found = -1, []
    for number in numbers:
        if number < greatest:
            found.append(number)
        greatest = max(greatest, number)
    return found


async def _queued(stores: Stores) -> dict[str, list[int]]:
    """Return the updates that are stored and wait for their answer, by the lock of their chat, in order."""
    async with as_owner(stores) as connection:
        rows = await connection.execute(
            "select job.lock, update_id from procrastinate_jobs as job"
            " join updates on update_id = (job.args->>'update_id')::bigint order by job.id"
        )
        queued: dict[str, list[int]] = defaultdict(list)
        for row in await rows.fetchall():
            queued[row["lock"]].append(row["update_id"] - FIRST_UPDATE)
    return queued


async def _noted(stores: Stores, load: Load) -> dict[int, list[int]]:
    """Return the updates after which a note was sent, by chat, in the order of the notes."""
    async with as_owner(stores) as connection:
        rows = await connection.execute("select key from replies where key like '%:note' order by began_at")
        noted: dict[int, list[int]] = defaultdict(list)
        for row in await rows.fetchall():
            number = int(row["key"].split(":")[2]) - FIRST_UPDATE
            noted[number % load.chats].append(number)
    return noted
