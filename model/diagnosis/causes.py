"""Cause of a run that does not learn well: first what one layer shows by itself, then the ledger's largest factor."""

from dataclasses import dataclass

from model.config.config import Config
from model.diagnosis.evidence import Evidence
from model.diagnosis.ledger_summary import LedgerSummary, summarise_ledger
from model.diagnosis.verdict import Cause
from model.measurement.records import LayerRecord, Record

# Share of a layer's units that are saturated: where the other half still passes the gradient, it is not lost.
MOST_SHARE = 0.5
# Share of a layer's units that are dead: the gradient that the rest pass is less than any other stage takes.
NEARLY_ALL_SHARE = 0.9
# A gradient that loses half at each layer, or 99 % on its whole way, vanishes; one that doubles explodes.
VANISHING_GAIN, VANISHING_REACH, EXPLODING_GAIN = 0.5, 0.01, 2.0
# Confidently wrong: at three times the loss of guessing the first weights were too large, not the first step.
CONFIDENT_RATIO = 3.0


@dataclass
class Subject:
    """Run under diagnosis: its config, the share of each class in the test set, (classes,), and its smoothed figures.

    `first` is its first record, `tested` the last test accuracy; both None before there is one.
    """

    config: Config
    shares: tuple[float, ...]
    evidence: Evidence
    first: Record | None = None
    tested: float | None = None

    def see(self, record: Record) -> None:
        """Take in a record: keep the first one and the last test accuracy."""
        self.first = self.first or record.bare()
        if record.tested:
            self.tested = record.test_accuracy

    @property
    def accuracy(self) -> float:
        """Last test accuracy (0..1), or the smoothed accuracy on batches while there is none."""
        return self.evidence.accuracy if self.tested is None else self.tested

    @property
    def rate_is_high(self) -> bool:
        """Whether the learning rate is above the optimiser's default."""
        return self._rate > type(self.config.optimizer)().learning_rate

    @property
    def rate_is_low(self) -> bool:
        """Whether the learning rate is below the optimiser's default."""
        return self._rate < type(self.config.optimizer)().learning_rate

    @property
    def _rate(self) -> float:
        return self.config.optimizer.learning_rate

    @property
    def began_confident(self) -> bool:
        """Whether the first loss was above three times that of guessing; True without a first record."""
        return self.first is None or not self.first.loss <= CONFIDENT_RATIO * self.evidence.guessing


def same_units(record: Record) -> LayerRecord | None:
    """Find the first layer whose units are all identical, None if there is none.

    Zero weights make them identical even where all output 0."""
    for layer in record.layers:
        if layer.weight_rms == 0 or (layer.alike and layer.dead < 1):
            return layer
    return None


def cause_of(subject: Subject, record: Record) -> Cause:
    """Find the cause of a run that guesses or is slow, from its last `record`."""
    ledger = summarise_ledger(record)
    if trap := _trap(subject, record, ledger):
        return trap
    if ledger.per_layer > EXPLODING_GAIN:
        return Cause.LARGE_WEIGHTS
    if _vanishes(ledger):
        # Where the run began as it is, what made it so is what it began with; its remedies are initial settings too.
        began = summarise_ledger(subject.first) if subject.first else ledger
        return largest_factor(began if _vanishes(began) else ledger)
    if subject.rate_is_high:
        return Cause.LEARNING_RATE_HIGH
    return Cause.LEARNING_RATE_LOW if subject.rate_is_low else Cause.NONE


def _trap(subject: Subject, record: Record, ledger: LedgerSummary) -> Cause | None:
    """Find a cause that one layer shows by itself: identical, dead or saturated units."""
    if same_units(record):
        return Cause.SYMMETRIC
    if ledger.deadest and ledger.deadest.dead >= NEARLY_ALL_SHARE and not _began_faint(subject):
        return Cause.DEAD_UNITS
    if ledger.flattest and ledger.flattest.saturated >= MOST_SHARE and _bounded(subject):
        began_flat = subject.first and _saturated(subject.first) >= MOST_SHARE
        return Cause.SATURATION if began_flat or not subject.rate_is_high else Cause.LEARNING_RATE_HIGH
    return None


def _began_faint(subject: Subject) -> bool:
    # Where hardly any signal arrives, the biases decide which units output 0; that is no cause but a consequence.
    began = summarise_ledger(subject.first) if subject.first else None
    return began is not None and _vanishes(began) and largest_factor(began) is Cause.SMALL_WEIGHTS


def largest_factor(ledger: LedgerSummary) -> Cause:
    """Choose between weights and slope, whichever has the smaller gain; all others count with the weights."""
    return Cause.SMALL_WEIGHTS if ledger.but_slope <= ledger.slope else Cause.SLOPE


def _vanishes(ledger: LedgerSummary) -> bool:
    return ledger.flattest is not None and (ledger.per_layer < VANISHING_GAIN or ledger.reach < VANISHING_REACH)


def _bounded(subject: Subject) -> bool:
    return subject.config.activation.flat_word == "saturated"


def _saturated(record: Record) -> float:
    return max((layer.saturated for layer in record.layers), default=0.0)
