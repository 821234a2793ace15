"""Summary of a run for lists of runs."""

from dataclasses import dataclass, field
from math import nan
from os import urandom
from time import time

import numpy as np

from model.base.arithmetic import Arithmetic
from model.config.recipe import Recipe
from model.diagnosis.verdict import Verdict
from model.history.run_log import RunLog

SPARK_POINTS = 40


@dataclass(frozen=True)
class RunSummary:
    """Progress and result of a run; accuracies are shares, 0..1; `spark` is the test accuracy in at most 40 points.

    `arithmetic` is None where it is not known.
    """

    iteration: int = 0
    test_accuracy: float = nan
    loss: float = nan
    verdict: Verdict | None = None
    spark: tuple[float, ...] = ()
    ended: bool = False
    arithmetic: Arithmetic | None = None


def new_run_id() -> str:
    """Draw an identifier that no other run has: 32 hexadecimal digits."""
    return urandom(16).hex()


@dataclass(frozen=True)
class RunListing:
    """Entry of a run in a list: identity, appearance and summary.

    `label` is '' until the user names the run; `color` indexes the run colours; `created` is in seconds since 1970;
    `freed` says that the library has let go of its weights.
    """

    recipe: Recipe
    color: int = 0
    label: str = ""
    shown: bool = True
    summary: RunSummary = RunSummary()
    id: str = field(default_factory=new_run_id)
    created: float = field(default_factory=time)
    freed: bool = False


def summarise(run_log: RunLog) -> RunSummary:
    """Summarise the run log as it is now; acquires its lock."""
    with run_log.lock:
        history, verdicts = run_log.history, run_log.verdicts
        accuracy = history.curves["test_accuracy"].values.rows[:, 0]
        places = np.unique(np.linspace(0, max(len(accuracy) - 1, 0), min(SPARK_POINTS, len(accuracy))).astype(int))
        newest = history.newest
        return RunSummary(
            run_log.iteration,
            newest.test_accuracy if newest else nan,
            newest.loss if newest else nan,
            verdicts[-1][1] if verdicts else None,
            tuple(float(value) for value in accuracy[places]),
            run_log.ended,
            run_log.arithmetic,
        )
