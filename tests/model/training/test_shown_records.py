"""What is shown between records, and that it changes nothing."""

from collections.abc import Callable
from math import isnan
from typing import Any

import pytest

from model.config.config import Config
from model.config.schedule import pictured, recorded, remembered
from model.data.datasets import Dataset
from model.measurement.records import EVERY_HISTOGRAM, LayerRecord, Record
from model.training.trainer import Trainer
from tests.support.binning import check_linear
from tests.support.reference_formulas import Floats
from tests.support.reference_layers import Layer, Watched, Z, config_of, shown, written


def untested(record: Record) -> list[str]:
    """The figures without histograms and without what the evaluation adds."""
    bare = record.bare()
    return [str(bare.iteration), *written((bare.loss, bare.train_accuracy, bare.layers, bare.output)),
            *written((bare.input_std, bare.answer, bare.answer_share))]  # fmt: skip


SHOWN_RUNS: list[dict[str, Any]] = [
    {},
    {"optimizer": "adam", "learning_rate": 0.01, "numbers": "float64"},
    {"activation": "identity", "norm": "batch-before", "weight_decay": 0.01},
    {"activation": "leaky-relu", "norm": "batch-after", "clip_norm": 0.5, "optimizer": "nesterov"},
    {"hidden": []},
]
LENGTH = 150


def run_of(**settings: Any) -> Config:
    return config_of(**{"iterations": LENGTH, "record_every": 7, **settings})


def stepped(config: Config, dataset: Dataset, shows: Callable[[int], bool]) -> tuple[list[Record], dict[int, Record]]:
    """All records of a run, and what it showed where it was asked to."""
    records, seen = [], {}
    with Trainer(config, dataset) as trainer:
        while not trainer.done:
            iteration = trainer.iteration
            if shows(iteration):
                record = trainer.step(show=Z)
                assert record is not None
                seen[iteration] = record
            else:
                assert trainer.step() is None
            records += trainer.collect(wait=True)
    return records, seen


@pytest.mark.parametrize("run", SHOWN_RUNS, ids=str)
@pytest.mark.parametrize(("of", "every"), [(0, 1), (0, 2), (1, 2), (2, 5), (LENGTH, LENGTH + 1)])
def test_that_showing_an_iteration_leaves_every_record_as_it_is_to_the_bit(
    run: dict[str, Any], of: int, every: int, tiny: Dataset
) -> None:
    alone, _ = stepped(run_of(**run), tiny, lambda iteration: False)
    records, seen = stepped(run_of(**run), tiny, lambda iteration: iteration % every == of)
    assert seen
    assert [record.iteration for record in records] == [n for n in range(LENGTH + 1) if remembered(run_of(**run), n)]
    for record, same in zip(records, alone, strict=True):
        assert written(record) == written(same)


@pytest.mark.parametrize("run", SHOWN_RUNS, ids=str)
def test_that_what_is_shown_has_the_figures_of_a_record_there_and_the_histogram_asked_for(
    run: dict[str, Any], tiny: Dataset
) -> None:
    config = run_of(**run)
    _, seen = stepped(config, tiny, lambda iteration: True)
    every, _ = stepped(config.replace(record_every=1), tiny, lambda iteration: False)
    combinations = set()
    for record in every:
        n = record.iteration
        combinations.add((remembered(config, n), recorded(config, n), pictured(config, n) and remembered(config, n)))
        assert untested(seen[n]) == untested(record)
        assert isnan(seen[n].test_accuracy)
        assert seen[n].has(Z)
        for layer in seen[n].all_layers:
            assert shown(layer.histograms.z).shares.sum() > 0.99
    assert combinations == {
        (False, False, False), (True, False, False), (True, False, True), (True, True, False), (True, True, True),
    }, "every kind of iteration is shown"  # fmt: skip


def z_of(layers: list[Layer]) -> list[Floats]:
    return [layer.z for layer in layers]


def test_that_the_histogram_that_is_shown_is_that_of_z(tiny: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(Trainer(run_of(numbers="float64"), tiny), monkeypatch)
    with watched.trainer:
        while not watched.trainer.done:
            record = watched.trainer.step(show=Z)
            watched.trainer.collect(wait=True)
            assert record is not None
            for layer, z in zip(record.all_layers, z_of(watched.layers), strict=True):
                check_linear(shown(layer.histograms.z), z, 1e-9)


def names_of(layer: LayerRecord) -> set[str]:
    return {name for name in EVERY_HISTOGRAM if getattr(layer.histograms, name) is not None}


@pytest.mark.parametrize("wanted", [frozenset(), Z, frozenset({"delta", "weight"}), EVERY_HISTOGRAM], ids=len)
def test_that_what_is_shown_has_the_histograms_asked_for_where_none_are_due(
    wanted: frozenset[str], tiny: Dataset
) -> None:
    with Trainer(run_of(), tiny) as trainer:
        while not trainer.done:
            n = trainer.iteration
            record = trainer.step(show=wanted)
            trainer.collect(wait=True)
            assert record is not None
            due = remembered(trainer.config, n) and pictured(trainer.config, n)
            expected = set(EVERY_HISTOGRAM if due else wanted)
            assert [names_of(layer) for layer in record.layers] == [expected] * 2
            assert names_of(record.output) == expected - {"a"}
