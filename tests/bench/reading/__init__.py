"""How well and how fast receipts are read offline, in one table: `python -m tests.bench.reading --help`."""
