"""What the window shows has one home: every part reads the same run, moment and page there."""

from pytestqt.qtbot import QtBot

from gui.runs.run_state import RunState
from gui.runs.viewed import Viewed
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.views import PageKind
from model.history.run_log import RunLog
from tests.support.window_page import OpenWindow


def test_that_another_run_is_viewed_at_its_newest_moment(qtbot: QtBot) -> None:
    viewed, run_log = Viewed(), RunLog()
    viewed.go_to(40)
    with qtbot.waitSignal(viewed.run_changed):
        viewed.show_run(Recipe(Config(seed=3)), run_log, None)
    assert viewed.at is None
    assert viewed.run_log is run_log
    assert viewed.config.seed == 3


def test_that_a_moment_and_a_page_are_told_by_signals_of_their_own(qtbot: QtBot) -> None:
    viewed = Viewed()
    with qtbot.assertNotEmitted(viewed.run_changed), qtbot.waitSignal(viewed.moment_changed):
        viewed.go_to(7)
    with qtbot.assertNotEmitted(viewed.moment_changed), qtbot.waitSignal(viewed.page_changed):
        viewed.show_page(PageKind.MAP)
    assert (viewed.at, viewed.page) == (7, PageKind.MAP)


def test_that_a_branch_says_where_it_left_its_parent() -> None:
    parent = Recipe(Config(iterations=100))
    viewed = Viewed()
    viewed.show_run(parent.branched(40), RunLog(), None)
    assert viewed.branched == 40
    viewed.show_run(parent, RunLog(), None)
    assert viewed.branched is None


def test_that_a_run_of_the_list_is_viewed_with_its_entry(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    assert window.runs.on_screen() is None, "it has not begun"
    window.train()
    window.wait_until_ended(qtbot)
    entry = window.runs.current()
    assert entry.run_log is window.run.log
    window.reset()
    assert window.runs.on_screen() is None


def test_that_a_run_is_in_one_state_at_a_time() -> None:
    begun = [state for state in RunState if state.has_begun]
    trainable = [state for state in RunState if state.trainable]
    assert begun == [RunState.RUNNING, RunState.PAUSED, RunState.ENDED]
    assert trainable == [RunState.READY, RunState.RUNNING, RunState.PAUSED]
