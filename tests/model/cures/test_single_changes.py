"""The single changes: each leads to another run that can be made, and sets one thing to what is healthy."""

from typing import Any

import pytest
from hypothesis import given, settings

from model.config.config import Config
from model.config.presets import preset_named
from model.cures.single_changes import HEALTHY, single_changes
from model.nn.normalization import Norm
from model.nn.optimizers import Optimizer
from tests.support.hypothesis_strategies import settings_of_a_run

# Everything that is not healthy, with an optimiser that has all settings.
SICK = Config.from_json(
    {
        "hidden": [10, 10, 10], "activation": "sigmoid", "init": "zeros", "loss": "squared", "optimizer": "momentum",
        "learning_rate": 7.0, "momentum": 0.999, "batch_size": 3, "weight_decay": 1.0, "clip_norm": 0.1,
        "pixels": "raw",
    }
)  # fmt: skip
HEALED: dict[str, dict[str, Any]] = {
    "initial-weights": {"init": "xavier"},
    "activation": {"activation": "relu", "init": "he"},
    **{f"norm-{norm.key}": {"norm": norm.key} for norm in Norm if norm is not Norm.NONE},
    "usual-rate": {"learning_rate": 0.01},
    "tenth-rate": {"learning_rate": 0.7},
    "tenfold-rate": {"learning_rate": 70.0},
    "pixels": {"pixels": "unit"},
    "loss": {"loss": "softmax"},
    "residual": {"residual": "on"},
    "width": {"hidden": [50, 50, 50]},
    "depth": {"hidden": [10, 10]},
    "batch": {"batch_size": 100},
    "momentum": {"momentum": 0.9},
    "weight-decay": {"weight_decay": 0.0},
    "clipping": {"clip_norm": 0.0},
}


def test_that_each_change_heals_one_thing() -> None:
    assert {change.key: change.of(SICK) for change in single_changes(SICK)} == {
        key: SICK.replace(**changes) for key, changes in HEALED.items()
    }


def test_that_a_network_that_is_healthy_in_everything_is_left_alone_where_it_can_be() -> None:
    healthy = preset_named("relu-he").config.replace(hidden=(50, 50), residual="on")
    assert {change.key for change in single_changes(healthy)} == {
        "leaky", "tenth-rate", "tenfold-rate", *(f"norm-{norm.key}" for norm in Norm if norm is not Norm.NONE)
    }  # fmt: skip


def test_that_a_normalisation_can_be_taken_away() -> None:
    config = preset_named("sigmoid-gauss-bn").config
    assert {"norm-none"} == {each.key for each in single_changes(config) if each.of(config).norm is Norm.NONE}


def test_that_what_would_change_nothing_in_a_network_without_hidden_layers_is_not_tried() -> None:
    kept = {"init", "learning_rate", "loss", "pixels", "batch_size", "weight_decay", "clip_norm", "momentum"}
    assert {name for each in single_changes(SICK.replace(hidden=[])) for name in each.changes} == kept


@pytest.mark.parametrize("widths", [(), (20,), (40, 20)])
def test_that_residual_connections_are_tried_only_where_there_is_room_for_one(widths: tuple[int, ...]) -> None:
    assert "residual" not in {change.key for change in single_changes(Config(hidden=widths))}


@pytest.mark.parametrize("kind", Optimizer.kinds.values())
def test_that_no_optimiser_is_given_a_setting_of_another(kind: type[Optimizer]) -> None:
    config = Config(optimizer=kind())
    assert all(change.of(config).optimizer.key == kind.key for change in single_changes(config))


@settings(max_examples=60)
@given(settings_of_a_run())
def test_that_every_change_leads_to_another_run_and_no_two_to_the_same(chosen: dict[str, Any]) -> None:
    config = Config.from_json(chosen)
    changes = single_changes(config)
    runs = [change.of(config) for change in changes]
    assert config not in runs
    assert len(set(runs)) == len(runs)
    assert len({change.key for change in changes}) == len(changes)
    for change, run in zip(changes, runs, strict=True):
        assert Config.from_json(run.to_json()) == run
        assert run.seed == config.seed
        assert run.data == config.data
        assert change.label.strip()


def test_that_every_declaration_is_of_use() -> None:
    normalised = SICK.replace(activation="relu", norm="batch-before", bn_momentum=0.999)
    for healthy in HEALTHY:
        assert any(change.matters(sick) for sick in (SICK, normalised) for change in healthy(sick))
