"""What a list of runs tells of each at a glance."""

from dataclasses import dataclass, field
from math import nan
from time import time
from uuid import uuid4

import numpy as np

from model.config.recipe import Recipe
from model.diagnosis.verdict import Verdict
from model.history.run_log import RunLog

SPARK = 40


@dataclass(frozen=True)
class RunSummary:
    """How far a run is and what came of it; `spark` is its test accuracy in at most 40 points."""

    iteration: int = 0
    test_accuracy: float = nan
    loss: float = nan
    verdict: Verdict | None = None
    spark: tuple[float, ...] = ()
    ended: bool = False


@dataclass(frozen=True)
class RunListing:
    """A run in the list: who it is, how it is shown, what came of it.

    `label` is '' until the user has named it; `color` is its place in the order of run colours; `created` is in
    seconds since 1970.
    """

    recipe: Recipe
    color: int = 0
    label: str = ""
    shown: bool = True
    summary: RunSummary = RunSummary()
    id: str = field(default_factory=lambda: uuid4().hex)
    created: float = field(default_factory=time)


def summarise(run_log: RunLog) -> RunSummary:
    """What the run log says now."""
    with run_log.lock:
        history, verdicts = run_log.history, run_log.verdicts
        accuracy = history.curves["test_accuracy"].values.rows[:, 0]
        places = np.unique(np.linspace(0, max(len(accuracy) - 1, 0), min(SPARK, len(accuracy))).astype(int))
        newest = history.newest
        return RunSummary(
            run_log.iteration,
            newest.test_accuracy if newest else nan,
            newest.loss if newest else nan,
            verdicts[-1][1] if verdicts else None,
            tuple(float(value) for value in accuracy[places]),
            run_log.ended,
        )
