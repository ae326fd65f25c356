"""One file a format that receipts leave in."""
