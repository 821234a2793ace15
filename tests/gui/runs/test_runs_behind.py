"""Runs behind the one on the screen: branches leave their parent going, opened runs leave the present one as it is."""

from pytestqt.qtbot import QtBot

from model.config.recipe import Branch, Recipe
from model.data.datasets import Dataset
from model.history.checkpoints import Checkpoint
from model.training.replay import train_recipe
from tests.support.reference_formulas import contents
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import LONG, SMALL, TIMEOUT_MS


def kept(window: WindowPage, iteration: int) -> Checkpoint:
    with window.run.log.lock:
        found = window.run.history.weights.at(iteration)
    assert found is not None
    return found


def branch(window: WindowPage, at: int, **settings: object) -> Recipe:
    """A branch of the run on the screen."""
    parent = window.run.recipe
    checkpoint = kept(window, at)
    recipe = Recipe(parent.config.replace(**settings), Branch(parent, checkpoint.iteration))
    window.run.branch(recipe, checkpoint)
    return recipe


def test_that_a_branch_goes_on_from_the_kept_weights_and_its_parent_goes_on_too(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    config = SMALL.replace(iterations=400)
    window = open_window(config)
    window.step(60)
    window.wait_until_reached(60, qtbot)
    parent = window.run.log
    recipe = branch(window, 50, learning_rate=0.01)
    assert window.run.is_running()
    assert window.run.log is not parent
    window.wait_until_ended(qtbot)
    qtbot.waitUntil(lambda: parent.ended, timeout=TIMEOUT_MS)
    assert parent.history.newest is not None
    assert parent.history.newest.iteration == 400
    alone = train_recipe(recipe, tiny)
    assert contents(window.run.history.timeline.moments) == contents(alone.history.timeline.moments)
    assert window.run.history.timeline.moments[0].iteration == recipe.start
    assert not window.run.behind


def test_that_opening_a_run_leaves_the_present_one_running_behind(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.train()
    window.wait_until_ended(qtbot)
    first, recipe = window.run.log, window.run.recipe
    window.take_config(LONG.replace(data=recipe.config.data))
    window.train()
    window.wait_until_reached(10, qtbot)
    second, long = window.run.log, window.run.recipe
    window.run.open(recipe, first)
    assert window.run.log is first
    assert (window.run.has_ended(), window.run.is_running()) == (True, False)
    before = second.iteration
    qtbot.waitUntil(lambda: second.iteration > before + 10, timeout=TIMEOUT_MS)
    window.run.open(long, second)
    assert (window.run.has_ended(), window.run.is_running()) == (False, True)
    assert not window.run.behind
    window.stop()
    window.wait_until_ended(qtbot)


def test_that_a_paused_run_can_be_gone_on_with_when_it_is_opened_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.train()
    window.wait_until_ended(qtbot)
    first, recipe = window.run.log, window.run.recipe
    window.take_config(SMALL.replace(seed=4, data=recipe.config.data))
    window.step(20)
    window.wait_until_reached(20, qtbot)
    second, paused = window.run.log, window.run.recipe
    window.run.open(recipe, first)
    window.run.open(paused, second)
    assert not window.run.is_running()
    assert not window.run.has_ended()
    window.train()
    window.wait_until_ended(qtbot)
    assert window.run.log is second
    assert second.iteration == SMALL.iterations


def test_that_training_an_opened_run_begins_it_anew(open_window: OpenWindow, qtbot: QtBot, tiny: Dataset) -> None:
    window = open_window()
    window.train()
    window.wait_until_ended(qtbot)
    opened = train_recipe(window.run.recipe, tiny)
    window.run.open(window.run.recipe, opened)
    assert window.run.log is opened
    assert window.run.has_ended()
    window.train()
    window.wait_until_ended(qtbot)
    assert window.run.log is not opened
    assert contents(window.run.history.timeline.moments) == contents(opened.history.timeline.moments)


def test_that_closing_ends_every_run_behind(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.train()
    window.wait_until_reached(60, qtbot)
    parent = window.run.log
    branch(window, 50)
    window.close()
    assert parent.ended
    assert window.run.log.ended
