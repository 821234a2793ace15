"""What is said of each cause: word for word, from its figures alone."""

from math import inf

import pytest

from model.base.number_format import THIN
from model.data.pixel_scaling import Pixels
from model.diagnosis.cause_figures import FINDERS
from model.diagnosis.figures import NamedFigures, known
from model.diagnosis.verdict import Cause
from tests.support.verdicts import NAMES

OF_THE_WAY: dict[str, int | float | str | None] = {"layers": 3, "weights": 0.045, "slope": 0.25, "reach": 1 / 4900}
SENTENCES: list[tuple[Cause, NamedFigures, str]] = [
    (Cause.NONE, {}, "The gradient reaches every layer."),
    (
        Cause.SYMMETRIC,
        {"layer": 1, "layers": 2},
        "All units of layer 2 are identical: they started equal and get equal gradients.",
    ),
    (
        Cause.DEAD_UNITS,
        {"layer": 0, "layers": 2, "dead": 0.95, "batch_size": 100},
        "95 % of layer 1's units output 0 for every image and pass no gradient back.",
    ),
    (
        Cause.DEAD_UNITS,
        {"layer": 0, "layers": 2, "dead": 0.95, "batch_size": 20},
        "95 % of layer 1's units output 0 for every image of a batch and pass no gradient back.",
    ),
    (
        Cause.SATURATION,
        {"layer": 0, "layers": 0, "saturated": 0.612},
        "61 % of output's units are saturated, where there is no slope: the weights are too large.",
    ),
    (
        Cause.LARGE_WEIGHTS,
        {"signal_gain": 3.21, "first_loss": 1234.5},
        "Each layer multiplied the signal by 3.2: the loss began at 1 230.",
    ),
    (
        Cause.LARGE_WEIGHTS,
        {"signal_gain": 1e9, "first_loss": inf},
        "Each layer multiplied the signal by 1·10⁹: the loss began at ∞.",
    ),
    (
        Cause.LEARNING_RATE_HIGH,
        {"learning_rate": 3.0, "layer": 1, "layers": 2, "dead": 0.9},
        "Steps of learning rate 3 killed 90 % of layer 2's units: they output 0 and pass nothing back.",
    ),
    (
        Cause.LEARNING_RATE_HIGH,
        {"learning_rate": 3.0, "layer": 1, "layers": 2, "saturated": 0.9},
        "Steps of learning rate 3 drove 90 % of layer 2's units to the flat ends of the activation.",
    ),
    (Cause.LEARNING_RATE_HIGH, {"learning_rate": 3.0}, "With learning rate 3 each step jumps over what it aims at."),
    (
        Cause.LEARNING_RATE_LOW,
        {"learning_rate": 1e-6, "update_ratio": 1e-5},
        "The gradient arrives, but learning rate 1·10⁻⁶ is small: a step changes the weights by 1/100 "
        "000 of their size.",
    ),
    (
        Cause.LEARNING_RATE_LOW,
        {"learning_rate": 1e-3},
        "The gradient arrives, but learning rate 0.001 is small: its steps are short.",
    ),
    (
        Cause.SMALL_WEIGHTS,
        {**OF_THE_WAY, "when": "now"},
        "Layer 1 receives 1/4 900 of the output's gradient: the weights pass 4.5 % of it at each layer, "
        "the slope 25 %.",
    ),
    (
        Cause.SMALL_WEIGHTS,
        {**OF_THE_WAY, "when": "now", "layer": 2, "saturated": 0.02, "gain_of_batch_norm": 0.5, "activation": "elu"},
        "Layer 1 receives 1/4 900 of the output's gradient: the weights pass 4.5 % of it at each layer, "
        "the slope 25 %, "
        "batch norm 50 %; 2 % of layer 3 is saturated; weights made for ELU make up for its slope.",
    ),
    (
        Cause.SLOPE,
        {**OF_THE_WAY, "layers": 1, "when": "start", "layer": 0, "saturated": 0.001, "gain_of_residual": 1.2},
        "At the start layer 1 received 1/4 900 of the output's gradient: the weights passed 4.5 % of "
        "it, the slope 25 %, "
        "residual layers 120 %; nothing was saturated.",
    ),
    (
        Cause.PIXELS,
        {"pixels": Pixels.RAW.key, "input_std": 66.3},
        "The pixels differ between images by 66: too large for weights made for 0 to 1.",
    ),
    (
        Cause.PIXELS,
        {"pixels": Pixels.UNIT.key, "input_std": 0.0123},
        "The pixels differ between images by 0.012: too small for weights made for 0 to 1.",
    ),
    (
        Cause.WEIGHT_DECAY,
        {"weight_decay": 0.5, "weights_left": 0.034},
        "Weight decay 0.5 has brought weights down to 3.4 % of their size.",
    ),
    (
        Cause.CLIPPING,
        {"clip_norm": 0.001},
        "The whole gradient is shortened to 0.001: a step changes layer 1's weights by hardly any of their size.",
    ),
    (
        Cause.CLIPPING,
        {"clip_norm": 0.001, "update_ratio": 2e-5},
        "The whole gradient is shortened to 0.001: a step changes layer 1's weights by 1/50 000 of their size.",
    ),
    (
        Cause.HIGH_MOMENTUM,
        {"momentum": 0.99, "gradients": 100.0},
        "With momentum 0.99 each step is that of 100 gradients together: it overshoots.",
    ),
    (
        Cause.SMALL_BATCH,
        {"batch_size": 2},
        "Batch norm compares only 2 images: their mean and spread tell almost nothing of the others.",
    ),
    (
        Cause.SMALL_BATCH,
        {"batch_size": 1, "learning_rate": 0.1},
        "Learning rate 0.1 is a long step to take on the word of one image.",
    ),
    (
        Cause.NARROW_LAYER,
        {"layer": 1, "layers": 3, "units": 1},
        "Layer 2 has 1 unit: all that the images differ by has to pass through.",
    ),
    (
        Cause.OUTPUT_SLOPE,
        {"output_slope": 0.076},
        "Under squared error the outputs' own slope passes 7.6 % of the error: softmax passes all of it.",
    ),
    (
        Cause.TOO_DEEP,
        {"depth": 30, "units": 15},
        "Through 30 layers of 15 units what tells images apart gets lost, however well the weights fit.",
    ),
    (
        Cause.TOO_DEEP,
        {"depth": 30, "residual": "on"},
        "Each of 30 residual layers adds to the signal, and nothing brings it back to its size.",
    ),
    (
        Cause.STALE_AVERAGES,
        {"train_accuracy": 0.972, "bn_momentum": 0.9999},
        "Of its batches it knows 97.2 %: with 0.9999 the running averages that tests use lag behind.",
    ),
    (
        Cause.BY_HEART,
        {"train_accuracy": 1.0},
        "100 % of the training images are right: it has learned them by heart, and no remedy for gradients helps.",
    ),
]


@pytest.mark.parametrize(("cause", "figures", "sentence"), SENTENCES)
def test_that_a_cause_is_told_with_its_figures(cause: Cause, figures: NamedFigures, sentence: str) -> None:
    assert cause.sentence(known(figures)).replace(THIN, " ") == sentence


@pytest.mark.parametrize("kept", ["0.9", "0.99", "0.999", "0.9999"])
@pytest.mark.parametrize(("cause", "name"), [(Cause.STALE_AVERAGES, "bn_momentum"), (Cause.HIGH_MOMENTUM, "momentum")])
def test_that_an_average_just_below_1_is_not_called_1(cause: Cause, name: str, kept: str) -> None:
    figures: NamedFigures = {"train_accuracy": 0.9, "gradients": 10.0, name: float(kept)}
    assert f"ith {kept} " in cause.sentence(known(figures)).replace("momentum ", "")


def test_that_every_cause_is_among_these_and_every_figure_among_those_that_other_tests_try() -> None:
    assert {cause for cause, _, _ in SENTENCES} == set(Cause)
    assert {name for _, figures, _ in SENTENCES for name in figures} <= set(NAMES)


def test_that_a_cause_has_figures_if_and_only_if_it_has_words_for_them() -> None:
    assert set(FINDERS) == {cause for cause in Cause if cause.value.words}
