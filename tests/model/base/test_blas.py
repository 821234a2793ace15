"""NumPy's BLAS is found and named, whichever it is, and has as many threads as it is told."""

import os
import subprocess
import sys
from collections.abc import Callable
from ctypes import Array, c_char
from types import SimpleNamespace

import numpy as np
import pytest

from model.base import blas
from model.base.blas import UNKNOWN, Blas, numpy_blas, vector_instructions
from model.base.user_paths import ROOT
from tests.support.kernels import NAMES_ITSELF, another_kernel, use_two_threads


def threaded(threads: int, get: str, put: str) -> dict[str, Callable[..., int]]:
    """A library's functions for the number of threads, under these names."""
    now = [threads]

    def change(count: int) -> int:
        now[0] = count
        return 0

    return {get: lambda: now[0], put: change}


def openblas(prefix: str, suffix: str) -> SimpleNamespace:
    """A library that calls its functions as a build of OpenBLAS does."""
    names = {
        "get_config": lambda: b"OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY USE_OPENMP Zen MAX_THREADS=64",
        "get_corename": lambda: b"Cooperlake",
        **threaded(4, "get_num_threads", "set_num_threads"),
    }
    return SimpleNamespace(**{f"{prefix}openblas_{name}{suffix}": function for name, function in names.items()})


def version_of_mkl(text: "Array[c_char]", size: int) -> None:
    text.value = b"Intel(R) oneAPI Math Kernel Library Version 2026.2-Product Build 20260915 for Intel(R) 64"[:size]


LIBRARIES = {
    "OpenBLAS 0.3.21 Cooperlake": [openblas(*names) for names in blas.OPENBLAS_NAMES],
    "BLIS 0.9.0 zen3": [
        SimpleNamespace(
            bli_arch_query_id=lambda: 7,
            bli_arch_string=lambda number: {7: b"zen3"}[number],
            bli_info_get_version_str=lambda: b"0.9.0",
            **threaded(-1, "bli_thread_get_num_threads", "bli_thread_set_num_threads"),
        )
    ],
    "MKL 2026.2-Product": [
        SimpleNamespace(
            MKL_Get_Version_String=version_of_mkl, **threaded(2, "MKL_Get_Max_Threads", "MKL_Set_Num_Threads")
        )
    ],
}


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], Blas]:
    """What is found where NumPy's library is another."""

    def find(*libraries: object) -> Blas:
        monkeypatch.setattr(blas, "_libraries", lambda: iter(libraries))
        return numpy_blas.__wrapped__()

    return find


@pytest.mark.parametrize(
    ("name", "library"),
    # Not named after the libraries: their functions' addresses differ between the processes that run the tests.
    [
        pytest.param(name, each, id=f"{name} {number}")
        for name, every in LIBRARIES.items()
        for number, each in enumerate(every)
    ],
)
def test_that_a_library_is_named_by_version_and_kernel_and_limited(
    found: Callable[..., Blas], name: str, library: object
) -> None:
    it = found(SimpleNamespace(), library)
    assert it.name == name
    assert it.limit(1) == 1
    assert it.limit(3) == 3


def test_that_one_that_cannot_be_asked_has_the_name_that_numpy_was_built_with(
    found: Callable[..., Blas], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"Build Dependencies": {"blas": {"name": "accelerate", "found": True, "version": ""}}}
    monkeypatch.setattr(np, "show_config", lambda mode: said)
    assert found(SimpleNamespace()) == Blas("accelerate")
    assert found().limit(1) == 0


@pytest.mark.parametrize("said", [{}, {"Build Dependencies": {}}, {"Build Dependencies": {"blas": {"version": ""}}}])
def test_that_a_build_of_which_nothing_is_known_is_no_error(
    found: Callable[..., Blas], monkeypatch: pytest.MonkeyPatch, said: dict[str, object]
) -> None:
    monkeypatch.setattr(np, "show_config", lambda mode: said)
    monkeypatch.delitem(sys.modules, blas.EXTENSION)
    assert found() == Blas(UNKNOWN)
    assert vector_instructions() == UNKNOWN


def test_that_numpy_s_own_library_does_what_it_is_told() -> None:
    it = use_two_threads()
    assert it.limit(1) == 1


def test_that_the_kernel_is_the_one_that_computes() -> None:
    environment = another_kernel()
    done = subprocess.run(
        [sys.executable, "-c", NAMES_ITSELF],
        cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    *version, kernel = done.stdout.split()
    *here, _ = numpy_blas().name.split()
    assert version == here
    assert kernel.lower() == environment["OPENBLAS_CORETYPE"].lower()


def test_that_the_vector_instructions_are_those_that_numpy_is_left() -> None:
    here = vector_instructions()
    if here not in getattr(sys.modules[blas.EXTENSION], "__cpu_dispatch__", ()):
        pytest.skip("NumPy uses no instructions here that can be taken from it")
    script = "import model.base.blas as blas; print(blas.vector_instructions())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT, env=os.environ | {"NPY_DISABLE_CPU_FEATURES": here}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() not in (here, UNKNOWN)
