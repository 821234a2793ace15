"""The same network in PyTorch's eager mode: its time over ours.

Both start from the same weights and see the same batches, and their losses are compared before anything is timed. A
step takes one thread on either side, and PyTorch's products are MKL's, ours OpenBLAS's. A whole run has the test
accuracy every ten iterations and two cores: PyTorch computes its products on both, we evaluate in a process beside the
training. PyTorch is no dependency: `LAYERSCOPE_TORCH` names the Python that has it, with NumPy; else this is left out.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from model.base.user_paths import ROOT
from tests.benchmarks._figures import Figure

INTERPRETER = "LAYERSCOPE_TORCH"


def measure() -> Iterator[Figure]:
    """The figures of the Python that has PyTorch, which trains both sides; none where it has not."""
    python = os.environ.get(INTERPRETER, sys.executable)
    try:
        found = subprocess.run([python, "-c", "import numpy, torch"], capture_output=True, check=False)
    except OSError:
        found = None
    if found is None or found.returncode:
        print(f"pytorch is left out: '{python}' has no PyTorch; {INTERPRETER}=PYTHON names one.", file=sys.stderr)
        return
    command = [python, "-m", "tests.benchmarks._torch_sides"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as sides:
        assert sides.stdout
        for line in sides.stdout:
            yield Figure(**json.loads(line))
    if sides.returncode:
        raise subprocess.CalledProcessError(sides.returncode, command)
