"""Verdicts: a condition, since when, its cause, the figures that its sentence is made from, and the remedies."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from model.base.choices import Choice
from model.base.errors import InputError
from model.base.language import Message, english, shown
from model.config.config import Config
from model.diagnosis import cause_sentences, condition_sentences
from model.diagnosis.figures import OF_PLACE, NamedFigures, known

MOST_REMEDIES = 3  # of one verdict


@shown("label", "help")
@dataclass(frozen=True)
class ConditionMeaning:
    """Label of a condition on screen, and its meaning in one sentence.

    `words` makes what is said of a run in it, from the figures of its verdict and the sentence on its cause.
    """

    label: str
    words: Callable[[NamedFigures, str], str]
    help: str


@shown("label", "help")
@dataclass(frozen=True)
class CauseMeaning:
    """Label of a cause on screen, and its meaning in one sentence.

    `words` makes what is said of it, from the figures of a verdict; None where its meaning is said.
    """

    label: str
    words: Callable[[NamedFigures], str] | None
    help: str


class Condition(Choice):
    """Condition of a run; the rules are in model.diagnosis.diagnosis."""

    # fmt: off
    EARLY = ConditionMeaning("Too early to say", condition_sentences.early,
                             "The first iterations look alike whether a network will learn or not.")
    LEARNING = ConditionMeaning("Learning", condition_sentences.learning,
                                "Test accuracy has left chance and is on its way to three quarters or more.")
    SLOW = ConditionMeaning("Slow", condition_sentences.slow,
                            "It learns, but at this pace it will not know three quarters when the run ends.")
    STUCK = ConditionMeaning("Stuck", condition_sentences.stuck,
                             "It guesses, but its signal is growing, or it is too early to tell: it may escape.")
    LATE = ConditionMeaning("Late", condition_sentences.late,
                            "It guessed for a long time, until its signal had grown enough; then it learned.")
    DEAD = ConditionMeaning("Dead", condition_sentences.dead,
                            "It guesses, and would go on guessing if the run took twice as many iterations.")
    DIVERGED = ConditionMeaning("Diverged", condition_sentences.diverged,
                                "Its numbers have left the range of floating point.")
    # fmt: on


# Conditions of runs that have learned or will, and of those that never will.
HEALTHY = (Condition.LEARNING, Condition.LATE)
FATAL = (Condition.DEAD, Condition.DIVERGED)


class Cause(Choice):
    """Cause of a run that does not learn well."""

    # fmt: off
    NONE = CauseMeaning("None", None,
                        "The gradient reaches every layer.")
    SMALL_WEIGHTS = CauseMeaning("Small weights", cause_sentences.small_factors,
                                 "At each layer the weights shrink signal and gradient.")
    SLOPE = CauseMeaning("Slope of the activation", cause_sentences.small_factors,
                         "At each layer the activation's slope shrinks the gradient.")
    SATURATION = CauseMeaning("Saturation", cause_sentences.saturated_units,
                              "Weights are so large that most units sit on the flat ends of the activation.")
    SYMMETRIC = CauseMeaning("Identical units", cause_sentences.same_units,
                             "Units that start equal get equal gradients and stay equal.")
    DEAD_UNITS = CauseMeaning("Dead units", cause_sentences.dead_units,
                              "Units that output 0 for every image pass no gradient back.")
    LARGE_WEIGHTS = CauseMeaning("Large weights", cause_sentences.large_weights,
                                 "At each layer the weights multiply signal and gradient.")
    LEARNING_RATE_LOW = CauseMeaning("Low learning rate", cause_sentences.short_steps,
                                     "The gradient arrives, but each step hardly moves the weights.")
    LEARNING_RATE_HIGH = CauseMeaning("High learning rate", cause_sentences.long_steps,
                                      "Each step jumps over what it aims at.")
    PIXELS = CauseMeaning("Pixels' scale", cause_sentences.pixels_scale,
                          "The numbers that the network is given are too large or too small for its weights.")
    WEIGHT_DECAY = CauseMeaning("Weight decay", cause_sentences.weight_decay,
                                "It pulls the weights to zero faster than the gradient moves them away.")
    CLIPPING = CauseMeaning("Clipping", cause_sentences.clipping,
                            "The gradient is shortened so much that the steps are tiny.")
    HIGH_MOMENTUM = CauseMeaning("High momentum", cause_sentences.high_momentum,
                                 "A step goes on for so long that it overshoots.")
    SMALL_BATCH = CauseMeaning("Small batch", cause_sentences.few_images,
                               "A few images tell too little: their mean is noise, and so is their gradient.")
    NARROW_LAYER = CauseMeaning("Narrow layer", cause_sentences.narrow_layer,
                                "So few units cannot tell the classes apart for the layers behind them.")
    OUTPUT_SLOPE = CauseMeaning("Slope of the outputs", cause_sentences.output_slope,
                                "Under squared error the error has to pass the outputs' own slope: where they are "
                                "surely wrong, it is nearly flat.")
    TOO_DEEP = CauseMeaning("Many layers", cause_sentences.many_layers,
                            "Through so many layers neither signal nor gradient stays what it was.")
    STALE_AVERAGES = CauseMeaning("Stale running averages", cause_sentences.stale_averages,
                                  "Tests use averages over batches that follow the network too slowly.")
    BY_HEART = CauseMeaning("Learned by heart", cause_sentences.by_heart,
                            "It knows its training images and little else: no gradient helps.")
    # fmt: on

    def sentence(self, figures: NamedFigures) -> str:
        """Say what it has done, with its figures; what it means where they tell nothing of it."""
        words = self.value.words
        return words(figures) if words and not figures.keys() <= OF_PLACE else self.help


@dataclass(frozen=True)
class Remedy:
    """Remedy for a cause: settings to change, and in `words` the label of its button.

    `within` is its label within a sentence, where that is another. `parts` are the labels of the changes that a remedy
    is made of, if it is made of several.
    """

    words: Message | str
    changes: dict[str, Any]
    within: Message | None = field(default=None, kw_only=True, compare=False)
    parts: tuple[Message | str, ...] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        if isinstance(self.words, str):
            object.__setattr__(self, "words", Message(self.words))

    @property
    def label(self) -> str:
        """The label of its button."""
        return str(self.words)

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
    """Verdict on a run; `since` is the iteration at which its guessing or learning began, or it diverged.

    `figures` are those of its condition and its cause, as model.diagnosis.figures keeps them. `said` is the sentence of
    a run stored by a program that kept no figures, else ''.
    """

    condition: Condition
    since: int
    cause: Cause
    figures: NamedFigures = field(default_factory=dict)
    remedies: tuple[Remedy, ...] = ()
    said: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "figures", known(self.figures))

    @property
    def sentence(self) -> str:
        """What is said of the run, for students: made from the figures."""
        return self.said or str(self.condition.value.words(self.figures, self.cause.sentence(self.figures)))


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Convert a verdict to types that JSON can hold; its sentence is English."""
    with english():
        return {
            "class": verdict.condition.key,
            "since": verdict.since,
            "cause": verdict.cause.key,
            "sentence": verdict.sentence,
            "figures": dict(verdict.figures),
        }
