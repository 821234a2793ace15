"""Verdicts: a condition, since when, its cause, one sentence and the remedies for that cause."""

from dataclasses import dataclass
from typing import Any

from model.base.choices import Choice
from model.base.errors import InputError
from model.config.config import Config


@dataclass(frozen=True)
class Meaning:
    """Label of a condition or a cause on screen, and its meaning in one sentence."""

    label: str
    help: str


class Condition(Choice):
    """Condition of a run; the rules are in model.diagnosis.diagnosis."""

    EARLY = Meaning("Too early to say", "The first iterations look alike whether a network will learn or not.")
    LEARNING = Meaning("Learning", "Test accuracy has left chance and is on its way to three quarters or more.")
    SLOW = Meaning("Slow", "It learns, but at this pace it will not know three quarters when the run ends.")
    STUCK = Meaning("Stuck", "It guesses, but its signal is growing, or it is too early to tell: it may escape.")
    LATE = Meaning("Late", "It guessed for a long time, until its signal had grown enough; then it learned.")
    DEAD = Meaning("Dead", "It guesses, and would go on guessing if the run took twice as many iterations.")
    DIVERGED = Meaning("Diverged", "Its numbers have left the range of floating point.")


# Conditions of runs that have learned or will, and of those that never will.
HEALTHY = (Condition.LEARNING, Condition.LATE)
FATAL = (Condition.DEAD, Condition.DIVERGED)


class Cause(Choice):
    """Cause of a run that does not learn well."""

    NONE = Meaning("None", "The gradient reaches every layer.")
    SMALL_WEIGHTS = Meaning("Small weights", "At each layer the weights shrink signal and gradient.")
    SLOPE = Meaning("Slope of the activation", "At each layer the activation's slope shrinks the gradient.")
    SATURATION = Meaning("Saturation", "Weights are so large that most units sit on the flat ends of the activation.")
    SYMMETRIC = Meaning("Identical units", "Units that start equal get equal gradients and stay equal.")
    DEAD_UNITS = Meaning("Dead units", "Units that output 0 for every image pass no gradient back.")
    LARGE_WEIGHTS = Meaning("Large weights", "At each layer the weights multiply signal and gradient.")
    LEARNING_RATE_LOW = Meaning("Low learning rate", "The gradient arrives, but each step hardly moves the weights.")
    LEARNING_RATE_HIGH = Meaning("High learning rate", "Each step jumps over what it aims at.")
    PIXELS = Meaning(
        "Pixels' scale", "The numbers that the network is given are too large or too small for its weights."
    )
    WEIGHT_DECAY = Meaning("Weight decay", "It pulls the weights to zero faster than the gradient moves them away.")
    CLIPPING = Meaning("Clipping", "The gradient is shortened so much that the steps are tiny.")
    HIGH_MOMENTUM = Meaning("High momentum", "A step goes on for so long that it overshoots.")
    SMALL_BATCH = Meaning("Small batch", "A few images tell too little: their mean is noise, and so is their gradient.")
    NARROW_LAYER = Meaning("Narrow layer", "So few units cannot tell the classes apart for the layers behind them.")
    BY_HEART = Meaning("Learned by heart", "It knows its training images and little else: no gradient helps.")


@dataclass(frozen=True)
class Remedy:
    """Remedy for a cause: settings to change, and the label of its button."""

    label: str
    changes: dict[str, Any]

    def of(self, config: Config) -> Config:
        """Apply the remedy to `config`; raises InputError where a setting cannot be changed so."""
        return config.replace(**self.changes)

    def matters(self, config: Config) -> bool:
        """Whether `config` can take the remedy and becomes another by it."""
        try:
            return self.of(config) != config
        except InputError:
            return False


@dataclass(frozen=True)
class Verdict:
    """Verdict on a run; `since` is the iteration at which its guessing or learning began, or it diverged."""

    condition: Condition
    since: int
    cause: Cause
    sentence: str
    remedies: tuple[Remedy, ...] = ()


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Convert a verdict to types that JSON can hold."""
    return {
        "class": verdict.condition.key,
        "since": verdict.since,
        "cause": verdict.cause.key,
        "sentence": verdict.sentence,
    }
