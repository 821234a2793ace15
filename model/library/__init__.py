"""Saved runs in one SQLite file, or one run in a file of its own."""
