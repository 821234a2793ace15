"""What is measured, not asserted: `python -m tests.benchmarks`.

Every file whose name has no leading underscore is a benchmark of that name; its `measure()` yields figures.
"""

import os

# Before anything here imports NumPy, which reads it once.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
