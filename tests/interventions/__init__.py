"""What truly ails networks that fail, found by intervention: one setting at a time is made healthy, and trained."""

import os

# Before NumPy is imported, which reads it only once: parallel runs use the cores.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
