"""Evidence for a verdict: a run's records, smoothed, in bounded memory.

A run that learns nothing predicts the shares of the classes. Its loss is that of this guess, with cross-entropy their
entropy, and its accuracy the share of the class that it answers; both are known beforehand, so neither needs a
threshold in units of the gradient.
"""

from collections import deque
from collections.abc import Sequence
from math import exp, inf, log, sqrt

import numpy as np

from model.config.config import Config
from model.measurement.records import Record

# 2,000 images leave 1 point of noise in an accuracy; a test has more. Later, an eighth of the run shows its trend.
SHORTEST_ITERATIONS, SMOOTHED_IMAGES = 20, 2_000
TREND_PARTS = 8
# Growth is measured over the last third of the run, 1.05⁸ ≈ 3/2, and compared with that over the third before.
SPACING_RATIO, RECENT_POINTS = 1.05, 8
# Logits that tell images apart by less are told apart by the rounding of their own size.
ROUNDING_EPSILONS = 4
# Logits spread over images by this much move the loss by a hundredth, and the plateau ends.
ESCAPED_SPREAD = 0.3
# Three quarters by the end of the run are a decent result on any of the presets; where one answer to all is right more
# often than half the time, three quarters of what is left.
DECENT_SHARE, MOST_CHANCE = 0.75, 0.5
# The loss is below that of guessing when it is so by this share, or more where that of single images differs much.
LEFT_DROP, SURE_DEVIATIONS = 0.05, 5
# Growth that has become so many times what it was has changed; less may be the noise of the batches.
CHANGED_RATIO = 1.25


class Evidence:
    """Smoothed figures of one run; `class_shares` are those of the test set, (classes,), `train_shares` of the other.

    `guessing` is the loss of a guess on batches; `chance` is the accuracy of the most frequent class on the test set,
    `train_chance` that on batches, `train_accuracy` the smoothed accuracy on them. `skill` is accuracy above chance: 0
    for one answer to all images, 1 for all right.
    """

    def __init__(
        self, config: Config, class_shares: Sequence[float], train_shares: Sequence[float] | None = None
    ) -> None:
        trained = class_shares if train_shares is None else train_shares
        self.chance, self.train_chance = max(class_shares), max(trained)
        self.guessing = config.loss.value.guessing(trained) or 1.0
        self.left_drop = max(LEFT_DROP, SURE_DEVIATIONS * _noise(trained) / sqrt(SMOOTHED_IMAGES))
        self.layers = len(config.hidden) + 1
        self.epsilon = ROUNDING_EPSILONS * float(np.finfo(config.numbers.value.dtype).eps)
        self.shortest = max(SHORTEST_ITERATIONS, SMOOTHED_IMAGES / config.batch_size)
        self.compares = config.batch_size > 1
        self.iteration = -1
        self.gap = 0
        self.skill = self.loss = self.answer_share = self.train_accuracy = 0.0
        self.log_signal = -inf
        self.checkpoints: deque[tuple[int, float]] = deque(maxlen=2 * RECENT_POINTS)
        self.skills: deque[tuple[int, float]] = deque(maxlen=RECENT_POINTS)

    @property
    def accuracy(self) -> float:
        """Accuracy (0..1) on the test set that this skill is."""
        return self.chance + self.skill * (1 - self.chance)

    @property
    def decent_skill(self) -> float:
        """Skill with which three quarters are right; where guessing knows half of them, three quarters of the rest."""
        return self.skill_of(DECENT_SHARE) if self.chance <= MOST_CHANCE else DECENT_SHARE

    @property
    def shown(self) -> bool:
        """Whether the logits differ between images by so much that the loss would show it, if they were right."""
        return self.log_signal > log(ESCAPED_SPREAD)

    def skill_at(self, iteration: int) -> float:
        """Skill that will be there at a later iteration, if it goes on as over the last third of the run."""
        start, value = self.skills[0]
        if self.iteration <= start:
            return self.skill
        growth = (self.skill - value) / (self.iteration - start) / (1 - 1 / TREND_PARTS)
        return self.skill + growth * (iteration - self.iteration)

    @property
    def same_answer(self) -> float:
        """Share of a batch that gets one answer beyond the share of the largest class: 1 for all, 0 for its own."""
        return _above(self.answer_share, self.train_chance)

    @property
    def batch_skill(self) -> float:
        """Skill on batches."""
        return _above(self.train_accuracy, self.train_chance)

    def skill_of(self, accuracy: float) -> float:
        """Skill of a run with this accuracy (0..1) on the test set."""
        return _above(accuracy, self.chance)

    @property
    def drop(self) -> float:
        """Share by which the loss is below that of guessing; negative if it is worse than guessing."""
        return 1 - self.loss / self.guessing

    def read(self, record: Record) -> None:
        """Update from one more record; its test accuracy counts instead of the batch's where there is one."""
        first, self.gap = self.iteration < 0, record.iteration - self.iteration
        self.iteration = record.iteration
        new = 1.0 if first else self._weight(self.shortest)
        if record.tested:
            weight = 1.0 if first else self._weight(SHORTEST_ITERATIONS)
            self.skill += weight * (self.skill_of(record.test_accuracy) - self.skill)
        else:
            self.skill += new * (_above(record.train_accuracy, self.train_chance) - self.skill)
        if not self.skills or self.iteration >= SPACING_RATIO * self.skills[-1][0] + 10:
            self.skills.append((self.iteration, self.skill))
        self.train_accuracy += new * (record.train_accuracy - self.train_accuracy)
        self.loss += new * (record.loss - self.loss)
        self.answer_share += new * (record.answer_share - self.answer_share)
        self._follow_signal(record.output.signal_std, record.output.activation_rms, new)

    def _weight(self, shortest: float) -> float:
        return 1 - exp(-self.gap / max(shortest, self.iteration / TREND_PARTS))

    def _follow_signal(self, signal: float, size: float, new: float) -> None:
        if not signal > self.epsilon * size:  # also where either is NaN
            self.forget_growth()
            return
        if self.log_signal == -inf:
            self.log_signal = log(signal)
        self.log_signal += new * (log(signal) - self.log_signal)
        if not self.checkpoints or self.iteration >= SPACING_RATIO * self.checkpoints[-1][0] + 10:
            self.checkpoints.append((self.iteration, self.log_signal))

    def forget_growth(self) -> None:
        """Restart the measurement of the signal's growth."""
        self.log_signal = -inf
        self.checkpoints.clear()

    @property
    def silent(self) -> bool:
        """Whether the logits differ between images by no more than rounding."""
        return self.log_signal == -inf

    @property
    def growth(self) -> float:
        """Growth of ln(signal of the output) per iteration; 0 where it cannot be measured."""
        if not self.checkpoints:
            return 0.0
        start, value = self.checkpoints[-RECENT_POINTS if len(self.checkpoints) > RECENT_POINTS else 0]
        if self.iteration <= start:
            return 0.0
        # What is smoothed over an eighth of the run lags by it, and so moves an eighth less than what it follows.
        return (self.log_signal - value) / (self.iteration - start) / (1 - 1 / TREND_PARTS)

    @property
    def measured(self) -> bool:
        """Whether the growth is measured well enough to be used; a batch of one image has no spread."""
        return self.compares and (self.silent or len(self.checkpoints) > RECENT_POINTS // 2)

    @property
    def doubling(self) -> float | None:
        """Iterations in which the signal doubles; None while it does not grow."""
        return log(2) / self.growth if self.measured and self.growth > 0 else None

    @property
    def wait(self) -> float:
        """Iterations until the signal will have grown enough to leave the plateau; inf if never.

        At a steady rate r the signal s needs ln(ESCAPED_SPREAD / s) / r. But it is a product of L layers of weights. If
        all grow together, ds/dt ~ s^(2 − 2/L), it escapes within L / (L − 2) / r, however small it is (Saxe et al.
        2014). Accelerating growth is of the second kind, slowing growth of the first, steady growth lies between.
        """
        rate = self.growth
        if self.silent or rate <= 0:
            return inf
        steady = max(log(ESCAPED_SPREAD) - self.log_signal, 0.0) / rate
        if self.layers <= 2:
            return steady
        together = min(self.layers / (self.layers - 2) / rate, steady)
        before = self._growth_before()
        if before is None or 1 / CHANGED_RATIO < rate / before < CHANGED_RATIO:
            return sqrt(steady * together)
        # The rate is that of the middle of the time over which it was measured.
        return max(together - self._age(), 0.0) if before <= 0 or rate > before else steady

    def _age(self) -> float:
        return (self.iteration - self.checkpoints[-RECENT_POINTS][0]) / 2 + self.iteration / TREND_PARTS

    def _growth_before(self) -> float | None:
        """Growth per iteration in the third before the last; None where it was not measured."""
        if len(self.checkpoints) < RECENT_POINTS + RECENT_POINTS // 2:
            return None
        (start, low), (stop, high) = self.checkpoints[0], self.checkpoints[-RECENT_POINTS]
        return (high - low) / (stop - start) / (1 - 1 / TREND_PARTS) or None


def _above(share: float, chance: float) -> float:
    return (share - chance) / ((1 - chance) or 1.0)


def _noise(shares: Sequence[float]) -> float:
    """Standard deviation of the loss of a guess from image to image, over its mean; 0 for equal shares."""
    losses = [(share, -log(share)) for share in shares if share > 0]
    mean = sum(share * loss for share, loss in losses)
    return sqrt(sum(share * (loss - mean) ** 2 for share, loss in losses)) / mean if mean else 0.0
