"""A recipe is all that decides what a run computes, and reads back from JSON as it was."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.base.params import params
from model.base.run_settings import RunSetting
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.recipe import MOST_BRANCHES, Branch, Change, LayerScale, Recipe
from tests.support.hypothesis_strategies import settings_of_a_run, values
from tests.support.setting_values import another, needs

PARENT = Recipe(Config(hidden=(8, 6), iterations=100))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["config", "branch", "parent", "iteration", "scales", "changes"]), inner)
    ),
    max_leaves=12,
)


@st.composite
def changes_of(draw: st.DrawFn, config: Config, start: int) -> tuple[Change, ...]:
    """Live changes of a run."""
    live = [setting for setting in params(config.optimizer) if setting.live]
    found = []
    for _ in range(draw(st.integers(0, 3))):
        setting = draw(st.sampled_from(live))
        found.append(Change(draw(st.integers(start, config.iterations)), setting.name, draw(values(setting))))
    return tuple(found)


@st.composite
def recipes(draw: st.DrawFn, depth: int = 2) -> Recipe:
    """Any recipe, up to a branch of a branch."""
    config = Config.from_json(draw(settings_of_a_run()))
    recipe = Recipe(config, None, draw(changes_of(config, 0)))
    for _ in range(draw(st.integers(0, depth))):
        parent = recipe.config
        shared = {each.name: parent.value(each.name) for each in parent.settings() if each.shared_with_branch}
        if parent.batch_size == 1:
            shared["norm"] = "none"
        config = Config.from_json({**draw(settings_of_a_run()), **shared})
        if config.iterations < recipe.start:
            break
        at = draw(st.integers(recipe.start, min(parent.iterations, config.iterations)))
        layers = draw(st.lists(st.integers(1, len(parent.layer_names)), max_size=2, unique=True))
        factor = st.floats(1e-6, 1e6) | st.floats(-1e6, -1e-6)
        branch = Branch(recipe, at, tuple(LayerScale(layer, draw(factor)) for layer in layers), draw(st.booleans()))
        recipe = Recipe(config, branch, draw(changes_of(config, at)))
    return recipe


@given(recipes())
def test_that_any_recipe_reads_back_as_it_was_written(recipe: Recipe) -> None:
    text = json.dumps(recipe.to_json(), allow_nan=False)
    again = Recipe.from_json(json.loads(text))
    assert again == recipe
    assert json.dumps(again.to_json()) == text
    if recipe.branch:
        assert Branch.from_json(recipe.branch.to_json()) == recipe.branch


@given(JSON)
def test_that_whatever_else_is_read_is_refused(value: Any) -> None:
    with suppress(InputError):
        recipe = Recipe.from_json(value)
        assert Recipe.from_json(recipe.to_json()) == recipe


@given(recipes(), st.data())
def test_that_a_written_recipe_with_one_value_spoilt_is_read_or_refused(recipe: Recipe, data: st.DataObject) -> None:
    values: Any = recipe.to_json()
    spoilt = values
    while isinstance(spoilt, dict) and spoilt:
        holder, name = spoilt, data.draw(st.sampled_from(sorted(spoilt)))
        spoilt = spoilt[name]
        if data.draw(st.booleans()):
            break
    holder[name] = data.draw(JSON)
    with suppress(InputError):
        Recipe.from_json(values)


@pytest.mark.parametrize("setting", every_setting(), ids=lambda setting: setting.name)
def test_that_a_branch_keeps_what_it_shares_with_its_parent_and_may_change_all_else(setting: RunSetting) -> None:
    parent = Recipe(PARENT.config.replace(**needs(setting)))
    value = another(parent.config, setting)
    if setting.shared_with_branch:
        with pytest.raises(InputError, match=rf"A branch keeps its parent's '{setting.label}';"):
            parent.branched(10, **{setting.name: value})
    else:
        assert parent.branched(10, **{setting.name: value}).config.to_json()[setting.name] == value


@pytest.mark.parametrize("at", [-1, 101, 61])
def test_that_a_branch_leaves_its_parent_where_there_is_an_iteration(at: int) -> None:
    with pytest.raises(InputError, match=r"There is no iteration -?[0-9]+ to branch off at, only 0 to"):
        PARENT.branched(at, iterations=60 if at == 61 else 200)


def test_that_a_branch_of_a_branch_leaves_it_after_its_start() -> None:
    branch = PARENT.branched(50)
    assert branch.branched(50).start == 50
    with pytest.raises(InputError, match="There is no iteration 49 to branch off at, only 50 to 100"):
        branch.branched(49)


@pytest.mark.parametrize(
    ("scales", "message"),
    [
        ([(0, 2.0)], "There is no layer 0 to rescale, only 1 to 3."),
        ([(4, 2.0)], "There is no layer 4"),
        ([(1, 0.0)], "by a factor from 1e-06 to 1e.06, not 0."),
        ([(1, float("nan"))], "not nan"),
        ([(1, float("inf"))], "not inf"),
        ([(1, -2e6)], "not -2e.06"),
        ([(1, 2.0), (1, 3.0)], "A branch rescales each layer once."),
    ],
)
def test_that_scales_that_make_no_sense_are_refused(scales: list[tuple[int, float]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        PARENT.branched(10, [LayerScale(*scale) for scale in scales])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (Change(5, "momentum", 0.5), "'momentum' does not change while a run goes on; there are learning_rate."),
        (Change(5, "seed", 1), "'seed' does not change"),
        (Change(101, "learning_rate", 0.1), "There is no iteration 101 to change 'Learning rate' at, only 0 to 100."),
        (Change(-1, "learning_rate", 0.1), "There is no iteration -1"),
        (Change(5, "learning_rate", -0.1), "--learning-rate takes"),
        (Change(5, "learning_rate", float("nan")), "--learning-rate takes a number, not nan."),
    ],
)
def test_that_changes_that_cannot_be_made_are_refused(change: Change, message: str) -> None:
    with pytest.raises(InputError, match=message):
        PARENT.changed([change])


def test_that_a_branch_begins_with_the_settings_that_its_parent_has_by_then() -> None:
    changes = [Change(30, "learning_rate", 0.3), Change(10, "learning_rate", 0.2), Change(60, "learning_rate", 0.6)]
    parent = PARENT.changed(changes)
    assert [change.iteration for change in parent.changes] == [10, 30, 60]
    for at, rate in ((0, 0.1), (9, 0.1), (10, 0.2), (30, 0.3), (100, 0.6)):
        assert parent.branched(at).config.value("learning_rate") == rate
    branch = parent.branched(30).branch
    assert branch is not None
    assert [change.iteration for change in branch.parent.changes] == [10], "what its parent does later is not its past"
    assert parent.branched(30, learning_rate=0.7).config.value("learning_rate") == 0.7
    assert parent.branched(30, optimizer="adam").config.value("learning_rate") == 0.001


def test_that_there_are_not_too_many_branches_of_branches() -> None:
    recipe = PARENT
    for _ in range(MOST_BRANCHES):
        recipe = recipe.branched(10)
    assert Recipe.from_json(recipe.to_json()) == recipe
    with pytest.raises(InputError, match=f"at most {MOST_BRANCHES} times"):
        Recipe.from_json(recipe.branched(10).to_json())
