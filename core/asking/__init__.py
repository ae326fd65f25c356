"""Questions in plain words: understood by a small grammar or a model, and answered from the ledger."""
