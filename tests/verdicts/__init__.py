"""How often the verdict is right: on presets and on a grid of configs, against what training then did."""

import os

# Before NumPy is imported, which reads it only once: parallel runs use the cores.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
