"""Records that nobody collects: training goes on, and they are the same, in the same order, when they are collected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.config.config import Config
from model.data.datasets import Dataset
from model.measurement.records import Record
from model.training.trainer import Trainer
from tests.support.reference_formulas import contents

CONFIG = Config.from_json(
    {"hidden": [8, 6], "batch_size": 20, "iterations": 40, "record_every": 3, "learning_rate": 0.05}
)


@pytest.fixture(scope="module")
def expected(tiny: Dataset) -> list[list[object]]:
    """All that is measured when every iteration is collected at once."""
    found: list[Record] = []
    with Trainer(CONFIG, tiny) as trainer:
        while not trainer.done:
            trainer.step()
            found += trainer.collect(wait=True)
    assert sum(record.tested for record in found) == 15
    assert len(found) > 15, "those of the first iterations have no accuracy"
    return [contents(record) for record in found]


def test_that_steps_without_collecting_wait_and_lose_nothing(tiny: Dataset, expected: list[list[object]]) -> None:
    with Trainer(CONFIG, tiny) as trainer:
        while not trainer.done:
            trainer.step()
        assert [contents(record) for record in trainer.collect(wait=True)] == expected
        assert trainer.collect(wait=True) == []


def test_that_accuracies_kept_are_handed_out_without_waiting(tiny: Dataset) -> None:
    with Trainer(CONFIG, tiny) as trainer:
        while not trainer.done:
            trainer.step()
        found = [record.iteration for record in trainer.collect(wait=False) if record.tested]
    assert found[:13] == list(range(0, 39, 3)), "all but the two that may still be computed"


@given(st.lists(st.sampled_from(["nothing", "collect", "wait", "peek"]), min_size=41, max_size=41))
def test_that_records_do_not_depend_on_when_they_are_collected(
    tiny: Dataset, expected: list[list[object]], after: list[str]
) -> None:
    found: list[Record] = []
    with Trainer(CONFIG, tiny) as trainer:
        for wish in after:
            trainer.step()
            if wish == "peek":
                trainer.peek()
            elif wish != "nothing":
                found += trainer.collect(wait=wish == "wait")
        assert trainer.done
        found += trainer.collect(wait=True)
    assert [contents(record) for record in found] == expected


def test_that_a_peek_is_of_its_own_weights_where_nothing_was_collected(tiny: Dataset) -> None:
    with Trainer(CONFIG, tiny) as collected, Trainer(CONFIG, tiny) as left:
        for _ in range(30):
            collected.step()
            collected.collect(wait=True)
            left.step()
            assert contents(left.peek()) == contents(collected.peek())
