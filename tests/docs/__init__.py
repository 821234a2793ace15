"""The generated blocks of the docs: `python3 run.py docs` says which are out of date, `--write` writes them."""

import os

# Before NumPy is imported: as in the program, whose results these are.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
