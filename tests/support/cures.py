"""Searches for a cure to test with: sick runs on the small data set, and executors without processes."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from math import isnan, nan
from typing import Any

from model.config.config import Config
from model.cures.search import CureSearch, run_search
from model.cures.trial import Trial, TrialResult
from model.diagnosis.verdict import Cause, Condition, Verdict

QUICK = Config(hidden=(20,), batch_size=20, iterations=600, record_every=20)
# Five slopes of at most a quarter: one change cures.
DEEP = QUICK.replace(hidden=(8,) * 5, activation="sigmoid", init="xavier")
# Two causes: neither other weights alone cure nor another rate.
TWICE = QUICK.replace(init="zeros", learning_rate=1e-6)
# As options of the command line.
DEEP_OPTIONS = ["--hidden", "8,8,8,8,8", "--activation", "sigmoid", "--init", "xavier"]
TWICE_OPTIONS = ["--hidden", "20", "--init", "zeros", "--learning-rate", "1e-6"]
SHARED_OPTIONS = ["--batch-size", "20", "--iterations", "600", "--record-every", "20"]


class InProcess(Executor):
    """Does at once, in the caller's thread, what it is given; `given` remembers it."""

    def __init__(self) -> None:
        self.given: list[Trial] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.given.append(args[0])
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def searched(config: Config, **limits: Any) -> CureSearch:
    """A search that has been run to its end in this process."""
    search = CureSearch(config, **limits)
    run_search(search, InProcess(), 1)
    return search


def verdict_of(condition: Condition) -> Verdict:
    """A verdict that offers nothing."""
    return Verdict(condition, 0, Cause.NONE, said=f"{condition.label}.")


def dead(config: Config) -> TrialResult:
    """What came of a run that guesses to its end, with a verdict that offers nothing."""
    return result_of(Trial(config), 0.1)


def result_of(
    trial: Trial, accuracy: float = nan, condition: Condition | None = None, signal: float = 0
) -> TrialResult:
    """The result of a trial that nobody has trained: cured from 70 % on, else dead, and diverged without accuracy."""
    cured = accuracy >= 0.7
    usual = Condition.DIVERGED if isnan(accuracy) else Condition.LEARNING if cured else Condition.DEAD
    verdict = verdict_of(condition or usual)
    return TrialResult(trial, trial.config.iterations, verdict, cured, accuracy, 0.25, signal, (0.1, accuracy))
