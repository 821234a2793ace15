"""What is measured, not asserted: `python -m tests.benchmarks`.

Every file whose name has no leading underscore is a benchmark of that name; its `measure()` yields figures, which have
targets, and costs, which make tables over a size. Each is a part of docs/benchmarks.md.
"""

import os
import sys

# Before anything here imports NumPy, which reads it once.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
# Else each process that a benchmark starts would compile everything again.
for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"):
    os.environ.pop(name, None)
sys.dont_write_bytecode = False
sys.pycache_prefix = None
