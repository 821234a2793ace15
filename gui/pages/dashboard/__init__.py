"""The page of one run: curves, signal strip, view tabs, timeline."""
