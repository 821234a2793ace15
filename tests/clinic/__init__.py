"""The clinic's patients: chosen from networks of which it is known what ails them, trained, and kept in a file."""

import os

# Before NumPy is imported, which reads it only once: parallel runs use the cores.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
