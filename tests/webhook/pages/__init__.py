"""Tests of the pages, as a browser sees them."""
