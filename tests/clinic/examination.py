"""What training says of a candidate and of everything that could be tried on it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from math import isnan

from model.base.errors import Diverged
from model.clinic.patient import Patient
from model.clinic.therapies import Therapy
from model.config.config import Config
from model.cures.single_changes import SingleChange, single_changes
from model.cures.trial import TESTS, Trial, TrialResult, try_on
from model.data.datasets import Dataset, load_dataset
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import HEALTHY, Verdict
from model.history.run_log import RunLog
from model.training.trainer import Trainer
from model.training.training_loop import TrainingLoop
from tests.clinic.candidates import Candidate
from tests.interventions.truths import REMOVED_BY, kinds_between

Try = Callable[[Config], TrialResult]


@dataclass(frozen=True)
class Seen:
    """What a run came to: its verdict, and its test accuracies at even distances."""

    verdict: Verdict
    curve: tuple[float, ...]


def train(config: Config) -> Seen:
    """Train a run as the window does, to its end."""
    data = mnist()
    run_log = RunLog(Diagnosis(config, data.class_shares, data.train_shares))
    with Trainer(config, data, pictures=False) as trainer:
        loop = TrainingLoop(trainer, run_log)
        with suppress(Diverged):
            loop.run(lambda: True)
    verdict = run_log.verdict()
    assert verdict
    accuracies = run_log.history.curves["test_accuracy"].values.rows[:, 0].tolist()
    every = max(config.iterations // config.record_every // TESTS, 1)
    return Seen(verdict, tuple(round(each, 4) for each in accuracies[::every] if not isnan(each)))


def try_change(config: Config) -> TrialResult:
    """Train what a change made, as the search for a cure does."""
    return try_on(Trial(config), mnist())


def examine(candidate: Candidate, seen: Seen, attempt: Try) -> Patient | None:
    """The patient that a candidate makes; None where training does not bear out what is thought of it.

    `attempt` trains what a change makes of it. The program must say the cause that is known. The change that removes
    the cause must cure alone, as a therapy too, and so must a remedy on offer; and some therapy must not.
    """
    verdict, config = seen.verdict, candidate.config
    said = candidate.condition or verdict.condition
    if verdict.cause is not candidate.cause or verdict.condition is not said or said in HEALTHY:
        return None
    if not any(attempt(each.of(config)).cured for each in single_changes(config) if _removes(each, candidate)):
        return None
    if not any(attempt(each.of(config)).cured for each in verdict.remedies):
        return None
    changes = {each: change for each in Therapy if (change := each.change_of(config))}
    cures = tuple(each for each, change in changes.items() if attempt(change.of(config)).cured)
    removes = any(_removes(changes[each], candidate) for each in cures)
    if not removes or len(cures) == len(changes):
        return None
    return Patient(candidate.key, config, verdict.condition, verdict.cause, seen.curve, cures)


def _removes(change: SingleChange, candidate: Candidate) -> bool:
    """Whether a single change takes the cause away."""
    kinds = kinds_between(candidate.config, change.of(candidate.config))
    return any(kind.startswith(REMOVED_BY[candidate.cause]) for kind in kinds)


@cache
def mnist() -> Dataset:
    """The data set of all patients."""
    return load_dataset()
