"""Runs behind the one on the screen: branches leave their parent going, opened runs leave the present one as it is."""

from pytestqt.qtbot import QtBot

from gui.window.main_window import MainWindow
from model.config.recipe import Branch, Recipe
from model.data.datasets import Dataset
from model.history.checkpoints import Checkpoint
from model.training.replay import train_recipe
from tests.support.reference_formulas import contents
from tests.support.windows import LONG, SMALL, TIMEOUT_MS, OpenWindow, ended, reached
from tests.support.windows import run_log_of as box


def kept(window: MainWindow, iteration: int) -> Checkpoint:
    with box(window).lock:
        found = box(window).history.weights.at(iteration)
    assert found is not None
    return found


def branch(window: MainWindow, at: int, **settings: object) -> Recipe:
    """A branch of the run on the screen."""
    parent = window.session.recipe
    checkpoint = kept(window, at)
    recipe = Recipe(parent.config.replace(**settings), Branch(parent, checkpoint.iteration))
    window.session.branch(recipe, checkpoint)
    return recipe


def test_that_a_branch_goes_on_from_the_kept_weights_and_its_parent_goes_on_too(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    config = SMALL.replace(iterations=400)
    window = open_window(config)
    window.session.step(60)
    reached(window, 60, qtbot)
    parent = box(window)
    recipe = branch(window, 50, learning_rate=0.01)
    assert window.session.running
    assert box(window) is not parent
    ended(window, qtbot)
    qtbot.waitUntil(lambda: parent.ended, timeout=TIMEOUT_MS)
    assert parent.history.newest is not None
    assert parent.history.newest.iteration == 400
    alone = train_recipe(recipe, tiny)
    assert contents(box(window).history.timeline.moments) == contents(alone.history.timeline.moments)
    assert box(window).history.timeline.moments[0].iteration == recipe.start
    assert not window.session.behind


def test_that_opening_a_run_leaves_the_present_one_running_behind(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.train_or_pause()
    ended(window, qtbot)
    first, recipe = box(window), window.session.recipe
    window.take_config(LONG.replace(data=recipe.config.data))
    window.train_or_pause()
    reached(window, 10, qtbot)
    second, long = box(window), window.session.recipe
    window.session.open(recipe, first)
    assert box(window) is first
    assert (window.session.ended, window.session.running) == (True, False)
    before = second.iteration
    qtbot.waitUntil(lambda: second.iteration > before + 10, timeout=TIMEOUT_MS)
    window.session.open(long, second)
    assert (window.session.ended, window.session.running) == (False, True)
    assert not window.session.behind
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.ended, timeout=TIMEOUT_MS)


def test_that_a_paused_run_can_be_gone_on_with_when_it_is_opened_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.train_or_pause()
    ended(window, qtbot)
    first, recipe = box(window), window.session.recipe
    window.take_config(SMALL.replace(seed=4, data=recipe.config.data))
    window.session.step(20)
    reached(window, 20, qtbot)
    second, paused = box(window), window.session.recipe
    window.session.open(recipe, first)
    window.session.open(paused, second)
    assert not window.session.running
    assert not window.session.ended
    window.session.train()
    ended(window, qtbot)
    assert box(window) is second
    assert second.iteration == SMALL.iterations


def test_that_training_an_opened_run_begins_it_anew(open_window: OpenWindow, qtbot: QtBot, tiny: Dataset) -> None:
    window = open_window()
    window.train_or_pause()
    ended(window, qtbot)
    opened = train_recipe(window.session.recipe, tiny)
    window.session.open(window.session.recipe, opened)
    assert box(window) is opened
    assert window.session.ended
    window.train_or_pause()
    ended(window, qtbot)
    assert box(window) is not opened
    assert contents(box(window).history.timeline.moments) == contents(opened.history.timeline.moments)


def test_that_closing_ends_every_run_behind(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.train_or_pause()
    reached(window, 60, qtbot)
    parent = box(window)
    branch(window, 50)
    window.close()
    assert parent.ended
    assert box(window).ended
