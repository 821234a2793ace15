"""Which patients a number draws."""

from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.clinic.draw import HIGHEST_NUMBER, drawn
from model.clinic.pool import read_pool

POOL = read_pool()
NUMBERS = st.integers(0, HIGHEST_NUMBER)


def keys(number: int, count: int) -> list[str]:
    return [patient.key for patient in islice(drawn(POOL, number), count)]


@given(NUMBERS)
def test_that_the_same_number_draws_the_same_patients(number: int) -> None:
    assert keys(number, 12) == keys(number, 12)


def test_that_other_numbers_draw_others() -> None:
    assert len({tuple(keys(number, 6)) for number in range(50)}) > 45


def test_that_what_a_number_draws_does_not_depend_on_the_order_of_the_file() -> None:
    backwards = tuple(reversed(POOL))
    assert [each.key for each in islice(drawn(backwards, 7), 20)] == keys(7, 20)


@given(NUMBERS)
def test_that_no_patient_comes_again_before_all_have_been_there_and_that_there_is_no_end(number: int) -> None:
    found = keys(number, 2 * len(POOL))
    assert sorted(found[: len(POOL)]) == sorted(found[len(POOL) :]) == sorted(each.key for each in POOL)


def test_that_a_patient_that_looks_like_the_one_before_but_has_another_cause_comes_often() -> None:
    sequences = [list(islice(drawn(POOL, number), 8)) for number in range(100)]
    twins = [later.looks_like(before) for each in sequences for before, later in pairwise(each)]
    assert sum(twins) / len(twins) > 0.25
    assert all(any(later.looks_like(before) for before in each for later in each) for each in sequences)


@pytest.mark.parametrize("number", range(20))
def test_that_the_first_patients_of_a_number_have_several_causes(number: int) -> None:
    assert len({patient.cause for patient in islice(drawn(POOL, number), 8)}) >= 4


def test_that_an_empty_pool_draws_nobody() -> None:
    assert list(drawn((), 3)) == []
