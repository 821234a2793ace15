"""Names of runs: made from what differs, distinct, short."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.number_format import THIN
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.presets import PRESETS
from model.config.recipe import Branch, Change, LayerScale, Recipe
from model.config.run_names import RunNames, names_of, usual_name
from model.config.setting_words import phrase
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.normalization import Norm

PLAIN = Config()
SIGMOID = PLAIN.replace(activation=Activation.SIGMOID)
CONFIGS = st.builds(
    PLAIN.replace,
    activation=st.sampled_from(Activation),
    init=st.sampled_from(Initializer),
    init_std=st.sampled_from([0.01, 0.05]),
    hidden=st.sampled_from([(), (40, 20), (100,) * 5]),
    norm=st.sampled_from(Norm),
    optimizer=st.sampled_from(["sgd", "adam"]),
    learning_rate=st.sampled_from([0.1, 0.01]),
    seed=st.integers(0, 3),
)


def named(*configs: Config) -> list[str]:
    return names_of([Recipe(config) for config in configs])


def test_that_the_lessons_six_are_called_after_activation_and_weights() -> None:
    assert named(*(preset.config for preset in PRESETS[:6])) == [
        "Sigmoid, Gaussian", "Sigmoid, He", "Sigmoid, Xavier", "ReLU, Gaussian", "ReLU, He", "ReLU, Xavier",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ([{}, {"seed": 3}], ["seed 0", "seed 3"]),
        ([{}, {"learning_rate": 0.01}], ["rate 0.1", "rate 0.01"]),
        ([{}, {"hidden": (100,) * 5, "seed": 1}], ["40-20, seed 0", "5 × 100, seed 1"]),
        ([{}, {"hidden": ()}], ["40-20", "no hidden layer"]),
        ([{"init": "gauss"}, {"init": "gauss", "init_std": 0.05}], ["σ 0.01", "σ 0.05"]),
        ([{}, {"init": "gauss", "init_std": 0.05}], ["He", "Gaussian"]),
        ([{}, {"optimizer": "adam"}], ["SGD", "Adam"]),
        (
            [{}, {"learning_rate": 0.5}, {"optimizer": "adam"}],
            ["SGD, rate 0.1", "SGD, rate 0.5", "Adam"],
        ),
        (
            [{}, {"norm": "batch-before"}, {"norm": "batch-after"}],
            ["no normalisation", "batch norm", "batch norm after"],
        ),
        ([{}, {"norm": "layer-before"}], ["no normalisation", "layer norm"]),
        ([{}, {"residual": "on"}], ["no residual", "residual"]),
        ([{}, {"loss": "squared"}], ["cross-entropy", "squared error"]),
        ([{}, {"pixels": "0-to-255"}], ["pixels 0 to 1", "pixels 0 to 255"]),
        ([{}, {"weight_decay": 0.001}], ["weight decay off", "weight decay 0.001"]),
        ([{}, {"iterations": 5_000}], [f"2{THIN}000 iterations", f"5{THIN}000 iterations"]),
        ([{}, {"numbers": "float64"}], ["float32", "float64"]),
        ([{}, {"sampling": "epochs"}], ["replacement", "epochs"]),
        ([{}, {"data": "/home/ada/fashion"}], ["MNIST", "fashion"]),
    ],
)  # fmt: skip
def test_that_a_name_tells_what_differs_and_nothing_else(changes: list[dict[str, object]], names: list[str]) -> None:
    assert named(*(PLAIN.replace(**change) for change in changes)) == names


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_that_one_run_alone_is_called_after_its_preset(preset: object) -> None:
    assert isinstance(preset, type(PRESETS[0]))
    assert named(preset.config.replace(seed=5)) == [preset.label]


def test_that_a_run_of_no_preset_is_called_after_activation_and_weights() -> None:
    assert named(PLAIN.replace(batch_size=7, activation="tanh")) == ["Tanh, He"]


def test_that_equal_runs_are_numbered_and_keep_their_names_when_more_come() -> None:
    assert named(PLAIN) == ["ReLU + He"]
    assert named(PLAIN, PLAIN, PLAIN) == ["ReLU + He", "ReLU + He (2)", "ReLU + He (3)"]


def test_that_what_nearly_all_share_is_left_out_of_their_names() -> None:
    names = named(*[PLAIN] * 8, PLAIN.replace(batch_size=50))
    assert names[0] == "ReLU + He"
    assert names[-1] == "batch 50"
    names = named(*[PLAIN] * 8, SIGMOID)
    assert (names[0], names[-1]) == ("ReLU", "Sigmoid"), "the activation is always told"


def test_that_a_branch_is_called_after_what_changed_and_when() -> None:
    parent = Recipe(SIGMOID)
    branches = [
        Recipe(PLAIN, Branch(parent, 300)),
        Recipe(SIGMOID.replace(norm="batch-before", learning_rate=0.5), Branch(parent, 1_200)),
        Recipe(SIGMOID, Branch(parent, 300, (LayerScale(1, 2.0),))),
        Recipe(SIGMOID.replace(iterations=5_000), Branch(parent, 300)),
    ]
    assert names_of([parent, *branches]) == [
        "Sigmoid + He", "ReLU at 300", f"batch norm, rate 0.5 at 1{THIN}200", "layer 1 × 2 at 300", "branch at 300",
    ]  # fmt: skip
    grandchild = Recipe(PLAIN.replace(norm="batch-before"), Branch(branches[0], 500))
    assert names_of([parent, branches[0], grandchild])[2] == "ReLU at 300, batch norm at 500"


def test_that_branches_of_different_parents_tell_the_parents_apart() -> None:
    parents = [Recipe(PLAIN.replace(init=init)) for init in ("he", "xavier")]
    names = names_of([*parents, *(Recipe(SIGMOID.replace(init=p.config.init), Branch(p, 10)) for p in parents)])
    assert names == ["He", "Xavier", "He, Sigmoid at 10", "Xavier, Sigmoid at 10"]


def test_that_a_live_change_is_told_with_its_iteration() -> None:
    runs = [
        Recipe(PLAIN),
        Recipe(PLAIN, changes=(Change(500, "learning_rate", 0.01),)),
        Recipe(PLAIN, changes=tuple(Change(at, "learning_rate", at / 1e4) for at in range(1, 20))),
    ]
    assert names_of(runs) == ["ReLU + He", "rate 0.01 at 500", "19 changes"]


@given(st.lists(CONFIGS, max_size=30))
def test_that_names_are_distinct_filled_and_stable_for_any_runs(configs: Sequence[Config]) -> None:
    names = named(*configs)
    assert len(names) == len(configs)
    assert len(set(names)) == len(names)
    assert all(name.strip() for name in names)
    assert named(*configs) == names


@given(st.lists(CONFIGS, min_size=2, max_size=30, unique=True))
def test_that_runs_that_differ_need_no_number(configs: Sequence[Config]) -> None:
    # Where σ or an optimiser's own setting does not matter, runs that differ only there are the same run.
    alike = {(config, names.split(" (")[0]) for config, names in zip(configs, named(*configs), strict=True)}
    plain = {names for _, names in alike}
    matters = {
        tuple(phrase(s, c.value(s.name)) for s in c.settings() if not s.when or getattr(c, s.when)) for c in configs
    }
    assert len(plain) == len(matters)


@given(st.lists(CONFIGS, min_size=1, max_size=8), st.lists(st.sets(st.integers(0, 11)), min_size=1, max_size=6))
def test_that_runs_that_come_and_go_are_called_as_if_all_were_named_anew(
    configs: Sequence[Config], steps: Sequence[set[int]]
) -> None:
    runs = [Recipe(configs[number % len(configs)]) for number in range(12)]
    names = RunNames[int]()
    for step in steps:
        here = sorted(step)
        assert list(names.of((number, runs[number]) for number in here).values()) == names_of([runs[n] for n in here])


def test_that_a_run_whose_live_changes_grow_is_named_anew() -> None:
    names = RunNames[str]()
    run, other = Recipe(PLAIN), Recipe(SIGMOID)
    names.of([("a", run), ("b", other)])
    changed = run.changed([Change(500, "learning_rate", 0.01)])
    assert names.of([("a", changed), ("b", other)])["a"] == names_of([changed, other])[0]


def test_that_every_setting_can_be_told_in_words() -> None:
    for setting in every_setting():
        assert phrase(setting, setting.default).strip()


@pytest.mark.parametrize("kept", [0.9, 0.99, 0.999, 0.9999])
def test_that_a_setting_just_below_1_is_not_called_1(kept: float) -> None:
    setting = next(each for each in every_setting() if each.name == "bn_momentum")
    assert phrase(setting, kept) == f"running average {kept}"


def test_that_names_of_many_runs_come_from_few_passes_over_them() -> None:
    configs = [PLAIN.replace(seed=seed, learning_rate=0.1 / (1 + seed % 7)) for seed in range(500)]
    names = named(*configs)
    assert len(set(names)) == 500
    assert usual_name(configs[0]) == "ReLU + He"
