"""Which cause a run has that does not learn as it could: what is plain first, then the ledger's largest factor."""

from dataclasses import dataclass

from model.config.config import Config
from model.diagnosis.evidence import Evidence
from model.diagnosis.ledger_summary import LedgerSummary, summarise_ledger
from model.diagnosis.verdict import Cause
from model.measurement.records import LayerRecord, Record

# Most of a layer: what half of its units still pass is not lost.
MOST = 0.5
# All but a tenth of the units of a layer output nothing: what the rest pass is less than any other stage takes.
NEARLY_ALL = 0.9
# A gradient that loses half at each layer, or 99 % on its whole way, vanishes; one that doubles explodes.
HALF, HUNDREDTH, DOUBLE = 0.5, 0.01, 2.0
# Confidently wrong: at three times the loss of guessing the first weights were too large, not the first step.
CONFIDENT = 3.0


@dataclass
class Subject:
    """A run under diagnosis: its config, the share of each class, its smoothed figures and its first record."""

    config: Config
    shares: tuple[float, ...]
    evidence: Evidence
    first: Record | None = None
    tested: float | None = None

    def see(self, record: Record) -> None:
        """Remember the very first record, and the last accuracy on the test set."""
        self.first = self.first or record.bare()
        if record.tested:
            self.tested = record.test_accuracy

    @property
    def accuracy(self) -> float:
        """The last one on the test set, or what the batches say while there is none."""
        return self.evidence.accuracy if self.tested is None else self.tested

    @property
    def rate_is_high(self) -> bool:
        """Whether the learning rate is above the optimiser's default."""
        return self._rate > type(self.config.optimizer)().learning_rate

    @property
    def rate_is_low(self) -> bool:
        """Whether it is below."""
        return self._rate < type(self.config.optimizer)().learning_rate

    @property
    def _rate(self) -> float:
        return self.config.optimizer.learning_rate

    @property
    def began_confident(self) -> bool:
        """Whether the first loss was far above that of guessing; so it was if there is none."""
        return self.first is None or not self.first.loss <= CONFIDENT * self.evidence.entropy


def same_units(record: Record) -> LayerRecord | None:
    """The first layer whose units are all alike; weights of exactly zero make them so, even where they all output 0."""
    for layer in record.layers:
        if layer.weight_rms == 0 or (layer.alike and layer.dead < 1):
            return layer
    return None


def cause_of(subject: Subject, record: Record) -> Cause:
    """Why a run that guesses or is slow does not learn as it could."""
    ledger = summarise_ledger(record)
    if trap := _trap(subject, record, ledger):
        return trap
    if ledger.per_layer > DOUBLE:
        return Cause.LARGE_WEIGHTS
    if _vanishes(ledger):
        # Where the run began as it is, what made it so is what it began with; its remedies are initial settings too.
        began = summarise_ledger(subject.first) if subject.first else ledger
        return largest_factor(began if _vanishes(began) else ledger)
    if subject.rate_is_high:
        return Cause.LEARNING_RATE_HIGH
    return Cause.LEARNING_RATE_LOW if subject.rate_is_low else Cause.NONE


def _trap(subject: Subject, record: Record, ledger: LedgerSummary) -> Cause | None:
    """What a layer shows by itself, whatever the others pass."""
    if same_units(record):
        return Cause.SYMMETRIC
    if ledger.deadest and ledger.deadest.dead >= NEARLY_ALL and not _began_faint(subject):
        return Cause.DEAD_UNITS
    if ledger.flattest and ledger.flattest.saturated >= MOST and _bounded(subject):
        began_flat = subject.first and _saturated(subject.first) >= MOST
        return Cause.SATURATION if began_flat or not subject.rate_is_high else Cause.LEARNING_RATE_HIGH
    return None


def _began_faint(subject: Subject) -> bool:
    # Where hardly any signal arrives, the biases decide which units output 0; that is no cause but a consequence.
    began = summarise_ledger(subject.first) if subject.first else None
    return began is not None and _vanishes(began) and largest_factor(began) is Cause.SMALL_WEIGHTS


def largest_factor(ledger: LedgerSummary) -> Cause:
    """Which takes most of the gradient, the weights or the slope; batch norm undoes what weights do to it."""
    return Cause.SMALL_WEIGHTS if ledger.weights * ledger.norm <= ledger.slope else Cause.SLOPE


def _vanishes(ledger: LedgerSummary) -> bool:
    return ledger.flattest is not None and (ledger.per_layer < HALF or ledger.reach < HUNDREDTH)


def _bounded(subject: Subject) -> bool:
    return subject.config.activation.flat_word == "saturated"


def _saturated(record: Record) -> float:
    return max((layer.saturated for layer in record.layers), default=0.0)
