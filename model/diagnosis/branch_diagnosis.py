"""Diagnosis of a branch, which ignores what its parent did before."""

from collections.abc import Sequence
from dataclasses import replace

from model.base.errors import Diverged
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Verdict
from model.measurement.records import Record


class BranchDiagnosis(Diagnosis):
    """Diagnosis that counts iterations from the branch's start; a verdict's `since` includes those of the parent."""

    def __init__(
        self,
        recipe: Recipe,
        class_shares: Sequence[float],
        train_shares: Sequence[float] | None = None,
        class_labels: Sequence[int] = (),
    ) -> None:
        config = recipe.config
        own = config.replace(iterations=config.iterations - recipe.start)
        super().__init__(own, class_shares, train_shares, class_labels)
        self._start = recipe.start

    @property
    def verdict(self) -> Verdict:
        return replace(self._verdict, since=self._start + self._verdict.since)

    def read(self, record: Record) -> Verdict:
        super().read(replace(record, iteration=record.iteration - self._start))
        return self.verdict

    def diverged(self, error: Diverged) -> Verdict:
        super().diverged(Diverged(error.iteration - self._start, error.place))
        return self.verdict


def diagnosis_of(recipe: Recipe, dataset: Dataset) -> Diagnosis:
    """Create the diagnosis of a run or a branch."""
    if recipe.branch:
        return BranchDiagnosis(recipe, dataset.class_shares, dataset.train_shares, dataset.class_labels)
    return Diagnosis(recipe.config, dataset.class_shares, dataset.train_shares, dataset.class_labels)
