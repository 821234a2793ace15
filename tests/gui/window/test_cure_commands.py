"""Find a cure, in the window: asked for beside the verdict or with a key; runs that cure are opened and kept."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.cures.cure_list import GO_ON, PAIRS, STOP
from gui.window.cure_commands import NO_NEED, NOT_PLAIN
from model.config.recipe import Recipe
from model.diagnosis.verdict import Condition
from model.history.run_log import RunLog
from tests.support.cures import DEEP, QUICK
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS


def sick_window(open_window: OpenWindow, qtbot: QtBot) -> WindowPage:
    """A window whose run is dead."""
    window = open_window(DEEP)
    window.train()
    window.wait_until_ended(qtbot)
    window.frame()
    window.show_figures()
    assert window.condition_text == Condition.DEAD.label
    return window


def test_that_what_cures_a_dead_run_is_found_listed_opened_and_kept(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = sick_window(open_window, qtbot)
    cures = window.cures
    assert not cures.has_tab()
    cures.press_status_button()
    assert cures.is_visible()
    assert cures.is_busy()
    cures.wait_until_found(qtbot)

    best, *_, last = cures.rows
    assert best.smallest
    assert best.result.cured
    assert [row.smallest for row in cures.rows].count(True) == 1
    assert last.result.trial.label == "As it is"
    assert last.result.verdict.condition is Condition.DEAD
    assert cures.said.startswith("Smallest change that cures: ")
    assert cures.button_text == PAIRS

    window.show_figures()
    offered = [row for row in cures.rows if row.result.trial.offered]
    assert offered
    texts = [button.text() for button in window.status_line.remedies]
    first, *_ = offered[0].result.trial.changes
    assert any(text.startswith(first) and text.endswith("%") for text in texts)

    kept = best.result.trial
    cures.click_mark(kept.label)
    assert cures.rows[0].kept
    assert {entry.recipe for entry in window.runs.entries} >= {Recipe(kept.config)}
    cures.click_mark(kept.label)
    assert len(window.runs.entries) == 2, "it is kept once"
    qtbot.waitUntil(lambda: not window.is_busy(), timeout=TIMEOUT_MS)

    cures.click(kept.label)
    qtbot.waitUntil(lambda: window.settings.config == kept.config, timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: window.runs.on_screen() is not None, timeout=TIMEOUT_MS)
    assert window.runs.current().recipe == Recipe(kept.config)
    assert len(window.runs.entries) == 2, "the run that is kept is the one that opens"
    assert window.runs.current().summary().test_accuracy == best.result.accuracy
    window.runs.delete(window.runs.entries[0], window.runs.entries[1])
    assert not cures.rows[0].kept


def test_that_a_click_on_what_is_not_kept_trains_it(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = sick_window(open_window, qtbot)
    window.trigger("Find a cure")
    window.cures.wait_for(1, qtbot)
    trial = next(row.result.trial for row in window.cures.rows if row.result.trial.changes)
    window.cures.press() if window.cures.is_busy() else None
    window.cures.click(trial.label)
    assert window.settings.config == trial.config
    window.wait_until_ended(qtbot)
    assert window.runs.current().recipe == Recipe(trial.config)


def test_that_the_keyboard_keeps_and_opens(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = sick_window(open_window, qtbot)
    window.trigger("Find a cure")
    window.cures.wait_until_found(qtbot)
    trial = window.cures.rows[0].result.trial
    window.cures.choose(trial.label)
    window.cures.press_key(Qt.Key.Key_Space)
    assert window.cures.rows[0].kept
    window.cures.press_key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.settings.config == trial.config, timeout=TIMEOUT_MS)


def test_that_a_search_stops_when_asked_and_goes_on_where_it_was(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = sick_window(open_window, qtbot)
    window.trigger("Find a cure")
    cures = window.cures
    assert cures.button_text == STOP
    cures.press()
    assert not cures.is_busy()
    assert cures.button_text == GO_ON
    cures.press()
    cures.wait_until_found(qtbot)
    tried = len(cures.search.results)
    assert tried == len(cures.search.singles)
    assert cures.button_text == PAIRS
    cures.press()
    cures.wait_for(tried + 1, qtbot)
    assert any(len(row.result.trial.changes) == 2 for row in cures.rows)
    assert cures.rows[0].smallest
    cures.press()


def test_that_a_search_goes_on_when_it_is_asked_for_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = sick_window(open_window, qtbot)
    window.trigger("Find a cure")
    search = window.cures.search
    window.trigger("Find a cure")
    assert window.cures.search is search


def test_that_a_run_without_a_verdict_is_tried_first(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(DEEP)
    window.trigger("Find a cure")
    window.cures.wait_for(1, qtbot)
    assert window.cures.search.sick
    assert window.cures.search.sick.verdict.condition is Condition.DEAD
    assert "As it is" in window.cures.labels


def test_that_a_run_that_learns_needs_no_cure(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(QUICK)
    window.train()
    window.wait_until_ended(qtbot)
    window.trigger("Find a cure")
    assert window.status_text.startswith(NO_NEED[:20])
    assert not window.cures.has_tab()


def test_that_a_run_too_short_to_be_judged_is_told_so(open_window: OpenWindow) -> None:
    window = open_window(SMALL)
    window.trigger("Find a cure")
    assert window.status_text.startswith("A cure takes runs of at least 100 iterations")


def test_that_a_run_that_was_changed_on_its_way_is_not_searched_for(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(DEEP)
    branch = Recipe(window.settings.config).branched(0, fresh=True)
    window.runs.open(window.runs.begin(branch, RunLog()))
    assert window.runs.wait_until_opened(qtbot).recipe == branch
    window.trigger("Find a cure")
    assert window.status_text == NOT_PLAIN


@pytest.mark.parametrize("when", ["while it goes on", "after it was stopped"])
def test_that_the_window_closes_on_a_search(open_window: OpenWindow, qtbot: QtBot, when: str) -> None:
    window = open_window(DEEP.replace(iterations=100_000))
    window.trigger("Find a cure")
    if when == "after it was stopped":
        window.cures.press()
    window.close()
    assert not window.cures.search.results


def test_that_a_search_that_was_stopped_leaves_the_worker_processes_free(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(DEEP.replace(iterations=10_000_000, activation="identity"))
    window.trigger("Find a cure")
    qtbot.wait(500)  # until a worker process has begun with what would take it minutes
    window.cures.press()
    entry = window.runs.train_behind(QUICK)
    qtbot.waitUntil(lambda: not entry.going, timeout=TIMEOUT_MS)
    assert entry.summary().ended
