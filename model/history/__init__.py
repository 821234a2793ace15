"""History of a run: its log, curves, timeline of moments, checkpoints and summary."""
