"""Data sets: reading IDX files, drawing batches, the test set in chunks."""
