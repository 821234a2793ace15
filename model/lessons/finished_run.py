"""A run that a lesson measures: its recipe, its log and its data."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np

from model.base.arrays import Index
from model.base.errors import InputError
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.diagnosis.diagnosis import GUESSING
from model.diagnosis.verdict import Condition, Verdict
from model.history.run_log import RunLog
from model.measurement.misclassified import answers
from model.measurement.records import LayerRecord, Record
from model.network.network import Network

IMAGES_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class FinishedRun:
    """A run whose log no longer changes. Its figures are those that the window shows."""

    recipe: Recipe
    run_log: RunLog
    dataset: Dataset

    @property
    def diverged(self) -> bool:
        """Whether its numbers left the range of floating point."""
        verdict = self.run_log.verdict()
        return verdict is not None and verdict.condition is Condition.DIVERGED

    @property
    def complete(self) -> bool:
        """Whether it was trained to its end, or diverged."""
        return self.diverged or self.run_log.iteration >= self.recipe.config.iterations

    def record(self, at: int | None) -> Record:
        """The last record up to iteration `at`, None for the end; raises InputError where there is none."""
        self._check_end(at)
        found = self.run_log.history.timeline.at(inf if at is None else at)
        if found is None:
            raise InputError(f"The run has no record at iteration {at or 0:,}.")
        return found

    def _check_end(self, at: int | None) -> None:
        if at is None and self.diverged:
            raise InputError("The run diverged, and its end tells nothing.")

    def layer(self, number: int, at: int | None) -> LayerRecord:
        """A layer's figures, counted from 1, 0 for the output; raises InputError where there is none."""
        record = self.record(at)
        if not 0 <= number <= len(record.layers):
            raise InputError(f"There is no layer {number}, only 1 to {len(record.layers)} and the output.")
        return record.layers[number - 1] if number else record.output

    def curve(self, name: str, at: int | None) -> float:
        """A curve's last value up to iteration `at`, None for the end; raises InputError where there is none."""
        self._check_end(at)
        history = self.run_log.history
        iterations = history.iterations.rows[:, 0]
        place = int(np.searchsorted(iterations, inf if at is None else at, side="right")) - 1
        if place < 0:
            raise InputError("The run has no test accuracy.")
        return float(history.curves[name].values.rows[place, 0])

    def verdict(self, at: int | None) -> Verdict:
        """The verdict at iteration `at`, None for the end; raises InputError where there is none."""
        found = self.run_log.verdict(at)
        if found is None:
            raise InputError("The run has no verdict.")
        return found

    @property
    def escape(self) -> float:
        """The iteration at which it began to answer by the image, infinite where it never did."""
        verdict = self.verdict(None)
        never = (*GUESSING, Condition.DIVERGED)
        return inf if verdict.condition in never else float(verdict.since)

    @cached_property
    def network(self) -> Network:
        """The network with the newest weights that the log has; raises InputError where it keeps none."""
        checkpoint = self.run_log.checkpoint
        if checkpoint is None:
            raise InputError("The run keeps no weights.")
        network = Network.of(self.recipe.config, self.dataset)
        network.take(checkpoint.state)
        return network

    @cached_property
    def answers(self) -> Index:
        """What it answers to each test image at its end, (images,); raises InputError where it keeps no weights."""
        images: Sequence[Index] = [
            answers(self.network, self.dataset.test_images[start : start + IMAGES_AT_ONCE])
            for start in range(0, len(self.dataset.test_images), IMAGES_AT_ONCE)
        ]
        return np.concatenate(images)
