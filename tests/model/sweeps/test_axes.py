"""What a sweep varies: settings and values in, cells out."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.base.params import Param, params
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.option_text import written
from model.sweeps.axes import MOST_CELLS, Shape, SweepAxis, apply, cells, choices_for, variable

NAMED = [setting for setting in variable() if choices_for(setting.name)]


def by_name(setting: Param) -> str:
    """How a parametrised test is called."""
    return setting.name


def axes(*texts: str) -> list[SweepAxis]:
    """The axes that these texts write."""
    return [SweepAxis.parse(text) for text in texts]


def test_that_every_setting_but_the_seed_can_be_varied_and_two_more() -> None:
    names = [setting.name for setting in variable()]
    assert set(names) == {setting.name for setting in every_setting()} - {"seed"} | {"depth", "width"}
    assert len(names) == len(set(names))


def test_that_no_derived_setting_has_a_name_of_another() -> None:
    assert not {setting.name for setting in params(Shape)} & {setting.name for setting in every_setting()}


@pytest.mark.parametrize("setting", variable(), ids=by_name)
def test_that_an_axis_of_a_default_is_read_from_what_is_written(setting: Param) -> None:
    axis = SweepAxis.parse(f"{setting.option.removeprefix('--')}={written(setting.default) or '/tmp/data'}")
    assert axis.name == setting.name
    assert [written(value) for value in axis.values] == [written(setting.default) or "/tmp/data"]


@pytest.mark.parametrize("setting", NAMED, ids=by_name)
def test_that_all_choices_of_a_setting_make_an_axis(setting: Param) -> None:
    values = choices_for(setting.name)
    keys = ",".join(written(value) for value in values)
    assert SweepAxis(setting.name, values).values == values
    assert SweepAxis.parse(f"{setting.name}={keys}").values == values


def test_that_numbers_have_no_list_of_choices() -> None:
    assert choices_for("init_std") == choices_for("hidden") == ()


def test_that_names_take_either_dash_and_values_any_spaces() -> None:
    assert SweepAxis.parse(" Batch-Size = 10, 20 ") == SweepAxis("batch_size", (10, 20))
    assert SweepAxis.parse("batch_size=10,20") == SweepAxis("batch_size", (10, 20))


def test_that_lists_of_layers_have_a_slash_between_them() -> None:
    assert SweepAxis.parse("hidden=40,20/100,100,100/7").values == ((40, 20), (100, 100, 100), (7,))
    assert SweepAxis.parse("hidden=/40").values == ((), (40,))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("depth=1..4", [1, 2, 3, 4]),
        ("width=10..100x4", [10, 40, 70, 100]),
        ("width=1..3x9", [1, 2, 3]),
        ("momentum=0..0.9x4", [0, 0.3, 0.6, 0.9]),
        ("init_std=0.01..1x3", [0.01, 0.1, 1]),
        ("learning-rate=1e-3..1e-1x3", [0.001, 0.01, 0.1]),
    ],
)
def test_that_a_range_has_its_ends_and_equal_steps_or_ratios(text: str, values: list[float]) -> None:
    assert list(SweepAxis.parse(text).values) == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("init", "takes a setting and its values"),
        ("init=", "init needs values, such as init=zeros,gauss"),
        ("inti=he", "no setting 'inti'; did you mean init?"),
        ("learning-rat=1", "did you mean learning_rate?"),
        ("zzz=1", "there are depth, width, hidden"),
        ("seed=1,2", "--seeds N"),
        ("init=he,hee", "no 'hee'; did you mean he?"),
        ("optimizer=adm", "did you mean adam?"),
        ("init=xxxx", "'xxxx' is not one of zeros, gauss"),
        ("init=he,,gauss", "empty value"),
        ("init=he,HE", "the value he twice"),
        ("depth=5..1", "must grow"),
        ("depth=51", "--depth takes 0 to 50"),
        ("depth=1..5x1", "must grow, in 2 to"),
        ("init_std=0.1..1", "needs a number of values, such as 0.1..1x5"),
        ("init_std=0.1..1xa", "needs a number of values"),
        ("init_std=0..1x3", "1e-06 to 100"),
        ("iterations=1..1000000", "in 2 to 100,000 values"),
        ("hidden=40,abc/3", "--hidden takes layer sizes"),
    ],
)
def test_that_bad_input_is_named(text: str, named: str) -> None:
    with pytest.raises(InputError, match=r"\.$|\?$") as error:
        SweepAxis.parse(text)
    assert named in str(error.value)


@given(st.text(max_size=20) | st.builds("{}={}".format, st.sampled_from([s.name for s in variable()]), st.text()))
def test_that_any_text_is_an_axis_or_bad_input(text: str) -> None:
    try:
        axis = SweepAxis.parse(text)
    except InputError as error:
        assert str(error)[-1] in ".?"  # noqa: PT017  most texts raise, some do not
    else:
        assert SweepAxis(axis.name, axis.values) == axis


def test_that_cells_are_every_combination_with_seeds_innermost() -> None:
    found = cells(Config(seed=7), axes("init=gauss,he", "depth=1,3"), seeds=2)
    told = [(cell.index, dict(cell.varied), cell.config.hidden, cell.config.seed) for cell in found]
    assert told == [
        (0, {"init": "gauss", "depth": "1"}, (40,), 7),
        (1, {"init": "gauss", "depth": "1"}, (40,), 8),
        (2, {"init": "gauss", "depth": "3"}, (40, 40, 40), 7),
        (3, {"init": "gauss", "depth": "3"}, (40, 40, 40), 8),
        (4, {"init": "he", "depth": "1"}, (40,), 7),
        (5, {"init": "he", "depth": "1"}, (40,), 8),
        (6, {"init": "he", "depth": "3"}, (40, 40, 40), 7),
        (7, {"init": "he", "depth": "3"}, (40, 40, 40), 8),
    ]
    assert all(cell.config.init.key == dict(cell.varied)["init"] for cell in found)


def test_that_without_axes_there_is_one_run_with_its_seeds() -> None:
    assert [(cell.config, cell.varied) for cell in cells(Config(), [])] == [(Config(), ())]
    assert [cell.config.seed for cell in cells(Config(seed=3), [], 3)] == [3, 4, 5]


def test_that_cells_survive_pickling() -> None:
    found = cells(Config(), axes("activation=sigmoid,relu", "optimizer=sgd,adam", "batch_norm=none,before"))
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize("turned", [False, True])
def test_that_the_order_of_axes_does_not_change_the_runs(turned: bool) -> None:
    chosen = axes("learning_rate=0.5", "optimizer=adam", "width=3", "depth=2")
    (cell,) = cells(Config(hidden=()), chosen[::-1] if turned else chosen)
    assert cell.config.hidden == (3, 3)
    assert cell.config.optimizer.key == "adam"
    assert cell.config.value("learning_rate") == 0.5


def test_that_the_base_s_own_optimiser_keeps_its_settings() -> None:
    base = Config().replace(learning_rate=0.7)
    first, second = cells(base, axes("optimizer=sgd,momentum"))
    assert first.config == base
    assert second.config.value("learning_rate") == Config().replace(optimizer="momentum").value("learning_rate")


@pytest.mark.parametrize("setting", NAMED, ids=by_name)
def test_that_every_choice_can_be_applied(setting: Param) -> None:
    for value in choices_for(setting.name):
        assert written(apply(Config(), setting.name, value).value(setting.name)) == written(value)


def test_that_depth_keeps_the_first_width_and_width_the_depth() -> None:
    assert apply(Config(hidden=(30, 20)), "depth", 4).hidden == (30,) * 4
    assert apply(Config(hidden=(30, 20)), "depth", 0).hidden == ()
    assert apply(Config(hidden=()), "depth", 2).hidden == (40, 40)
    assert apply(Config(hidden=(30, 20)), "width", 7).hidden == (7, 7)


@pytest.mark.parametrize(
    ("texts", "seeds", "named"),
    [
        (("init=he", "init=gauss"), 1, "--vary init is there twice"),
        (("hidden=40", "depth=1,2"), 1, "vary depth and width without it"),
        (("depth=1..50", "width=1..1000"), 3, f"150,000 runs; a sweep has at most {MOST_CELLS:,}"),
        (("init_std=0.01,1",), 1, "--vary init_std makes no difference"),
        (("momentum=0.5,0.9",), 1, "no setting 'momentum' with the optimiser sgd"),
        (("batch_norm=none,before", "batch_size=1,2"), 1, "at least 2 with batch norm"),
    ],
)
def test_that_cells_that_cannot_be_run_are_refused(texts: tuple[str, ...], seeds: int, named: str) -> None:
    with pytest.raises(InputError) as error:
        cells(Config(), axes(*texts), seeds)
    assert named in str(error.value)


def test_that_seeds_beyond_the_largest_are_refused() -> None:
    with pytest.raises(InputError, match="--seed takes"):
        cells(Config(seed=2**31 - 1), [], 2)


def test_that_a_setting_that_matters_in_some_runs_is_taken() -> None:
    assert len(cells(Config(), axes("init=gauss,he", "init_std=0.01,1"))) == 4
