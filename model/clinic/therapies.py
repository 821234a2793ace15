"""Therapies: what can be done about a patient, the same list for all, so that the list tells nothing of any of them."""

from collections.abc import Callable
from dataclasses import dataclass

from model.base.choices import Choice
from model.config.config import Config
from model.cures.single_changes import SingleChange, single_changes

Fits = Callable[[SingleChange, Config], bool]


@dataclass(frozen=True)
class TherapyMeaning:
    """Label and help of a therapy on screen, and the single changes that it can be, by their keys, the first first."""

    label: str
    keys: tuple[str, ...]
    help: str
    fits: Fits | None = None


def _is_higher(change: SingleChange, config: Config) -> bool:
    return bool(change.changes["learning_rate"] > config.optimizer.learning_rate)


def _is_lower(change: SingleChange, config: Config) -> bool:
    return not _is_higher(change, config)


class Therapy(Choice):
    """What can be tried on a patient: one setting made healthy."""

    # fmt: off
    WEIGHTS = TherapyMeaning("Weights that fit", ("initial-weights",),
                             "Initial weights made for the activation: He for ReLU and its kin, else Xavier.")
    ACTIVATION = TherapyMeaning("ReLU with He weights", ("activation",),
                                "Another activation, with the weights made for it.")
    LEAKY = TherapyMeaning("Leaky ReLU", ("leaky",), "ReLU whose units cannot die.")
    BATCH_NORM = TherapyMeaning("Batch norm", ("norm-batch-before",), "Normalised over the batch, before activations.")
    LAYER_NORM = TherapyMeaning("Layer norm", ("norm-layer-before",), "Normalised image by image, before activations.")
    NO_NORM = TherapyMeaning("No normalisation", ("norm-none",), "Neither batch nor layer norm.")
    RESIDUAL = TherapyMeaning("Residual connections", ("residual",), "The gradient has a way around the layers.")
    HIGHER_RATE = TherapyMeaning("Higher learning rate", ("usual-rate", "tenfold-rate"),
                                 "The optimiser's usual one if that is higher, else ten times as high.", _is_higher)
    LOWER_RATE = TherapyMeaning("Lower learning rate", ("usual-rate", "tenth-rate"),
                                "The optimiser's usual one if that is lower, else a tenth.", _is_lower)
    PIXELS = TherapyMeaning("Pixels from 0 to 1", ("pixels",), "The images scaled as usual.")
    LOSS = TherapyMeaning("Cross-entropy", ("loss",), "With softmax outputs, instead of squared error.")
    WIDTH = TherapyMeaning("Wider layers", ("width",), "At least 50 units in each.")
    DEPTH = TherapyMeaning("Fewer layers", ("depth",), "The first two hidden layers only.")
    BATCH = TherapyMeaning("Batch of 100", ("batch",), "As many images per step as usual.")
    MOMENTUM = TherapyMeaning("Usual momentum", ("momentum",), "To 0.9, where it is higher.")
    NO_DECAY = TherapyMeaning("No weight decay", ("weight-decay",), "Nothing pulls the weights to zero.")
    NO_CLIPPING = TherapyMeaning("No clipping", ("clipping",), "The gradient as long as it is.")
    AVERAGE = TherapyMeaning("Usual running average", ("running-average",), "To 0.9, where batch norm's is slower.")
    # fmt: on

    def change_of(self, config: Config) -> SingleChange | None:
        """The change that it is for a network; None where it changes nothing or cannot be taken."""
        meaning: TherapyMeaning = self.value
        there = [each for each in single_changes(config) if each.key in meaning.keys]
        fitting = [each for each in there if meaning.fits is None or meaning.fits(each, config)]
        return min(fitting, key=lambda each: meaning.keys.index(each.key), default=None)
