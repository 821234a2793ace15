"""Themes, and the looks of runs."""
