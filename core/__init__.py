"""Everything SnapSpend knows about receipts, with no Telegram and no web framework in it."""
