"""Faults of settings: which networks have them, what a remedy mends beside its own, and that healthy ones have none."""

from typing import Any

import pytest

from model.config.config import Config
from model.config.presets import PRESETS
from model.diagnosis.faults import FAULTS, faults, fitting, usual_rate, weights_factor
from model.diagnosis.prognosis import chance
from model.diagnosis.remedies import remedies
from model.diagnosis.verdict import Cause
from model.nn.activations import Activation

SICK: dict[Cause, dict[str, Any]] = {
    Cause.SYMMETRIC: {"init": "zeros"},
    Cause.PIXELS: {"pixels": "raw"},
    Cause.LARGE_WEIGHTS: {"hidden": [50] * 6, "init": "gauss", "init_std": 1.0},
    Cause.SLOPE: {"hidden": [50] * 6, "activation": "sigmoid", "init": "xavier"},
    Cause.SMALL_WEIGHTS: {"hidden": [50] * 6, "init": "gauss", "init_std": 0.01},
    Cause.WEIGHT_DECAY: {"weight_decay": 1.0},
    Cause.CLIPPING: {"clip_norm": 0.001},
    Cause.LEARNING_RATE_HIGH: {"learning_rate": 3.0},
    Cause.HIGH_MOMENTUM: {"optimizer": "momentum", "momentum": 0.99},
    Cause.SMALL_BATCH: {"batch_size": 2},
    Cause.NARROW_LAYER: {"hidden": [40, 2]},
    Cause.LEARNING_RATE_LOW: {"learning_rate": 1e-4},
    Cause.OUTPUT_SLOPE: {"loss": "squared"},
    Cause.TOO_DEEP: {"hidden": [12] * 12},
    Cause.STALE_AVERAGES: {"norm": "batch-before", "bn_momentum": 0.9999},
}
HEALTHY = [preset for preset in PRESETS if preset.name in ("relu-he", "sigmoid-xavier", "deep-he", "sigmoid-gauss-bn")]


def test_that_every_fault_has_a_network_that_has_it_alone() -> None:
    assert SICK.keys() == {fault.cause for fault in FAULTS}


@pytest.mark.parametrize("cause", SICK, ids=lambda cause: cause.key)
def test_that_a_network_has_the_fault_of_its_setting_and_its_first_remedy_mends_it(cause: Cause) -> None:
    config = Config.from_json(SICK[cause])
    assert cause in faults(config)
    first = remedies(cause, config)[0]
    assert not faults(first.of(config)), first.label


@pytest.mark.parametrize("preset", HEALTHY, ids=lambda preset: preset.name)
def test_that_presets_that_learn_have_no_fault(preset: Any) -> None:
    assert not faults(preset.config)


def test_that_a_remedy_mends_a_second_fault_in_the_same_click() -> None:
    zeros = Config.from_json({"init": "zeros", "batch_size": 1})
    assert [each.label for each in remedies(Cause.SYMMETRIC, zeros)] == ["He weights and batch of 100"]
    deep = Config.from_json({"hidden": [50] * 20, "activation": "selu"})
    assert remedies(Cause.LARGE_WEIGHTS, deep)[0].label == "Xavier weights and learning rate 0.01"


@pytest.mark.parametrize("activation", Activation)
def test_that_fitting_weights_are_neither_small_nor_large(activation: Activation) -> None:
    config = Config(hidden=(30,) * 12, activation=activation, init=fitting(activation))
    assert weights_factor(config) == 0


def test_that_many_unbounded_layers_take_a_tenth_of_the_usual_rate() -> None:
    assert usual_rate(Config()) == 0.1
    assert usual_rate(Config(hidden=(20,) * 20)) == 0.01
    assert usual_rate(Config(hidden=(20,) * 20).replace(norm="batch-before")) == 0.1
    assert usual_rate(Config(hidden=(20,) * 20, activation=Activation.TANH)) == 0.1


@pytest.mark.parametrize(
    ("activation", "layers", "learns"),
    [("relu", 2, True), ("relu", 5, True), ("relu", 8, False), ("tanh", 8, True), ("tanh", 12, False)],
)
def test_that_pytorchs_weights_are_too_small_where_training_showed_them_to_be(
    activation: str, layers: int, *, learns: bool
) -> None:
    """Layers of 50 units, 1,000 iterations: 93, 89, 11, 88 and, of 30 units, 11 % of the test images were right."""
    config = Config.from_json({"hidden": [50] * layers, "activation": activation, "init": "pytorch"})
    assert (Cause.SMALL_WEIGHTS not in faults(config)) == learns
    assert (chance(config) > 0.8) == learns
    if not learns:
        labels = [remedy.label for remedy in remedies(Cause.SMALL_WEIGHTS, config)]
        assert any(label.startswith(("He weights", "Xavier weights")) for label in labels), labels
