"""What is measured when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.config.config import Config
from model.config.schedule import FULL_RATE, PER_OCTAVE, pictured, recorded, remembered
from model.data.datasets import Dataset
from model.training.trainer import Trainer


@pytest.mark.parametrize("every", [1, 7, 1000])
def test_that_the_first_hundred_iterations_are_all_remembered_and_the_first_32_with_histograms(every: int) -> None:
    config = Config(record_every=every, iterations=5000)
    assert all(remembered(config, n) for n in range(FULL_RATE + 1))
    assert [n for n in range(FULL_RATE + 1) if pictured(config, n)] == [
        *range(32), *range(32, 64, 2), *range(64, FULL_RATE + 1, 4),
    ]  # fmt: skip


@given(every=st.integers(1, 1000), iterations=st.integers(0, 20_000), begins=st.integers(0, 20_000))
def test_that_what_is_recorded_or_pictured_is_remembered_and_first_and_last_are_all_three(
    every: int, iterations: int, begins: int
) -> None:
    config, start = Config(record_every=every, iterations=iterations), min(begins, iterations)
    for n in {start, iterations, *range(start, iterations, max((iterations - start) // 97, 1))}:
        assert remembered(config, n, start) or not (recorded(config, n, start) or pictured(config, n, start))
    for n in (start, iterations):
        assert recorded(config, n, start)
        assert pictured(config, n, start)


@pytest.mark.parametrize("every", [1, 7, 1000])
def test_that_a_branch_has_all_of_its_first_hundred_iterations_too(every: int) -> None:
    config, start = Config(record_every=every, iterations=5000), 2345
    assert all(remembered(config, n, start) for n in range(start, start + FULL_RATE + 1))
    assert all(pictured(config, n, start) for n in range(start, start + 32))
    tested = [n for n in range(start, 5001) if recorded(config, n, start)]
    assert tested == sorted({start, *range(-(-start // every) * every, 5001, every), 5000})


@pytest.mark.parametrize("every", [1, 10, 64, 100])
def test_that_histograms_come_sixteen_times_for_each_doubling(every: int) -> None:
    config = Config(record_every=every, iterations=10_000_000)
    for power in range(12, 17):
        found = sum(pictured(config, n) for n in range(2**power, 2 ** (power + 1)))
        assert found <= PER_OCTAVE + 1
        assert found >= min(PER_OCTAVE, 2**power // every) - 1


@pytest.mark.parametrize("every", [1, 10, 40])
def test_that_a_run_follows_the_schedule(every: int, tiny: Dataset) -> None:
    config = Config(hidden=(5,), batch_size=10, iterations=233, record_every=every)
    found = []
    with Trainer(config, tiny) as trainer:
        while not trainer.done:
            trainer.step()
            found += trainer.collect(wait=trainer.done)
    assert [record.iteration for record in found] == [n for n in range(234) if remembered(config, n)]
    for record in found:
        assert record.tested == recorded(config, record.iteration)
        assert record.pictured == pictured(config, record.iteration)
        assert record.has(frozenset())
        assert not record.bare().has(frozenset({"z"}))
