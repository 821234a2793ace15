"""Results of repeats made by hand, for tests that train nothing."""

from collections.abc import Mapping

from model.config.config import Config
from model.diagnosis.verdict import Cause, Condition
from model.sweeps.repeats import SeedResults
from model.sweeps.sweep import Result, ResultCurve, SweepCell


def result_of(
    config: Config,
    accuracy: float | None = 0.9,
    condition: Condition = Condition.LEARNING,
    curve: tuple[float, ...] = (0.1, 0.5, 0.9),
) -> Result:
    """A result with a curve over iterations 0, 10, 20 ..., whose loss is 1 - accuracy."""
    iterations = tuple(range(0, 10 * len(curve), 10))
    drawn = ResultCurve(iterations, curve, tuple(1 - value for value in curve))
    return Result(SweepCell(0, config), config.iterations, accuracy, accuracy, 0.3, -3.0, condition, Cause.NONE, drawn)


def sample_of(name: str, accuracies: Mapping[int, float | None], dead: int = 0) -> SeedResults:
    """What came of one config by seed; None diverged, the first `dead` seeds are dead."""
    results = {}
    for place, (seed, accuracy) in enumerate(accuracies.items()):
        condition = Condition.DIVERGED if accuracy is None else Condition.DEAD if place < dead else Condition.LEARNING
        results[seed] = result_of(Config(seed=seed), 0.1 if accuracy is None else accuracy, condition)
    return SeedResults(name, results)
