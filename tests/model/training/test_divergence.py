"""Runs that leave the range of floating point: they stop with iteration and layer named, and show nothing else."""

import math
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.base.errors import Diverged
from model.config.config import Config
from model.config.recipe import LayerScale, Recipe
from model.config.schedule import FULL_RATE
from model.data.datasets import Dataset
from model.measurement.records import Record
from model.nn.activations import Activation
from model.training.replay import trainer_of
from model.training.trainer import Trainer
from tests.support.hypothesis_strategies import settings_of_a_run
from tests.support.reference_formulas import contents

PLACES = r"(Layer \d+|the output layer|the loss)"
EXPLODING: list[dict[str, Any]] = [
    {"activation": "identity", "learning_rate": 1000},
    {"activation": "leaky-relu", "learning_rate": 100},
    {"activation": "relu", "learning_rate": 1000, "weight_decay": 10},
    {"activation": "sigmoid", "learning_rate": 1000, "weight_decay": 10},
    {"activation": "sigmoid", "learning_rate": 1000, "weight_decay": 10, "norm": "batch-before"},
    {"activation": "relu", "hidden": [100] * 30, "init": "gauss", "init_std": 100},
    {"activation": "softplus", "hidden": [50] * 40, "init": "gauss", "init_std": 50},
]


def run(config: Config, dataset: Dataset) -> tuple[list[Record], Diverged | None]:
    records = []
    try:
        for record in Trainer(config, dataset):
            records.append(record)  # noqa: PERF402  an exception must not lose what came before it
    except Diverged as error:
        return records, error
    return records, None


def check_finite(records: list[Record]) -> None:
    """All but the gradient, which may be infinite just before a run diverges, and the gains where nothing enters."""
    for record in records:
        layers = [replace(layer, **WITHOUT_GRADIENT) for layer in record.all_layers]
        for number in contents(replace(record, layers=tuple(layers[:-1]), output=layers[-1])):
            if isinstance(number, float):
                assert math.isfinite(number)


OF_THE_GRADIENT = ("delta_rms", "activation_gradient_rms", "weight_gradient_rms", "bias_gradient_rms", "update_ratio")
WITHOUT_GRADIENT: dict[str, Any] = {**dict.fromkeys(OF_THE_GRADIENT, 0.0), "gain": (), "signal_gain": ()}


@pytest.mark.parametrize("values", EXPLODING, ids=lambda values: "-".join(str(value) for value in values.values())[:40])
def test_that_an_exploding_run_stops_and_says_where(values: dict[str, Any], mnist: Dataset) -> None:
    config = Config.from_json({"iterations": 200, "record_every": 1, **values})
    records, error = run(config, mnist)
    assert error is not None
    assert str(error).startswith(f"The run diverged at iteration {error.iteration}: the values of {error.place} ")
    assert str(error).endswith(".")
    assert re.fullmatch(PLACES, error.place)
    check_finite(records)


def test_that_a_run_that_diverges_before_its_first_step_is_not_advised_to_make_shorter_ones(mnist: Dataset) -> None:
    large = {"hidden": [100] * 30, "init": "gauss", "init_std": 100, "iterations": 20}
    records, error = run(Config.from_json(large), mnist)
    assert records == []
    assert str(error) == (
        f"The run diverged at iteration 0: the values of {error and error.place} are no longer finite; "
        "no step has been made yet, and only smaller weights to begin with would keep them so."
    )


def test_that_a_run_that_diverges_after_a_step_is_advised_to_make_shorter_ones(mnist: Dataset) -> None:
    _, error = run(Config(iterations=50).replace(activation="identity", learning_rate=1000), mnist)
    assert error is not None
    assert error.iteration > 0
    assert str(error).endswith("; a smaller learning rate or smaller initial weights would keep them so.")


@pytest.mark.parametrize(("depth", "at_once"), [(2, False), (30, True)])
def test_that_a_run_on_raw_pixels_is_advised_to_scale_them(depth: int, at_once: bool, tiny: Dataset) -> None:
    settings = {"pixels": "0-to-255", "activation": "identity", "init": "gauss", "init_std": 10.0, "batch_size": 20}
    config = {**settings, "hidden": [60] * depth, "learning_rate": 1000, "iterations": 20}
    records, error = run(Config.from_json(config), tiny)
    assert (not records) is at_once
    assert (
        "only pixels from 0 to 1 or smaller weights" in str(error) if at_once else "; pixels from 0 to 1" in str(error)
    )


def test_that_a_branch_that_diverges_where_it_begins_has_not_made_a_step(tiny: Dataset) -> None:
    gentle = Config(hidden=(8,) * 8, activation=Activation.IDENTITY, batch_size=20, iterations=20)
    parent = Recipe(gentle.replace(learning_rate=1e-6))
    child = parent.branched(10, [LayerScale(layer, 1e6) for layer in range(1, 9)])
    with (
        trainer_of(child, tiny) as trainer,
        pytest.raises(Diverged, match=r"at iteration 10: .* no step has been made"),
    ):
        trainer.step()


@pytest.mark.parametrize("every", [1, 2, 3])
@pytest.mark.parametrize("activation", ["identity", "leaky-relu"])
def test_that_every_record_before_the_end_is_handed_over(activation: str, every: int, mnist: Dataset) -> None:
    """The last one may still be under evaluation when the run ends; it must not depend on the clock."""
    config = Config.from_json({"activation": activation, "learning_rate": 10, "iterations": 100, "record_every": every})
    records, error = run(config, mnist)
    assert error is not None
    assert [record.iteration for record in records] == list(range(0, error.iteration, every))


def test_that_divergence_is_the_same_every_time(mnist: Dataset) -> None:
    config = Config.from_json({"activation": "identity", "learning_rate": 10, "iterations": 100, "record_every": 1})
    (first, one), (second, two) = run(config, mnist), run(config, mnist)
    assert one is not None
    assert two is not None
    assert (one.iteration, one.place) == (two.iteration, two.place)
    assert [contents(record) for record in first] == [contents(record) for record in second]


@pytest.mark.parametrize("at", range(3))
@pytest.mark.parametrize("bad", [np.inf, np.nan])
@pytest.mark.parametrize("activation", ["sigmoid", "relu", "identity"])
def test_that_the_first_bad_layer_is_the_one_named(activation: str, bad: float, at: int, tiny: Dataset) -> None:
    config = Config.from_json({"hidden": [8, 6], "activation": activation, "batch_size": 20, "record_every": 1})
    with Trainer(config, tiny) as trainer:
        for _ in range(7):
            trainer.step()
            trainer.collect(wait=True)
        trainer.network.affines[at].weight.value[2, 1] = bad
        with pytest.raises(Diverged) as caught:
            trainer.step()
        assert caught.value.iteration == 7
        assert caught.value.place == ("Layer 1", "Layer 2", "the output layer")[at]


def test_that_an_infinite_weight_hidden_by_the_sigmoid_is_found_at_the_next_record(tiny: Dataset) -> None:
    config = Config.from_json({"hidden": [8], "activation": "sigmoid", "batch_size": 20, "record_every": 5})
    with Trainer(config, tiny) as trainer:
        for _ in range(FULL_RATE + 6):
            trainer.step()
            trainer.collect(wait=True)
        trainer.network.affines[0].bias.value[3] = np.inf
        for _ in range(4):
            trainer.step()
        with pytest.raises(Diverged) as caught:
            trainer.step()
        assert caught.value.place == "Layer 1"
        assert caught.value.iteration == FULL_RATE + 10


@pytest.mark.parametrize(
    "settings", [{"loss": "squared", "hidden": []}, {"activation": "sigmoid", "hidden": [8]}], ids=str
)
def test_that_an_infinite_z_hidden_by_a_sigmoid_is_found(settings: dict[str, Any], tiny: Dataset) -> None:
    config = Config.from_json({"batch_size": 20, "record_every": 1, **settings})
    with Trainer(config, tiny) as trainer:
        trainer.network.affines[0].weight.value[:] = 3e38
        with pytest.raises(Diverged) as caught:
            trainer.step()
    assert caught.value.place == ("Layer 1" if settings["hidden"] else "the output layer")


def test_that_a_large_but_finite_signal_is_recorded_with_finite_numbers(mnist: Dataset) -> None:
    """Squares of 1e20 are beyond float32; mean and spread of the layer are not."""
    config = Config.from_json({"hidden": [100] * 8, "init": "gauss", "init_std": 100, "iterations": 0})
    records, error = run(config, mnist)
    assert error is None
    check_finite(records)
    assert records[0].layers[-1].activation_std > 1e20


@settings(max_examples=150)
@given(values=settings_of_a_run(), depth=st.integers(0, 12))
def test_that_no_run_shows_what_is_not_finite_nor_fails_in_another_way(
    values: dict[str, Any], depth: int, tiny: Dataset
) -> None:
    small = {
        "hidden": [(n * 5 + depth) % 9 + 2 for n in range(depth)],
        "batch_size": min(values.get("batch_size", 20), 40),
        "iterations": min(values.get("iterations", 25), 25),
        "record_every": min(values.get("record_every", 1), 10),
        "data": "",
    }
    records, error = run(Config.from_json({**values, **small}), tiny)
    check_finite(records)
    expected = [n for n in range(small["iterations"]) if n % small["record_every"] == 0] + [small["iterations"]]
    if error is None:
        assert [record.iteration for record in records] == expected
    else:
        assert [record.iteration for record in records] == [n for n in expected if n < error.iteration]
