"""Other kernels of NumPy's BLAS than the one of this process, for tests of what a run is computed with."""

import os
import platform
import subprocess
import sys
from functools import cache

import pytest

from model.base.blas import Blas, numpy_blas
from model.base.user_paths import ROOT

# What OPENBLAS_CORETYPE takes and most processors can run, by the machine.
KERNELS = {"x86_64": ("Haswell", "Sandybridge", "Nehalem"), "aarch64": ("NEOVERSEN1", "ARMV8")}
NAMES_ITSELF = "from model.base.blas import numpy_blas; print(numpy_blas().name)"


@cache
def another_kernel() -> dict[str, str]:
    """Environment in which NumPy's BLAS has another kernel than here; skips the test where there is none."""
    for kernel in KERNELS.get(platform.machine(), ()):
        environment = {"OPENBLAS_CORETYPE": kernel}
        done = subprocess.run(
            [sys.executable, "-c", NAMES_ITSELF],
            cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode == 0 and done.stdout.strip() != numpy_blas().name:
            return environment
    pytest.skip("NumPy's BLAS has no second kernel that this processor can run")


def use_two_threads() -> Blas:
    """Let NumPy's BLAS use two threads, as in a process that limits nothing; skips the test where that is not known."""
    blas = numpy_blas()
    if blas.threads is None or blas.limit(2) != 2:
        pytest.skip("the threads of NumPy's BLAS cannot be set")
    return blas
