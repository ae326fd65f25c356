"""Tests of what meets the outside world."""
