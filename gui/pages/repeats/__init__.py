"""Repeats page: one config or two over several seeds."""
