"""The remedies of each cause, and the words of conditions, causes and numbers."""

from typing import Any

import pytest
from hypothesis import given

from model.base.number_format import count, portion, rounded, rounded_percent
from model.config.config import Config
from model.data.pixel_scaling import Pixels
from model.diagnosis.faults import fitting
from model.diagnosis.offers import OFFERS
from model.diagnosis.prognosis import chance
from model.diagnosis.remedies import LIKELY, remedies
from model.diagnosis.verdict import MOST_REMEDIES, Cause, Condition
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.normalization import Norm
from model.nn.optimizers import Optimizer
from tests.support.hypothesis_strategies import settings_of_a_run

CONFIGS = [
    Config(hidden=hidden, activation=activation, init=init, norm=placement, optimizer=kind())
    for hidden in ((), (10,), (20,) * 6)
    for activation in Activation
    for init in (Initializer.ZEROS, Initializer.GAUSS, fitting(activation))
    for placement in (Norm.NONE, Norm.BATCH_BEFORE)
    for kind in Optimizer.kinds.values()
]


@pytest.mark.parametrize("cause", Cause)
def test_that_every_remedy_is_another_config_that_can_be_run(cause: Cause) -> None:
    for config in CONFIGS:
        found = remedies(cause, config)
        assert len(found) <= MOST_REMEDIES
        assert len({remedy.label for remedy in found}) == len(found)
        for remedy in found:
            assert remedy.of(config) != config
            assert remedy.label[0].isupper()


def test_that_every_cause_has_its_offers_and_what_is_no_cause_has_none() -> None:
    assert set(OFFERS) == set(Cause)
    assert not remedies(Cause.NONE, Config())
    assert not remedies(Cause.BY_HEART, Config())


SHOWN_BY: dict[Cause, dict[str, object]] = {
    Cause.PIXELS: {"pixels": "0-to-255"},
    Cause.WEIGHT_DECAY: {"weight_decay": 1.0},
    Cause.CLIPPING: {"clip_norm": 0.001},
    Cause.HIGH_MOMENTUM: {"optimizer": "momentum", "momentum": 0.99},
    Cause.SMALL_BATCH: {"batch_size": 2},
    Cause.NARROW_LAYER: {"hidden": [40, 2]},
    Cause.TOO_DEEP: {"hidden": [20] * 20},
    Cause.OUTPUT_SLOPE: {"loss": "squared"},
    Cause.STALE_AVERAGES: {"norm": "batch-before", "bn_momentum": 0.999},
}


@pytest.mark.parametrize("cause", [cause for cause in Cause if OFFERS[cause].removing])
def test_that_every_cause_has_a_remedy_for_the_network_that_shows_it(cause: Cause) -> None:
    gauss = Config(activation=Activation.SIGMOID, init=Initializer.GAUSS)
    assert remedies(cause, gauss.replace(**SHOWN_BY.get(cause, {})))


def test_that_a_remedy_does_not_repeat_what_failed() -> None:
    """Weights of the right size cure two sigmoids; six in a row take 4⁶ of the gradient whatever the weights do."""
    gauss = Config(activation=Activation.SIGMOID, init=Initializer.GAUSS)
    assert "Xavier weights" in [each.label for each in remedies(Cause.SMALL_WEIGHTS, gauss)]
    deep = gauss.replace(hidden=(20,) * 6)
    assert "Xavier weights" not in [each.label for each in remedies(Cause.SMALL_WEIGHTS, deep)]
    normed = gauss.replace(norm="batch-before")
    assert "Batch norm" not in [each.label for each in remedies(Cause.SLOPE, normed)]


def test_that_batch_norm_is_not_offered_to_batches_of_one() -> None:
    alone = Config(activation=Activation.SIGMOID, init=Initializer.GAUSS, batch_size=1)
    found = [each.label for each in remedies(Cause.SMALL_WEIGHTS, alone)]
    assert found == ["Xavier weights and batch of 100", "ReLU with He weights and batch of 100"]


def test_that_identical_units_are_only_cured_by_weights_that_differ() -> None:
    for activation in Activation:
        zeros = Config(activation=activation, init=Initializer.ZEROS)
        assert [each.changes for each in remedies(Cause.SYMMETRIC, zeros)] == [{"init": fitting(activation).key}]


def test_that_a_rate_is_brought_to_what_its_optimiser_usually_takes() -> None:
    config = Config().replace(optimizer="adam", learning_rate=0.5)
    assert remedies(Cause.LEARNING_RATE_HIGH, config)[0].changes == {"learning_rate": 0.001}
    slow = Config().replace(learning_rate=0.003)
    assert remedies(Cause.LEARNING_RATE_LOW, slow)[0].changes == {"learning_rate": 0.1}


@pytest.mark.parametrize("kind", [Condition, Cause])
def test_that_conditions_and_causes_have_words(kind: type[Condition] | type[Cause]) -> None:
    for member in kind:
        assert member.label
        assert member.help.endswith(".")
        assert member.key == member.name.lower().replace("_", "-")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rounded(0.012345), "0.0123"), (rounded(4567), "4 570"), (rounded(2.5e8), "2.5·10⁸"), (rounded(0), "0"),
        (rounded(100), "100"), (rounded(0.1), "0.1"), (rounded(9.9999), "10"),
        (rounded_percent(0.045), "4.5 %"), (rounded_percent(0.25), "25 %"),
        (rounded_percent(0.1135, 4), "11.35 %"), (rounded_percent(1), "100 %"),
        (rounded_percent(0), "0 %"), (rounded_percent(2.46), "246 %"),
        (portion(1 / 4_900, "it"), "1/4 900 of it"),
        (portion(0.34, "it"), "34 % of it"), (portion(1, "it"), "all of it"),
        (portion(1.41, "it"), "1.4 times it"), (portion(0, "it"), "nothing of it"),
        (portion(float("nan"), "it"), "nothing of it"),
        (portion(3.3e-11, "it"), "3.3·10⁻¹¹ of it"), (count(12345), "12 345"),
    ],
)  # fmt: skip
def test_that_numbers_are_short_and_readable(text: str, expected: str) -> None:
    assert text.replace("\u202f", " ") == expected


@pytest.mark.parametrize("cause", [cause for cause in Cause if OFFERS[cause].removing])
def test_that_no_remedy_leaves_pixels_that_nobody_scaled(cause: Cause) -> None:
    raw = Config(pixels=Pixels.RAW)
    for remedy in remedies(cause, raw):
        mended = remedy.of(raw)
        assert mended.pixels is Pixels.UNIT or mended.normalises
    others = remedies(cause, Config())
    assert cause is Cause.PIXELS or all("pixels" not in remedy.changes for remedy in others)


@pytest.mark.parametrize(("depth", "offered"), [(2, 0.1), (20, 0.01)])
def test_that_a_deep_network_is_offered_at_most_ten_times_its_rate(depth: int, offered: float) -> None:
    slow = Config(hidden=(100,) * depth).replace(learning_rate=0.001)
    assert remedies(Cause.LEARNING_RATE_LOW, slow)[0].changes == {"learning_rate": offered}


@given(settings_of_a_run())
def test_that_only_what_is_likely_to_cure_is_offered_beside_the_best(chosen: dict[str, Any]) -> None:
    config = Config.from_json(chosen)
    for cause in OFFERS:
        chances = [chance(remedy.of(config)) for remedy in remedies(cause, config)]
        assert len(chances) <= 1 or min(chances) >= LIKELY
        assert len(chances) <= MOST_REMEDIES


@given(settings_of_a_run())
def test_that_a_remedy_is_one_change_or_two(chosen: dict[str, Any]) -> None:
    config = Config.from_json(chosen)
    for cause in OFFERS:
        for remedy in remedies(cause, config):
            assert len(remedy.parts) in (0, 2)
            if remedy.parts:
                first, second = map(str, remedy.parts)
                small = second[:1].lower() + second[1:]
                assert remedy.label in (f"{first} and {small}", f"{first} and {second}")


def test_that_a_second_change_leaves_the_layers_where_they_are_if_it_can() -> None:
    deep = Config.from_json({"hidden": [50] * 20, "activation": "selu"})
    assert remedies(Cause.LARGE_WEIGHTS, deep)[0].changes == {"init": "xavier", "learning_rate": 0.01}
