"""An account's budgets, in PostgreSQL."""

from __future__ import annotations

from uuid import UUID

from core.adapters.database import Pool, owned
from core.budgets import MOST_BUDGETS, Budget, TooManyBudgets


class PostgresBudgets:
    """Implements the port Budgets."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def of(self, account: UUID) -> list[Budget]:
        """Return an account's budgets: those for everything first, then by category."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                "select category, currency, amount from budgets where account_id = %s order by category, currency",
                [account],
            )
            return [Budget(**row) for row in await found.fetchall()]

    async def put(self, account: UUID, budget: Budget) -> None:
        """Keep a budget in place of the one for the same category and currency. Raises TooManyBudgets."""
        async with owned(self._pool, account) as connection:
            kept = await connection.execute(
                "insert into budgets (account_id, category, currency, amount)"
                " select %(account)s, %(category)s, %(currency)s, %(amount)s"
                " where (select count(*) from budgets where account_id = %(account)s"
                " and (category, currency) <> (%(category)s, %(currency)s)) < %(most)s"
                " on conflict (account_id, category, currency) do update set amount = excluded.amount, set_at = now()",
                {"account": account, **vars(budget), "most": MOST_BUDGETS},
            )
            if not kept.rowcount:
                raise TooManyBudgets("too many budgets", count=MOST_BUDGETS)

    async def drop(self, account: UUID, category: str, currency: str | None = None) -> int:
        """Remove the budgets of a category, in one currency or in all of them, and count them."""
        async with owned(self._pool, account) as connection:
            gone = await connection.execute(
                "delete from budgets where account_id = %s and category = %s and currency = coalesce(%s, currency)",
                [account, category, currency],
            )
            return gone.rowcount
