"""What a run is computed with is told in words and in JSON, and read back or refused."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.arithmetic import LONGEST_NAME, MOST_THREADS, Arithmetic, single_threaded
from model.base.blas import numpy_blas, vector_instructions
from tests.support.kernels import use_two_threads

NAME = st.text(max_size=LONGEST_NAME)


def test_that_products_have_one_thread_afterwards_and_it_says_so() -> None:
    blas = use_two_threads()
    found = single_threaded()
    assert (found.blas, found.threads) == (numpy_blas().name, 1)
    assert found.numpy.endswith(f" {vector_instructions()}")
    assert blas.threads
    assert blas.threads() == 1
    assert single_threaded() == found


@pytest.mark.parametrize(
    ("threads", "words"), [(0, "unknown threads"), (1, "1 thread"), (2, "2 threads"), (4096, "4\u202f096 threads")]
)
def test_that_it_is_told_in_words(threads: int, words: str) -> None:
    assert str(Arithmetic("2.4.6 X86_V3", "OpenBLAS 0.3.31 Haswell", threads)) == (
        f"NumPy 2.4.6 X86_V3, OpenBLAS 0.3.31 Haswell, {words}"
    )


@given(made=st.builds(Arithmetic, NAME, NAME, st.integers(0, MOST_THREADS)))
def test_that_it_is_read_back_from_json(made: Arithmetic) -> None:
    assert Arithmetic.from_json(json.loads(json.dumps(asdict(made)))) == made


@pytest.mark.parametrize(
    "values",
    [{}, [], "x", {"numpy": "", "blas": ""}, {"numpy": "", "blas": "", "threads": -1},
     {"numpy": "", "blas": "", "threads": None}, {"numpy": "", "blas": "", "threads": MOST_THREADS + 1},
     {"numpy": "x" * (LONGEST_NAME + 1), "blas": "", "threads": 1}],
    ids=str,
)  # fmt: skip
def test_that_anything_else_is_refused(values: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Arithmetic.from_json(values)
