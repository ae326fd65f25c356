"""A row of an account in each table of what left for the cloud, and of what the account said itself."""

from __future__ import annotations

from uuid import UUID

from core.adapters.wiring import Stores
from tests.owner import as_owner

STATEMENTS = (
    "insert into departures (account_id, receipt_id, purpose, service, host)"
    " values (%(account)s, %(receipt)s, 'extracting', 'Gemini', 'host')",
    "insert into merchant_rules (account_id, merchant_key, merchant, category)"
    " values (%(account)s, 'cafe', 'Café', 'eating out')",
    "insert into budgets (account_id, currency, amount) values (%(account)s, 'EUR', 100)",
    "insert into phrasings (account_id, facts, text, model) values (%(account)s, 'facts', 'text', 'model')",
)


async def add_cloud_rows(stores: Stores, account: UUID, receipt: UUID | None) -> None:
    """Give an account a row in each of them, as the owner."""
    async with as_owner(stores) as owner:
        for statement in STATEMENTS:
            await owner.execute(statement.encode(), {"account": account, "receipt": receipt})
