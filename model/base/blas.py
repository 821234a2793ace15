"""The BLAS library that NumPy multiplies matrices with: its name, its kernel and its threads.

It is found through NumPy's own extension module, so that it is NumPy's and not that of SciPy beside it. threadpoolctl
knows more libraries, which NumPy is not built with, but not Accelerate, which NumPy's wheels for macOS have; and the
model would need a second package beside NumPy.
"""

import ctypes
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

UNKNOWN = "unknown"
EXTENSION = "numpy._core._multiarray_umath"
# How builds call OpenBLAS's functions, in the order to try: NumPy's wheels, distributions, those with 64-bit indices.
OPENBLAS_NAMES = tuple(product(("scipy_", ""), ("64_", "", "_64")))


class Blas(NamedTuple):
    """A BLAS library: its name with version and kernel, and its functions for the number of threads, None if unknown.

    `set_threads` is for the whole process, or for the thread that calls it where the library uses OpenMP.
    """

    name: str
    threads: Callable[[], int] | None = None
    set_threads: Callable[[int], object] | None = None

    def limit(self, threads: int) -> int:
        """Let products use so many threads; returns how many they then use, 0 where that is unknown."""
        if self.threads is None or self.set_threads is None:
            return 0
        if self.threads() != threads:
            self.set_threads(threads)
        return self.threads()


@cache
def numpy_blas() -> Blas:
    """Find the library that NumPy has loaded; one that cannot be asked has the name that NumPy was built with."""
    for library in _libraries():
        for kind in (_openblas, _blis, _mkl):
            with suppress(AttributeError):  # it lacks the functions of this kind
                return kind(library)
    built: Any = np.show_config(mode="dicts")
    said = built.get("Build Dependencies", {}).get("blas", {})
    return Blas(" ".join(str(said[part]) for part in ("name", "version") if said.get(part)) or UNKNOWN)


def vector_instructions() -> str:
    """The most capable vector instructions that NumPy's own loops use here, as NumPy calls them: X86_V3, ASIMDHP."""
    extension = sys.modules.get(EXTENSION)
    found = getattr(extension, "__cpu_features__", {})
    names = [*getattr(extension, "__cpu_baseline__", ()), *getattr(extension, "__cpu_dispatch__", ())]
    return next((name for name in reversed(names) if found.get(name)), UNKNOWN)


def _libraries() -> Iterator[ctypes.CDLL]:
    """What may have the functions: NumPy's extension with all it is linked to, else, on Windows, the DLL beside it."""
    module = getattr(sys.modules.get(EXTENSION), "__file__", None)
    beside = sorted((Path(np.__file__).parents[1] / "numpy.libs").glob("*openblas*"))
    for path in [*([module] if module else []), *beside]:
        with suppress(OSError):
            yield ctypes.CDLL(str(path))


def _openblas(library: Any) -> Blas:
    def called(name: str) -> Any:
        for prefix, suffix in OPENBLAS_NAMES:
            with suppress(AttributeError):
                return getattr(library, f"{prefix}openblas_{name}{suffix}")
        raise AttributeError(name)

    # 'OpenBLAS 0.3.31.188.0  USE64BITINT DYNAMIC_ARCH ...', whose kernel is that of the machine it was built on
    version = " ".join(_text(called("get_config")).split()[:2])
    return Blas(f"{version} {_text(called('get_corename'))}", called("get_num_threads"), called("set_num_threads"))


def _blis(library: Any) -> Blas:
    arch = library.bli_arch_string
    arch.argtypes = [ctypes.c_int]
    name = f"BLIS {_text(library.bli_info_get_version_str)} {_text(arch, library.bli_arch_query_id())}"
    return Blas(name, library.bli_thread_get_num_threads, library.bli_thread_set_num_threads)


def _mkl(library: Any) -> Blas:
    text = ctypes.create_string_buffer(200)
    library.MKL_Get_Version_String(text, len(text))
    _, _, version = text.value.decode("ascii", "replace").partition(" Version ")
    name = f"MKL {version.partition(' ')[0] or UNKNOWN}"
    return Blas(name, library.MKL_Get_Max_Threads, library.MKL_Set_Num_Threads)


def _text(function: Any, *arguments: int) -> str:
    function.restype = ctypes.c_char_p
    return (function(*arguments) or b"").decode("ascii", "replace") or UNKNOWN
