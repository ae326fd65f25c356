"""Commands that measure; run each as `python -m tests.bench.NAME --help`."""
