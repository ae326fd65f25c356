"""Tests of SnapSpend, with real parts wherever they can be had."""
