"""The run under diagnosis."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from model.config.config import Config
from model.diagnosis.evidence import Evidence
from model.diagnosis.ledger_summary import LedgerSummary, summarise_ledger
from model.measurement.records import Record

# Confidently wrong: at three times the loss of guessing the first weights were too large, not the first step.
CONFIDENT_RATIO = 3.0
# A gradient that loses half at each layer, or 99 % on its whole way, vanishes.
VANISHING_GAIN, VANISHING_REACH = 0.5, 0.01


@dataclass
class Subject:
    """Run under diagnosis: its config, the share of each class in the test set by its label, and its smoothed figures.

    `first` is its first record, `tested` the last test accuracy; both None before there is one.
    """

    config: Config
    shares: Mapping[int, float]
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
    def rate_factor(self) -> float:
        """Learning rate over the optimiser's usual one."""
        return self.config.optimizer.learning_rate / type(self.config.optimizer)().learning_rate

    @property
    def began_confident(self) -> bool:
        """Whether the first loss was above three times that of guessing; True without a first record."""
        return self.first is None or not self.first.loss <= CONFIDENT_RATIO * self.evidence.guessing

    @property
    def began_vanishing(self) -> bool:
        """Whether the gradient vanished in the first record; False without one."""
        return self.first is not None and self.vanishes(summarise_ledger(self.first))

    @property
    def began_lost(self) -> bool:
        """Whether 99 % of the gradient was lost on its way to layer 1 in the first record; False without one."""
        return self.first is not None and summarise_ledger(self.first).reach * self._wider < VANISHING_REACH

    @property
    def _wider(self) -> float:
        return sqrt(self.config.hidden[0] / len(self.shares)) if self.config.hidden else 1.0

    def vanishes(self, ledger: LedgerSummary) -> bool:
        """Whether half of the gradient is lost at each layer or 99 % on the whole way, as the norm of δ says.

        The RMS of δ falls from ten outputs to a wide layer by itself: the same gradient is spread over more units.
        """
        if not self.config.hidden:
            return False
        per_layer = ledger.per_layer * self._wider ** (1 / len(self.config.hidden))
        return per_layer < VANISHING_GAIN or ledger.reach * self._wider < VANISHING_REACH
