"""Scoring: how much of receipts whose truth is known was read right; pure, without files or pictures."""
