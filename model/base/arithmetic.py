"""The arithmetic that a run is computed with: what, besides its recipe, decides the last digits of its numbers.

A sum of rounded numbers depends on its order. Matrix products are summed in the order of the BLAS's kernel, which is
chosen for the processor, and in parts where it uses several threads; NumPy's own loops round as their vector
instructions do. So a run is the same to the bit wherever the arithmetic is, and the same experiment anywhere.
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from model.base.blas import numpy_blas, vector_instructions
from model.base.language import tr, tr_count

LONGEST_NAME = 200  # characters
MOST_THREADS = 1 << 16


@dataclass(frozen=True)
class Arithmetic:
    """NumPy and its vector instructions, the BLAS and its kernel, and the threads of a product; 0 is unknown.

    Raises ValueError for what no program has written.
    """

    numpy: str
    blas: str
    threads: int

    def __post_init__(self) -> None:
        if not 0 <= self.threads <= MOST_THREADS or max(len(self.numpy), len(self.blas)) > LONGEST_NAME:
            raise ValueError("no such arithmetic")

    def __str__(self) -> str:
        """Describe it: 'NumPy 2.4.6 X86_V3, OpenBLAS 0.3.31 Haswell, 1 thread'."""
        figures = {"numpy": self.numpy, "blas": self.blas}
        if not self.threads:
            return tr("NumPy {numpy}, {blas}, unknown threads", **figures)
        return tr_count(
            "NumPy {numpy}, {blas}, {n} thread", "NumPy {numpy}, {blas}, {n} threads", self.threads, **figures
        )

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Read what `dataclasses.asdict` has made; raises KeyError, TypeError or ValueError for anything else."""
        return cls(str(values["numpy"]), str(values["blas"]), int(values["threads"]))


def single_threaded() -> Arithmetic:
    """Let matrix products use one thread from now on, and return the arithmetic that this leads to.

    This is for the whole process and stays so, also for others who use NumPy in it; with a BLAS that uses OpenMP it is
    for the calling thread. Call it in each thread that computes a run, before it does; it takes some microseconds.
    """
    blas = numpy_blas()
    return Arithmetic(f"{np.__version__} {vector_instructions()}", blas.name, blas.limit(1))
