"""The grid of a map: which settings it offers, over which values, in which order its runs are made."""

from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.base.params import Param
from model.config.config import Config
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.normalization import Norm
from model.nn.optimizers import Optimizer
from model.sweeps.axes import Shape, SweepAxis, apply, choices_for
from model.sweeps.grid import MOST, Span, SweepGrid, axis_of, coarse_first, marks, offered, usual_span

SIGMOID = Config(hidden=(50,), activation=Activation.SIGMOID)
KINDS = [SIGMOID.replace(optimizer=kind) for kind in Optimizer.kinds]


def setting(name: str, base: Config = SIGMOID) -> Param:
    return next(each for each in offered(base) if each.name == name)


def usual(name: str, base: Config = SIGMOID) -> SweepAxis:
    return axis_of(setting(name, base), usual_span(setting(name, base), base))


@pytest.mark.parametrize("base", KINDS, ids=lambda base: base.optimizer.key)
def test_that_every_setting_of_a_run_but_lists_and_chance_has_a_usual_axis(base: Config) -> None:
    names = [each.name for each in offered(base)]
    assert names == ["depth", "width", *(each.name for each in base.settings() if each.on_map)]
    assert not {"hidden", "data", "seed"} & {*names}
    for name in names:
        axis = usual(name, base)
        assert 2 <= len(axis.values) <= MOST
        other = "depth" if name != "depth" else "width"
        assert len(SweepGrid(base, axis, usual(other, base), 5).configs) == len(axis.values) * len(
            usual(other, base).values
        )


def test_that_the_value_a_run_has_lies_within_its_usual_axis() -> None:
    base = SIGMOID.replace(learning_rate=0.3, batch_size=64)
    for name in ("learning_rate", "batch_size"):
        values = usual(name, base).values
        assert values[0] < base.value(name) < values[-1]
    assert usual("depth").values == tuple(range(1, 11))
    assert usual("init_std").values[0] == 0.001
    assert usual("init_std").values[-1] == 3


@given(low=st.floats(1e-6, 99), factor=st.floats(1.0001, 1e6), count=st.integers(2, MOST))
def test_that_a_span_has_its_ends_and_grows(low: float, factor: float, count: int) -> None:
    high = min(low * factor, 100.0)
    values = axis_of(setting("init_std"), Span(low, high, count)).values
    assert (values[0], values[-1]) == (low, high)
    assert list(values) == sorted(set(values))
    assert len(values) <= count


def test_that_wide_spans_have_equal_ratios_and_narrow_ones_equal_steps() -> None:
    assert axis_of(setting("width"), Span(1, 16, 4)).values == (1, 6, 11, 16)
    assert axis_of(setting("width"), Span(10, 1000, 3)).values == (10, 100, 1000)
    assert axis_of(setting("learning_rate"), Span(0.01, 1, 3)).values == (0.01, 0.1, 1)


@pytest.mark.parametrize("span", [Span(2, 1, 5), Span(1, 1, 5), Span(1, 2, 1), Span(1, 2, MOST + 1)])
def test_that_a_span_that_does_not_grow_is_refused_by_name(span: Span) -> None:
    with pytest.raises(InputError, match="Depth"):
        axis_of(setting("depth"), span)


@given(columns=st.integers(1, 24), rows=st.integers(1, 24))
def test_that_every_cell_comes_once_and_coarse_ones_first(columns: int, rows: int) -> None:
    order = list(coarse_first(columns, rows))
    assert sorted(order) == [(x, y) for x in range(columns) for y in range(rows)]
    # After a quarter of the runs no cell is further than two from one that is there.
    first = order[: -(-len(order) // 4)]
    if min(columns, rows) > 1:
        assert all(any(abs(x - u) <= 2 and abs(y - v) <= 2 for u, v in first) for x, y in order)


def test_that_each_cell_is_the_run_with_both_values() -> None:
    grid = SweepGrid(SIGMOID, usual("init_std"), usual("depth"), 700)
    for (column, row), config in grid.configs.items():
        assert config.init_std == grid.across.values[column]
        assert config.hidden == (50,) * grid.upward.values[row]
        assert config.iterations == 700
        assert config.activation is Activation.SIGMOID


def test_that_what_decides_whether_a_setting_matters_is_switched_on_for_it() -> None:
    assert SweepGrid(SIGMOID, usual("init_std"), usual("depth"), 5).configs[0, 0].init is Initializer.GAUSS
    assert SweepGrid(SIGMOID, usual("bn_momentum"), usual("depth"), 5).configs[0, 0].norm is not Norm.NONE
    chosen = SIGMOID.replace(init="he")
    assert SweepGrid(chosen, usual("depth"), usual("width"), 5).configs[0, 0].init is Initializer.HE
    named = SweepGrid(chosen, usual("init"), usual("init_std"), 5)
    assert {config.init for config in named.configs.values()} == set(Initializer)


def test_that_a_network_without_hidden_layers_is_given_some() -> None:
    grid = SweepGrid(SIGMOID.replace(hidden=[]), usual("width"), usual("init"), 5)
    assert grid.configs[0, 0].hidden == (usual("width").values[0],)
    assert (
        SweepGrid(SIGMOID.replace(hidden=[]), usual("depth"), usual("init"), 5).configs[9, 0].hidden
        == (Shape().width,) * 10
    )


def test_that_an_optimiser_comes_before_its_own_settings() -> None:
    grid = SweepGrid(SIGMOID, usual("learning_rate"), usual("optimizer"), 5)
    assert {config.value("learning_rate") for config in grid.configs.values()} == set(grid.across.values)
    assert {config.optimizer.key for config in grid.configs.values()} == set(Optimizer.kinds)


def test_that_one_setting_twice_and_impossible_pairs_are_refused() -> None:
    with pytest.raises(InputError, match="two different"):
        SweepGrid(SIGMOID, usual("depth"), usual("depth"), 5)
    momentum = SIGMOID.replace(optimizer="momentum")
    with pytest.raises(InputError, match="momentum"):
        SweepGrid(momentum, usual("momentum", momentum), usual("optimizer", momentum), 5)


def test_that_xavier_and_he_are_marked_where_their_weights_lie() -> None:
    across = axis_of(setting("init_std"), Span(0.01, 1, 3))
    found = marks(SweepGrid(SIGMOID.replace(hidden=[100]), across, usual("depth"), 5))
    assert found["Xavier"] == pytest.approx([1.5] * 10)  # √(1/100) = 0.1, the middle of the second of three cells
    assert found["He"] == pytest.approx([1.5 + 0.150515] * 10)  # √2 as large: log10 √2 further


def test_that_marks_follow_the_width_and_end_where_the_axis_does() -> None:
    upward = axis_of(setting("init_std"), Span(0.1, 1, 3))
    grid = SweepGrid(SIGMOID, axis_of(setting("width"), Span(4, 400, 3)), upward, 5)
    places = marks(grid)["Xavier"]
    assert places[0] > places[1]
    assert isnan(places[2])
    assert not marks(SweepGrid(SIGMOID, usual("depth"), usual("init"), 5))


def test_that_named_values_are_all_there() -> None:
    for name in ("activation", "init", "optimizer", "norm", "residual", "loss", "pixels"):
        assert usual(name).values == choices_for(name)
        assert [apply(SIGMOID, name, value) for value in choices_for(name)]
