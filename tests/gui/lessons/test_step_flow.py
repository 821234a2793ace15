"""A step of a lesson in a window: a bet, its run, and what was measured; and what does not answer it."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.lessons.step_flow import Phase
from gui.widgets.side_tabs import SET
from model.config.presets import preset_named
from model.lessons.lesson_folder import read_named
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import LONG, TIMEOUT_MS

SHORT = preset_named("relu-he").config.replace(iterations=30, hidden=(8,))


def placed(window: WindowPage, kinds: Path, qtbot: QtBot, value: float = 0.1) -> None:
    """Open the first step, pull the curve's end there, and go on until the answer is told."""
    window.lessons.open("1", folder=kinds)
    qtbot.waitUntil(lambda: window.run.config == SHORT, timeout=TIMEOUT_MS)
    window.lessons.pull(value)
    window.lessons.act()
    window.lessons.wait_until_told(qtbot)


def test_that_nothing_of_a_lesson_is_made_before_its_tab_is_looked_at(window: WindowPage) -> None:
    assert not window.lessons.is_made()
    window.lessons.show()
    assert window.lessons.is_made()
    assert window.lessons.titles[0] == read_named("1").title


def test_that_a_step_waits_for_its_bet_and_has_its_run_set_up(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    window.lessons.open("1", folder=kinds)
    qtbot.waitUntil(lambda: window.run.config == SHORT, timeout=TIMEOUT_MS)
    assert window.lessons.phase is Phase.ASKED
    assert (window.lessons.button, window.lessons.page.primary.isEnabled()) == ("Bet and train", False)
    assert window.settings.config == SHORT
    assert not window.run.has_begun()


def test_that_a_bet_trains_its_run_and_is_told_beside_what_was_measured(
    window: WindowPage, kinds: Path, qtbot: QtBot
) -> None:
    placed(window, kinds, qtbot)
    newest = window.run.log.history.newest
    assert newest
    accuracy = newest.test_accuracy
    assert window.run.has_ended()
    assert window.lessons.told == f"You said 10.0\u202f%. Measured: {100 * accuracy:.1f}\u202f%."
    assert window.lessons.why.startswith("You may have thought so.\nIt learns.")
    assert f"It ended at {100 * accuracy:.1f}" in window.lessons.why
    assert window.lessons.button == "Next"
    assert not window.lessons.editor.isEnabled()


def test_that_no_run_of_a_lesson_begins_without_a_bet(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    window.lessons.open("1", folder=kinds)
    qtbot.waitUntil(lambda: window.run.config == SHORT and window.run.is_ready(), timeout=TIMEOUT_MS)
    window.trigger("Train or pause")
    assert not window.run.has_begun()
    assert window.status_text.startswith("Place your bet first")
    window.trigger("Step 10")
    assert not window.run.has_begun()
    window.lessons.pull(0.9)
    window.trigger("Train or pause")
    assert window.lessons.flow.guess == 0.9
    window.lessons.wait_until_told(qtbot)


def test_that_whoever_explores_other_settings_may_train_them_without_a_bet(
    window: WindowPage, kinds: Path, qtbot: QtBot
) -> None:
    window.lessons.open("1", folder=kinds)
    qtbot.waitUntil(lambda: window.run.config == SHORT, timeout=TIMEOUT_MS)
    window.take_config(SHORT.replace(learning_rate=1.0))
    window.lessons.pages.look()
    assert "(Learning rate 1 instead of 0.1)" in window.lessons.page.aside.text()
    window.trigger("Train or pause")
    window.wait_until_ended(qtbot)
    assert window.lessons.phase is Phase.ASKED


def test_that_a_run_that_makes_room_is_kept_and_the_note_says_where(
    window: WindowPage, kinds: Path, qtbot: QtBot
) -> None:
    first = window.train_to_end(qtbot)
    window.lessons.open("1", folder=kinds)
    assert "is kept in the list of runs" in window.status_text
    assert window.runs.name_of(first) in window.status_text
    assert first in window.runs.entries


def test_that_the_users_own_run_goes_on_behind_the_lessons(open_window: OpenWindow, kinds: Path, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.train()
    own = window.runs.current()
    window.lessons.open("1", folder=kinds)
    assert window.run.config != SHORT, "it is not put aside before anything is done"
    assert "goes on behind" in window.lessons.page.aside.text()
    window.lessons.pull(0.5)
    window.lessons.act()
    window.lessons.wait_until_told(qtbot)
    assert own.going


def test_that_a_stopped_run_does_not_answer(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    window.set_speed(1.0)
    window.lessons.open("1", folder=kinds)
    qtbot.waitUntil(lambda: window.run.config == SHORT and window.run.is_ready(), timeout=TIMEOUT_MS)
    window.lessons.pull(0.9)
    window.lessons.act()
    assert not window.lessons.flow.told
    window.stop()
    window.wait_until_ended(qtbot)
    window.lessons.pages.look()
    assert window.lessons.phase is Phase.READY
    assert "was stopped at" in window.lessons.told
    assert window.lessons.button == "Train again"
    window.set_speed(0.0)
    window.lessons.act()
    window.lessons.wait_until_told(qtbot)
    assert window.lessons.flow.judgement


def test_that_a_run_changed_on_its_way_does_not_answer(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    window.set_speed(3.0)
    window.lessons.open("1", folder=kinds)
    qtbot.waitUntil(lambda: window.run.config == SHORT and window.run.is_ready(), timeout=TIMEOUT_MS)
    window.lessons.pull(0.9)
    window.lessons.act()
    window.settings.edit("learning_rate", 0.05)
    qtbot.waitUntil(lambda: bool(window.run.log.changes), timeout=TIMEOUT_MS)
    window.set_speed(0.0)
    window.wait_until_ended(qtbot)
    window.lessons.pages.look()
    assert "changed on its way" in window.lessons.told


def test_that_a_later_step_uses_the_run_of_an_earlier_one(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    placed(window, kinds, qtbot)
    window.lessons.act()
    runs = len(window.runs.entries)
    assert (window.lessons.counter, window.lessons.button) == ("2 of 7", "Place bet")
    assert window.lessons.editor.choose_number(1)
    window.lessons.act()
    window.lessons.wait_until_told(qtbot)
    assert window.lessons.told == "You said: One. It is: Two."
    assert window.lessons.why == "You may have thought of one.\nIt is two."
    assert len(window.runs.entries) == runs


def test_that_bets_and_steps_are_found_again(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    placed(window, kinds, qtbot, 0.9)
    window.lessons.act()
    window.lessons.leave()
    window.lessons.pages.show_list()
    window.lessons.open_folder(kinds)
    window.lessons.pages.open(window.lessons.pages.lessons[0])
    assert window.lessons.counter == "2 of 7"
    window.lessons.pages.go_by(-1)
    window.lessons.wait_until_told(qtbot)
    assert window.lessons.told.startswith("You said 90.0")
    assert window.lessons.progress.bets["end"].right
    assert (window.settings_path.parent / "lessons.json").exists()


def test_that_a_run_in_the_background_is_trained_there_and_shown(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    window.lessons.open("1", 6, kinds)
    assert window.lessons.editor.guess == ("a", "b")
    window.lessons.act()
    qtbot.waitUntil(lambda: len(window.runs.entries) == 2, timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: (window.lessons.pages.look(), window.lessons.flow.told)[1], timeout=10 * TIMEOUT_MS)
    assert window.lessons.told == "1 of 1 pairs stand as they were measured."
    assert window.run.config.iterations == 25, "the step's own run is on the screen"


def test_that_the_line_at_the_bottom_keeps_silent_while_a_bet_is_asked_for(window: WindowPage) -> None:
    window.lessons.open("1")
    assert window.hint_text == "Place your bet; then the run shows what comes of it."
    window.side_tab(SET).click()
    assert "Place your bet" not in window.hint_text
