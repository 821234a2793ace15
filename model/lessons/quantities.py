"""The quantities that lessons measure: the Enum `MeasuredQuantity` is the only list of them.

Each is a function whose arguments are what a lesson writes in brackets: `signal(layer=10, at=100)`. One whose first
argument is `run` is measured in a run, the others are computed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from inspect import Parameter, signature
from types import MappingProxyType
from typing import Any

from model.base.choices import Choice
from model.base.errors import InputError
from model.lessons import computed_quantities as computed
from model.lessons import run_quantities as of_run
from model.lessons.finished_run import FinishedRun
from model.lessons.units import Unit, Value
from model.nn.activations import Activation
from model.nn.initializers import Initializer


@dataclass(frozen=True)
class QuantityMeaning:
    """What a quantity is called, how it is found and written, and what it is in one sentence."""

    label: str
    find: Callable[..., Value]
    unit: Unit
    help: str


def _layer(text: str) -> int:
    return 0 if text == "output" else _whole(text)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise InputError(f"'{text:.20}' is no whole number.")
    return int(text)


def _real(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InputError(f"'{text:.20}' is no number.") from None


# How an argument is read, by its name.
READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "layer": _layer,
        "at": _whole,
        "of": str,
        "stage": str,
        "part": str,
        "n": _whole,
        "layers": _whole,
        "classes": _whole,
        "digit": _whole,
        "image": _whole,
        "init": Initializer.named,
        "activation": Activation.named,
        "x": _real,
        "y": _real,
        "std": _real,
    }
)


class MeasuredQuantity(Choice):
    """What a bet, or a figure in a text, can be about."""

    # fmt: off
    ACCURACY = QuantityMeaning("Test accuracy", of_run.accuracy, Unit.SHARE,
                               "Share of the test images answered rightly.")
    TRAIN_ACCURACY = QuantityMeaning("Batch accuracy", of_run.train_accuracy, Unit.SHARE,
                                     "Share of a training batch answered rightly.")
    LOSS = QuantityMeaning("Loss", of_run.loss, Unit.NUMBER, "Loss on a training batch.")
    ANSWERS = QuantityMeaning("Different answers", of_run.different_answers, Unit.COUNT,
                              "How many different digits it answers to all test images.")
    COMMON_ANSWER = QuantityMeaning("Most frequent answer", of_run.common_answer, Unit.COUNT,
                                    "The digit that it answers most often.")
    CONDITION = QuantityMeaning("Condition", of_run.condition, Unit.CONDITION, "The verdict's condition.")
    CAUSE = QuantityMeaning("Cause", of_run.cause, Unit.CAUSE, "The verdict's cause.")
    ESCAPE = QuantityMeaning("Leaves guessing", of_run.escape, Unit.ITERATION,
                             "The iteration at which it began to learn.")
    REACH = QuantityMeaning("Gradient that arrives", of_run.reach, Unit.RATIO,
                            "RMS(δ) of a layer, the first if none is named, over that of the output.")
    GAIN = QuantityMeaning("Factor", of_run.gain, Unit.RATIO, "What one stage of a layer leaves of the gradient.")
    SLOPE_PRODUCT = QuantityMeaning("Product of the slopes", of_run.slope_product, Unit.RATIO,
                                    "What the slopes of all hidden layers leave of the gradient.")
    WEIGHTS_PRODUCT = QuantityMeaning("Product of the weights", of_run.weights_product, Unit.RATIO,
                                      "What the weights of all layers above the first leave of the gradient.")
    SIGNAL = QuantityMeaning("Signal", of_run.signal, Unit.RATIO, "Spread of a layer's outputs over images.")
    SHARE = QuantityMeaning("Share of units", of_run.share, Unit.SHARE,
                            "Share of a layer's units that are dead, saturated or off; of the layers, those alike.")
    UPDATE = QuantityMeaning("Update ratio", of_run.update, Unit.RATIO,
                             "RMS of a layer's step over that of its weights.")
    PATH = QuantityMeaning("Factor of one weight's gradient", of_run.path, Unit.NUMBER,
                           "Part a, slope, w or delta of that weight of a layer that has the largest gradient.")
    WEIGHT = QuantityMeaning("Size of the weights", of_run.weight, Unit.RATIO, "RMS of a layer's weights.")
    STD = QuantityMeaning("Standard deviation", computed.std, Unit.NUMBER, "That of a layer's initial weights.")
    MAX_SLOPE = QuantityMeaning("Largest slope", computed.max_slope, Unit.NUMBER, "Largest slope of an activation.")
    SLOPE_BOUND = QuantityMeaning("Bound of the slopes", computed.slope_bound, Unit.RATIO,
                                  "The largest slope to the power of the layers.")
    VARIANCE_KEPT = QuantityMeaning("Variance kept", computed.variance_kept, Unit.NUMBER,
                                    "E[f(z)²] over Var(z), drawn a million times.")
    CHAIN_RULE = QuantityMeaning("Chain rule", computed.chain_rule, Unit.NUMBER,
                                 "Slope dz/dx of z = (x + y)², through t.")
    CENTRAL_DIFFERENCE = QuantityMeaning("Central difference", computed.central_difference, Unit.NUMBER,
                                         "Slope dz/dx of z = (x + y)², by nudging x.")
    GUESSING_LOSS = QuantityMeaning("Loss of guessing", computed.guessing_loss, Unit.NUMBER,
                                    "Logarithm of the number of classes.")
    CLASS_SHARE = QuantityMeaning("Share of a digit", computed.class_share, Unit.SHARE,
                                  "Share of the test images that are this digit.")
    # fmt: on

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """What it takes in brackets, by name."""
        found = signature(self.value.find).parameters
        return {name: parameter for name, parameter in found.items() if name != "run"}

    @cached_property
    def of_run(self) -> bool:
        """Whether it is measured in a run."""
        return "run" in signature(self.value.find).parameters

    @property
    def unit(self) -> Unit:
        """Its unit."""
        found: Unit = self.value.unit
        return found

    def read(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Check and convert what is written in brackets; raises InputError."""
        usage = ", ".join(self.parameters) or "nothing"
        for name in given:
            if name not in self.parameters:
                raise InputError(f"{self.key} takes {usage} in brackets, not {name}.")
        for name, parameter in self.parameters.items():
            if parameter.default is Parameter.empty and name not in given:
                raise InputError(f"{self.key} needs {name} in brackets.")
        return {name: READERS[name](text) for name, text in given.items()}

    def find(self, run: FinishedRun | None, arguments: Mapping[str, Any]) -> Value:
        """Measure it in `run`, or compute it; raises InputError where the run has no such figure."""
        first = (run,) if self.of_run else ()
        found: Value = self.value.find(*first, **arguments)
        return found
