"""Repeats: one or two configs over the same seeds, and their results so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.base.arrays import Array
from model.base.params import params
from model.config.config import Config
from model.sweeps.statistics import Band, band
from model.sweeps.sweep import Result

SEEDS = 10
MOST_SEEDS = 100
LAST_SEED = next(int(setting.high) for setting in params(Config) if setting.name == "seed" and setting.high is not None)
SIDES = ("A", "B")


@dataclass(frozen=True)
class RepeatedConfig:
    """A named config to be repeated over consecutive seeds, of which its own is the first.

    `english` is its name in tables, where the window speaks another language; '' is the same name.
    """

    name: str
    config: Config
    english: str = ""


@dataclass(frozen=True, eq=False)
class SeedResults:
    """The results of one repeated config, by seed; `english` as RepeatedConfig has it."""

    name: str
    results: Mapping[int, Result]
    english: str = ""

    @property
    def name_in_tables(self) -> str:
        """The name in English, or as the user gave it."""
        return self.english or self.name

    @property
    def accuracies(self) -> dict[int, float]:
        """The final test accuracy (0 to 1) by seed, without runs that diverged or have none."""
        return {seed: result.accuracy for seed, result in self.results.items() if result.accuracy is not None}

    @property
    def spread(self) -> Band:
        """Mean, minimum, maximum and standard deviation of the final accuracies, each of shape (1,)."""
        return band(np.array(list(self.accuracies.values())).reshape(-1, 1))


@dataclass(frozen=True, eq=False)
class CurveBundle:
    """The curves of all seeds: `values` (seeds, points) over iterations `x` (points,), NaN after a run's early end.

    `band` leaves out diverged runs, as the final accuracies do: their last steps would dwarf everything else.
    """

    seeds: tuple[int, ...]
    x: Array
    values: Array
    band: Band


def bundle(sample: SeedResults, quantity: str) -> CurveBundle:
    """Collect one quantity, 'test_accuracy' or 'loss', of all seeds; infinite values become NaN."""
    seeds = tuple(sorted(sample.results))
    found = [sample.results[seed].curve for seed in seeds]
    x = np.unique(np.concatenate([np.empty(0), *(np.asarray(each.iterations, float) for each in found)]))
    values = np.full((len(seeds), len(x)), np.nan)
    for row, each in zip(values, found, strict=True):
        row[np.searchsorted(x, each.iterations)] = getattr(each, quantity)
    values[~np.isfinite(values)] = np.nan
    return CurveBundle(seeds, x, values, band(values[[not sample.results[seed].diverged for seed in seeds]]))


class Repeats:
    """One or two configs repeated over the same seeds, so that they can be compared pairwise.

    Seeds start at that of the first config. `results` are kept when other configs are chosen: a config has one result.
    """

    def __init__(self) -> None:
        self.results: dict[Config, Result] = {}
        self.choose((), SEEDS)

    def choose(self, sides: Sequence[RepeatedConfig], count: int) -> None:
        """Choose the configs to repeat, each with `count` seeds."""
        self.sides = tuple(sides)
        first = min(self.sides[0].config.seed if self.sides else 0, LAST_SEED + 1 - count)
        self.runs = [
            {seed: replace(side.config, seed=seed) for seed in range(first, first + count)} for side in self.sides
        ]

    def wanted(self) -> list[Config]:
        """All configs to run, each once, in running order: both sides of a seed before the next seed."""
        pairs = zip(*(runs.values() for runs in self.runs), strict=True)
        return list(dict.fromkeys(config for pair in pairs for config in pair))

    def missing(self) -> list[Config]:
        """The configs without a result yet, in the same order."""
        return [config for config in self.wanted() if config not in self.results]

    def samples(self) -> list[SeedResults]:
        """The results so far of each side."""
        return [
            SeedResults(
                side.name,
                {seed: self.results[config] for seed, config in runs.items() if config in self.results},
                side.english,
            )
            for side, runs in zip(self.sides, self.runs, strict=True)
        ]
