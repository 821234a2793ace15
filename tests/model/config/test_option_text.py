"""The options explained from their declarations."""

import re

import pytest

from model.base.params import Param, params
from model.cli.option_table import option_table
from model.cli.options import Forking, Picture, Training
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.option_text import defaults, owners, values, written
from model.config.run_options import PresetOption
from model.nn.optimizers import Optimizer

SETTINGS = [*params(PresetOption), *every_setting(), *params(Training), *params(Forking), *params(Picture)]


def by_name(setting: Param) -> str:
    """How a parametrised test is called."""
    return setting.name


def rows() -> list[list[str]]:
    """The cells of the table."""
    table = option_table().partition("\n\n")[0]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table.splitlines()]


def commands(about: str) -> list[str]:
    """The commands that an option is for, by what the table says of it; '' for all."""
    return re.findall("`([a-z]+)`", about.partition(". ")[0]) or [""]


def test_that_every_row_has_the_same_columns() -> None:
    assert {len(row) for row in rows()} == {4}


@pytest.mark.parametrize("setting", SETTINGS, ids=by_name)
def test_that_every_setting_has_one_row_with_its_help(setting: Param) -> None:
    (row,) = [row for row in rows() if row[0] == f"`{setting.option}`" and setting.help in row[3]]
    assert ("**Live.**" in row[3]) == setting.live


def test_that_no_option_of_a_command_is_there_twice() -> None:
    options = [(row[0], command) for row in rows() for command in commands(row[3])]
    assert len(options) == len(set(options))


@pytest.mark.parametrize("key", Optimizer.kinds)
def test_that_every_optimiser_has_its_own_default_learning_rate_in_the_table(key: str) -> None:
    (row,) = [row for row in rows() if row[0] == "`--learning-rate`"]
    default = Config().replace(optimizer=key).value("learning_rate")
    groups = dict(re.findall(r"([\d.]+) \(([^)]*)\)", row[1]))
    assert key in groups[written(default)].split(", ")


@pytest.mark.parametrize("setting", every_setting(), ids=by_name)
def test_that_a_setting_names_the_optimisers_that_have_it(setting: Param) -> None:
    having = [kind for kind in Optimizer.kinds.values() if hasattr(kind(), setting.name)]
    assert owners(setting) == having


@pytest.mark.parametrize("setting", every_setting(), ids=by_name)
def test_that_a_printed_default_reads_back_as_the_default(setting: Param) -> None:
    assert setting.parse(written(setting.default)) == setting.default


@pytest.mark.parametrize("setting", [each for each in params(Picture) if each.default is not None], ids=by_name)
def test_that_a_printed_default_of_a_picture_reads_back_too(setting: Param) -> None:
    assert setting.parse(written(setting.default)) == setting.default


@pytest.mark.parametrize("setting", every_setting(), ids=by_name)
def test_that_every_name_among_the_values_is_taken(setting: Param) -> None:
    if setting.low is None and values(setting):
        for name in values(setting).split(", "):
            assert written(setting.parse(name)) == name


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (1e-5, "1e-05"),
        (0.123456789, "0.123456789"),
        ((), ""),
        ((40, 20), "40,20"),
        (True, "True"),
    ],
)
def test_that_a_value_is_written_without_loss(value: object, text: str) -> None:
    assert written(value) == text


def test_that_a_default_is_told_once_where_the_optimisers_agree() -> None:
    (momentum,) = [setting for setting in every_setting() if setting.name == "momentum"]
    assert defaults(momentum) == "0.9"
