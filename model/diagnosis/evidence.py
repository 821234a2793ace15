"""What a verdict is judged on: a run's records, smoothed, in a memory that does not grow.

A run that learns nothing predicts the shares of the classes. Its loss is their entropy and its accuracy the share of
the class that it answers; both are known beforehand, so neither needs a threshold in units of the gradient.
"""

from collections import deque
from collections.abc import Sequence
from math import exp, inf, log, sqrt

import numpy as np

from model.config.config import Config
from model.measurement.records import Record

# 2,000 images leave 1 point of noise in an accuracy; a test has more. Later, an eighth of the run shows its trend.
SHORTEST, IMAGES = 20, 2_000
TREND = 8
# Growth is measured over the last third of the run, 1.05⁸ ≈ 3/2, and compared with that over the third before.
SPACING, RECENT = 1.05, 8
# Logits that tell images apart by less are told apart by the rounding of their own size.
ROUNDING = 4
# Logits spread over images by this much move the loss by a hundredth, and the plateau ends.
ESCAPED = 0.3
# Growth that has become so many times what it was has changed; less may be the noise of the batches.
CHANGED = 1.25


class Evidence:
    """Smoothed figures of one run: `skill` is accuracy above chance, `drop` the loss below the labels' entropy."""

    def __init__(self, config: Config, class_shares: Sequence[float]) -> None:
        self.chance = max(class_shares)
        self.entropy = -sum(share * log(share) for share in class_shares if share > 0) or 1.0
        self.layers = len(config.hidden) + 1
        self.epsilon = ROUNDING * float(np.finfo(config.numbers.value.dtype).eps)
        self.shortest = max(SHORTEST, IMAGES / config.batch_size)
        self.compares = config.batch_size > 1
        self.iteration = -1
        self.gap = 0
        self.accuracy = self.loss = self.answer_share = 0.0
        self.log_signal = -inf
        self.checkpoints: deque[tuple[int, float]] = deque(maxlen=2 * RECENT)

    @property
    def skill(self) -> float:
        """0 for one answer to all images, 1 for the right one."""
        return (self.accuracy - self.chance) / ((1 - self.chance) or 1.0)

    @property
    def drop(self) -> float:
        """0 for the loss of guessing, 1 for none, negative where it is worse than guessing."""
        return 1 - self.loss / self.entropy

    def read(self, record: Record) -> None:
        """Take in one more record; on the test set where it was tested."""
        first, self.gap = self.iteration < 0, record.iteration - self.iteration
        self.iteration = record.iteration
        new = 1.0 if first else self._weight(self.shortest)
        if record.tested:
            self.accuracy += (1.0 if first else self._weight(SHORTEST)) * (record.test_accuracy - self.accuracy)
        else:
            self.accuracy += new * (record.train_accuracy - self.accuracy)
        self.loss += new * (record.loss - self.loss)
        self.answer_share += new * (record.answer_share - self.answer_share)
        self._follow_signal(record.output.signal_std, record.output.activation_rms, new)

    def _weight(self, shortest: float) -> float:
        return 1 - exp(-self.gap / max(shortest, self.iteration / TREND))

    def _follow_signal(self, signal: float, size: float, new: float) -> None:
        if not signal > self.epsilon * size:  # also where either is NaN
            self.forget_growth()
            return
        if self.log_signal == -inf:
            self.log_signal = log(signal)
        self.log_signal += new * (log(signal) - self.log_signal)
        if not self.checkpoints or self.iteration >= SPACING * self.checkpoints[-1][0] + 10:
            self.checkpoints.append((self.iteration, self.log_signal))

    def forget_growth(self) -> None:
        """Measure the growth of the signal anew from here."""
        self.log_signal = -inf
        self.checkpoints.clear()

    @property
    def silent(self) -> bool:
        """Whether nothing but rounding tells the images apart at the output."""
        return self.log_signal == -inf

    @property
    def growth(self) -> float:
        """Of the logarithm of the output's signal, per iteration; 0 where it cannot be measured."""
        if not self.checkpoints:
            return 0.0
        start, value = self.checkpoints[-RECENT if len(self.checkpoints) > RECENT else 0]
        if self.iteration <= start:
            return 0.0
        # What is smoothed over an eighth of the run lags by it, and so moves an eighth less than what it follows.
        return (self.log_signal - value) / (self.iteration - start) / (1 - 1 / TREND)

    @property
    def measured(self) -> bool:
        """Whether the growth is known well enough to be believed; one image has no spread to see."""
        return self.compares and (self.silent or len(self.checkpoints) > RECENT // 2)

    @property
    def doubling(self) -> float | None:
        """Iterations in which the signal doubles, None while it does not."""
        return log(2) / self.growth if self.measured and self.growth > 0 else None

    @property
    def wait(self) -> float:
        """Iterations until the signal will have grown enough to leave the plateau.

        At a steady rate r the signal s needs ln(ESCAPED / s) / r. But it is a product of L layers of weights, and where
        all of them grow together, ds/dt ~ s^(2 − 2/L), it has left within L / (L − 2) / r, however small it is (Saxe et
        al. 2014). Growth that gains speed is of this kind, growth that loses it is not, a steady one lies between.
        """
        rate = self.growth
        if self.silent or rate <= 0:
            return inf
        steady = max(log(ESCAPED) - self.log_signal, 0.0) / rate
        if self.layers <= 2:
            return steady
        together = min(self.layers / (self.layers - 2) / rate, steady)
        before = self._growth_before()
        if before is None or 1 / CHANGED < rate / before < CHANGED:
            return sqrt(steady * together)
        # The rate is that of the middle of the time over which it was measured.
        return max(together - self._age(), 0.0) if before <= 0 or rate > before else steady

    def _age(self) -> float:
        return (self.iteration - self.checkpoints[-RECENT][0]) / 2 + self.iteration / TREND

    def _growth_before(self) -> float | None:
        """The growth in the third before the last; None where that was not measured."""
        if len(self.checkpoints) < RECENT + RECENT // 2:
            return None
        (start, low), (stop, high) = self.checkpoints[0], self.checkpoints[-RECENT]
        return (high - low) / (stop - start) / (1 - 1 / TREND) or None
