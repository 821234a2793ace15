"""Trial of a cure: one run with changes, ended as soon as it is sure that it will not learn."""

from dataclasses import dataclass, replace
from math import isfinite, nan

from model.base.errors import Diverged
from model.base.language import Message, tr
from model.config.config import Config
from model.data.datasets import Dataset, kept_dataset
from model.diagnosis.diagnosis import GUESSING, Diagnosis
from model.diagnosis.evidence import DECENT_SHARE, MOST_CHANCE
from model.diagnosis.ledger_summary import summarise_ledger
from model.diagnosis.verdict import FATAL, HEALTHY, Condition, Verdict
from model.history.run_log import RunLog
from model.history.run_summary import summarise
from model.measurement.records import Record
from model.training.trainer import Trainer
from model.workers.abandonment import check_wanted

# Tests of a trial: more would take longer than the training of a small network, fewer give the spark line corners.
TESTS = 20
# What a cured run knows at its end. Where guessing knows more than half of it, a decent skill above that.
CURED_ACCURACY = 0.7


@dataclass(frozen=True)
class Trial:
    """A run to be tried: its config and in `words` the changes that lead to it, none for the sick run itself.

    `offered` marks a remedy of the verdict.
    """

    config: Config
    words: tuple[Message | str, ...] = ()
    offered: bool = False

    @property
    def changes(self) -> tuple[str, ...]:
        """The labels of the changes that lead to it."""
        return tuple(map(str, self.words))

    @property
    def label(self) -> str:
        """Name in the list: "He weights", "He weights + Batch of 100"."""
        return " + ".join(self.changes) or tr("As it is")


@dataclass(frozen=True)
class TrialResult:
    """What came of a trial: updates made, verdict, and figures of its last tested record, NaN where it diverged.

    `accuracy` is that on the test set, a share (0..1); `reach` is how much of the output's gradient arrives at layer 1,
    `signal` the spread of the logits over images. `spark` has the test accuracies on the way.
    """

    trial: Trial
    iterations: int
    verdict: Verdict
    cured: bool
    accuracy: float = nan
    reach: float = nan
    signal: float = nan
    spark: tuple[float, ...] = ()

    @property
    def closeness(self) -> tuple[int, float, float]:
        """Key that sorts results by how near to a cure they are: divergence, guessing by its signal, learning."""
        if not isfinite(self.accuracy):
            return 0, 0.0, 0.0
        signal = self.signal if isfinite(self.signal) else 0.0  # a batch of one image has no spread
        if self.verdict.condition in GUESSING:
            return 1, signal, self.accuracy
        return 2, self.accuracy, signal


def enough_accuracy(chance: float) -> float:
    """Test accuracy (0..1) that a cured run has at least, where guessing alone gives `chance`."""
    return CURED_ACCURACY if chance <= MOST_CHANCE else chance + DECENT_SHARE * (1 - chance)


def is_cured(condition: Condition, accuracy: float, chance: float) -> bool:
    """Whether a run that ended in this condition, with this test accuracy, needs no cure."""
    return condition in HEALTHY and accuracy >= enough_accuracy(chance)


def known_result(config: Config, run_log: RunLog, chance: float) -> TrialResult | None:
    """What a run of `config` has come to so far, by its log; None before its verdict, `chance` as in `is_cured`."""
    summary, newest = summarise(run_log), run_log.history.newest
    if newest is None or summary.verdict is None or summary.verdict.condition is Condition.EARLY:
        return None
    found = TrialResult(Trial(config), summary.iteration, summary.verdict, cured=False, spark=summary.spark)
    return _with_figures(found, newest, chance)


def run_trial(trial: Trial) -> TrialResult:
    """Train the run of a trial; raises InputError for data that cannot be read, CallAbandoned if it is cancelled."""
    return try_on(trial, kept_dataset(*trial.config.source))


def try_on(trial: Trial, dataset: Dataset) -> TrialResult:
    """Train the run of a trial on `dataset`, to its end unless it is sure that it will not learn.

    Whoever trains its config gets the same run, to the bit; only tests and records are fewer here, because they take
    most of the time.
    """
    config = trial.config
    every = max(config.record_every, config.iterations // TESTS)
    diagnosis = Diagnosis(
        config.replace(record_every=every), dataset.class_shares, dataset.train_shares, dataset.class_labels
    )
    tested: list[Record] = []
    verdict, diverged = diagnosis.verdict, None
    with Trainer(diagnosis.config, dataset, pictures=False) as trainer:
        while not (trainer.done or diverged or verdict.condition in FATAL):
            check_wanted()
            try:
                trainer.step()
            except Diverged as error:
                diverged = error
            # Waits for each test, or else the iteration at which a run is given up would depend on the clock.
            for record in trainer.collect(wait=True):
                verdict = diagnosis.read(record)
                tested += [record] if record.tested else []
        if diverged:
            verdict = diagnosis.diverged(diverged)
        return _result(trial, trainer.updates, verdict, tested, diagnosis.evidence.chance)


def _result(trial: Trial, iterations: int, verdict: Verdict, tested: list[Record], chance: float) -> TrialResult:
    spark = tuple(record.test_accuracy for record in tested)
    found = TrialResult(trial, iterations, verdict, cured=False, spark=spark)
    return _with_figures(found, tested[-1], chance) if tested else found


def _with_figures(found: TrialResult, last: Record, chance: float) -> TrialResult:
    """Add the figures of the last tested record, unless the run diverged: then they tell nothing."""
    if found.verdict.condition is Condition.DIVERGED:
        return found
    return replace(
        found,
        cured=is_cured(found.verdict.condition, last.test_accuracy, chance),
        accuracy=last.test_accuracy,
        reach=summarise_ledger(last).reach,
        signal=last.output.signal_std,
    )
