"""The same Config gives the same numbers to the bit, however the run is driven."""

import time
from typing import Any

import numpy as np
import pytest

from model.config.config import Config
from model.data.datasets import Dataset
from model.measurement.records import Record
from model.training.trainer import Trainer
from tests.support.reference_formulas import contents

# What may disturb a run: every source of randomness, of memory between steps and of shared buffers.
RUNS: list[dict[str, Any]] = [
    {},
    {"sampling": "epochs", "optimizer": "adam", "batch_size": 23},
    {"activation": "identity", "norm": "batch-before", "weight_decay": 0.01},
    {"activation": "leaky-relu", "norm": "batch-after", "clip_norm": 0.5, "optimizer": "nesterov"},
    {"hidden": [], "numbers": "float64"},
    {"hidden": [30] * 6, "activation": "gelu", "init": "orthogonal", "record_every": 1},
]


def config_of(**settings: object) -> Config:
    return Config.from_json(
        {"hidden": [8, 6], "batch_size": 20, "iterations": 150, "record_every": 10, "learning_rate": 0.02, **settings}
    )


def numbers(records: list[Record]) -> list[list[object]]:
    return [contents(record) for record in records]


def stepped(trainer: Trainer, *, peek: bool = False, pause: float = 0) -> list[Record]:
    """All records, one step at a time, looking at every iteration in between or dawdling."""
    records = []
    with trainer:
        while not trainer.done:
            trainer.step()
            records += [record for record in trainer.collect(wait=peek) if record.tested]
            if peek:
                trainer.peek()
            time.sleep(pause)
        records += [record for record in trainer.collect(wait=True) if record.tested]
    return records


@pytest.mark.parametrize("run", RUNS, ids=lambda run: "-".join(str(value) for value in run.values()) or "default")
def test_that_a_seed_gives_its_run_again_to_the_bit(run: dict[str, Any], tiny: Dataset) -> None:
    first, second = (list(Trainer(config_of(**run), tiny)) for _ in range(2))
    assert numbers(first) == numbers(second)
    other = list(Trainer(config_of(**run, seed=1), tiny))
    assert numbers(other) != numbers(first)


@pytest.mark.parametrize("run", RUNS, ids=lambda run: "-".join(str(value) for value in run.values()) or "default")
def test_that_looking_in_between_changes_nothing_to_the_bit(run: dict[str, Any], tiny: Dataset) -> None:
    looked = stepped(Trainer(config_of(**run), tiny), peek=True)
    assert numbers(looked) == numbers(list(Trainer(config_of(**run), tiny)))


def test_that_a_growing_signal_is_recorded_alike_with_and_without_looking(mnist: Dataset) -> None:
    """Activations grow and shrink here, so that an axis remembering what it saw in between would differ."""
    config = Config.from_json({"hidden": [30, 20], "iterations": 200, "record_every": 20, "learning_rate": 0.05})
    assert numbers(stepped(Trainer(config, mnist), peek=True)) == numbers(list(Trainer(config, mnist)))


def test_that_a_slow_run_equals_a_fast_one(tiny: Dataset) -> None:
    config = config_of(iterations=40, record_every=2)
    assert numbers(stepped(Trainer(config, tiny), pause=0.002)) == numbers(list(Trainer(config, tiny)))


def test_that_two_runs_side_by_side_do_not_disturb_each_other(tiny: Dataset) -> None:
    one, two = config_of(), config_of(activation="tanh", seed=5)
    pairs = list(zip(Trainer(one, tiny), Trainer(two, tiny), strict=True))
    assert numbers([pair[0] for pair in pairs]) == numbers(list(Trainer(one, tiny)))
    assert numbers([pair[1] for pair in pairs]) == numbers(list(Trainer(two, tiny)))


def test_that_the_global_generator_plays_no_part(tiny: Dataset) -> None:
    first = numbers(list(Trainer(config_of(), tiny)))
    np.random.seed(123)  # noqa: NPY002  the global generator is what must not matter
    assert numbers(list(Trainer(config_of(), tiny))) == first


def test_that_how_often_a_run_is_recorded_changes_nothing_of_it(tiny: Dataset) -> None:
    often, seldom = (list(Trainer(config_of(record_every=every), tiny)) for every in (1, 50))
    for record in seldom:
        same = often[record.iteration]
        assert (record.loss, record.test_accuracy, record.train_accuracy) == (
            same.loss,
            same.test_accuracy,
            same.train_accuracy,
        )


@pytest.mark.parametrize("init", ["gauss", "xavier", "he-uniform", "orthogonal"])
def test_that_two_configs_of_one_seed_see_the_same_batches(init: str, tiny: Dataset) -> None:
    """Weight noise and batches have streams of their own: what the weights draw moves no batch."""
    configs = config_of(record_every=100), config_of(record_every=100, init=init, hidden=[3])
    seen: list[list[bytes]] = []
    for config in configs:
        with Trainer(config, tiny) as trainer:
            labels = []
            for _ in range(5):
                trainer.step()
                labels.append(trainer.network.gradients[-1].argmin(axis=1).tobytes())
            seen.append(labels)
    assert seen[0] == seen[1]
    assert len(set(seen[0])) > 1
