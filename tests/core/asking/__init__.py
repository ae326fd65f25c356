"""Tests of questions in plain words."""
