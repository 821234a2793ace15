"""Ledger view: the gain of each stage of each layer, as a table."""
