"""What the page of repeats shows, as tables: curves of every seed, their means, and final accuracies."""

from collections.abc import Sequence

from model.exports.plot_table import PlotTable
from model.sweeps.repeats import SIDES, SeedResults, bundle

Samples = Sequence[SeedResults]
OF_SIDE = ("side", "settings")


def seed_table(samples: Samples, quantity: str) -> PlotTable:
    """A quantity of every run against iterations; diverged runs end early."""
    bundles = [(side, sample, bundle(sample, quantity)) for side, sample in zip(SIDES, samples, strict=False)]
    return PlotTable.of(
        (*OF_SIDE, "seed", "iteration", quantity),
        (
            (side, sample.name_in_tables, seed, int(iteration), value)
            for side, sample, found in bundles
            for seed, values in zip(found.seeds, found.values, strict=True)
            for iteration, value in zip(found.x, values, strict=True)
        ),
    )


def band_table(samples: Samples, quantity: str) -> PlotTable:
    """Mean, lowest, highest and standard deviation over the seeds that did not diverge, against iterations."""
    bundles = [(side, sample, bundle(sample, quantity)) for side, sample in zip(SIDES, samples, strict=False)]
    return PlotTable.of(
        (*OF_SIDE, "iteration", *(f"{quantity}_{part}" for part in ("mean", "lowest", "highest", "std"))),
        (
            (side, sample.name_in_tables, int(iteration), *figures)
            for side, sample, found in bundles
            for iteration, *figures in zip(
                found.x, found.band.mean, found.band.low, found.band.high, found.band.std, strict=True
            )
        ),
    )


def final_table(samples: Samples) -> PlotTable:
    """The final test accuracy of every run, and how it ended; no accuracy where it diverged."""
    return PlotTable.of(
        (*OF_SIDE, "seed", "final_test_accuracy", "updates", "verdict"),
        (
            (side, sample.name_in_tables, seed, result.accuracy, result.iterations, result.condition.key)
            for side, sample in zip(SIDES, samples, strict=False)
            for seed, result in sorted(sample.results.items())
        ),
    )
