"""Tests of what knows receipts."""
