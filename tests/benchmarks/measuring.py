"""What measuring adds to a whole run, test evaluation included: over one that measures nothing of its layers."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from unittest.mock import patch

from model.config import schedule
from model.config.config import Config
from model.config.presets import PRESETS, Preset, preset_named
from model.data.datasets import Dataset, load_dataset
from model.measurement.meter import Meter
from model.measurement.records import Record
from model.training.trainer import Trainer
from tests.benchmarks._figures import Figure, compare

LONG = ("sigmoid-gauss", "relu-he")


def measure() -> Iterator[Figure]:
    """Every preset's run of 2,000 iterations, and two of 20,000."""
    dataset = load_dataset()
    dataset.test_set  # noqa: B018  arranged once, before anything is timed
    for preset in PRESETS:
        yield _figure(preset, 2_000, 0.10, 3 if len(preset.config.hidden) > 2 else 9, dataset)
    for name in LONG:
        yield _figure(preset_named(name), 20_000, 0.05, 3, dataset)


def _figure(preset: Preset, iterations: int, target: float, turns: int, dataset: Dataset) -> Figure:
    config = preset.config.replace(iterations=iterations)
    found = compare(lambda: _run(config, dataset), lambda: _run_blind(config, dataset), turns)
    name = f"measuring, share added to {iterations:,} iterations, {preset.label}"
    return Figure(name, found.ratio - 1, target, detail=f"{found.first:.2f} s / {found.second:.2f} s")


def _run(config: Config, dataset: Dataset) -> None:
    with Trainer(config, dataset) as trainer:
        while not trainer.done:
            trainer.step()
            trainer.collect(wait=False)
        trainer.collect(wait=True)


def _run_blind(config: Config, dataset: Dataset) -> None:
    """The same run with records of the first measurement only."""
    first: list[Record] = []
    measured = Meter.measure

    def repeat(meter: Meter, iteration: int, loss: float, train_accuracy: float, wanted: frozenset[str]) -> Record:
        if not first:
            first.append(measured(meter, iteration, loss, train_accuracy, wanted))
        return replace(first[0], iteration=iteration, loss=loss, train_accuracy=train_accuracy)

    def nothing(meter: Meter, record: Record, before: object) -> None:
        """In place of add_update."""

    with ExitStack() as patches:
        patches.enter_context(patch.object(Meter, "measure", repeat))
        patches.enter_context(patch.object(Meter, "add_update", nothing))
        patches.enter_context(patch("model.training.trainer.remembered", schedule.recorded))
        _run(config, dataset)
