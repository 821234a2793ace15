"""Data sets: reading of IDX files, sampling of batches, chunks of the test set."""
