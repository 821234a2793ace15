"""Branching off from the window: the dialog, the parent that goes on, the child in the list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.run_list.branch_dialog import BranchDialog
from gui.window.main_window import MainWindow
from gui.window.run_commands import NO_WEIGHTS
from model.data.datasets import Dataset
from model.training.replay import train_recipe
from tests.support.reference_formulas import contents
from tests.support.window_runs import asked, choose, current, entries, names, overlaid, trained
from tests.support.windows import (
    LONG,
    TIMEOUT_MS,
    OpenWindow,
    click,
    dashboard_of,
    edit,
    ended,
    put,
    reached,
    run_log_of,
    visible,
)  # fmt: skip


def newest_weights(window: MainWindow) -> int:
    """The iteration that a branch of now would begin at."""
    checkpoint = run_log_of(window).checkpoint
    return checkpoint.iteration if checkpoint else -1


def test_that_a_branch_begins_at_the_kept_iteration_while_its_parent_goes_on(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    window = open_window(LONG)
    click(window.transport.train)
    reached(window, 300, qtbot)
    parent, at = current(window), 120
    window.go_to(at)
    window.commands.branch()
    dialog = asked(window)
    kept = dialog.checkpoint.iteration
    assert 0 < kept <= at
    put(dialog.form.editors["activation"], "tanh")
    put(dialog.form.editors["learning_rate"], 0.05)
    put(dialog.form.editors["iterations"], kept + 200)
    dialog.form.layer.setCurrentIndex(1)
    put(dialog.form.factor, 0.5)
    click(dialog.button)
    child = current(window)
    assert entries(window) == [parent, child]
    assert child.recipe.branch
    assert (child.recipe.branch.iteration, child.recipe.branch.parent) == (kept, parent.recipe)
    assert window.panel.config == window.session.config == child.recipe.config
    assert dashboard_of(window).at is None
    assert dashboard_of(window).caption.text().endswith(f"seed 0  ·  branch at {kept}")
    shown = dashboard_of(window).signal.run
    assert shown
    assert shown.theory is None
    before = parent.summary().iteration
    qtbot.waitUntil(lambda: parent.summary().iteration > before, timeout=TIMEOUT_MS)
    ended(window, qtbot)
    assert run_log_of(window).history.timeline.moments[0].iteration == kept
    assert contents(run_log_of(window).history.newest) == contents(train_recipe(child.recipe, tiny).history.newest)
    assert names(window) == ["ReLU, He", f"Tanh, rate 0.05, layer 1 × 0.5 at {kept}"]
    assert overlaid(window) == ["ReLU, He"]
    assert parent.run_log
    assert parent.run_log.changes == [], "the branch's settings are not those of its parent"
    assert not parent.run_log.ended


def test_that_a_branch_from_the_menu_begins_now_and_lets_a_paused_parent_go_on(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(LONG)
    window.session.step(70)
    reached(window, 70, qtbot)
    qtbot.waitUntil(lambda: newest_weights(window) == 70, timeout=TIMEOUT_MS)
    parent = current(window)
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    click(asked(window).cancel)
    assert entries(window) == [parent]
    window.commands.branch()
    click(asked(window).button)
    assert window.session.running
    qtbot.waitUntil(lambda: parent.summary().iteration > 70, timeout=TIMEOUT_MS)
    assert current(window).recipe.start == 70
    window.session.pause()


def test_that_live_changes_made_before_the_moment_are_part_of_the_branch(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    window = open_window(LONG.replace(record_every=10))
    window.session.step(40)
    reached(window, 40, qtbot)
    edit(window, "learning_rate", 0.02)
    window.session.step(40)
    qtbot.waitUntil(lambda: newest_weights(window) == 80, timeout=TIMEOUT_MS)
    window.commands.branch()
    dialog = asked(window)
    assert dialog.form.editors["learning_rate"].value() == 0.02
    put(dialog.form.editors["iterations"], 120)
    click(dialog.button)
    ended(window, qtbot)
    child = current(window).recipe
    assert child.branch
    assert [tuple(change) for change in child.branch.parent.changes] == [(40, "learning_rate", 0.02)]
    assert contents(run_log_of(window).history.newest) == contents(train_recipe(child, tiny).history.newest)


def test_that_a_branch_of_another_run_of_the_list_opens_that_first(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, second = trained(window, qtbot, seed=1), trained(window, qtbot, seed=2)
    choose(window, first, "branch")
    dialog = asked(window)
    assert current(window) is first
    assert dialog.checkpoint.iteration == 60
    assert dialog.form.config.iterations == 120, "a branch off the end goes on from there"
    click(dialog.button)
    ended(window, qtbot)
    assert names(window) == ["seed 1", "seed 2", "seed 1, branch at 60"]
    assert overlaid(window) == ["seed 1", "seed 2"]
    assert second.summary().iteration == first.summary().iteration == 60


def test_that_a_branch_of_a_run_on_other_data_waits_for_that(open_window: OpenWindow, qtbot: QtBot, other: str) -> None:
    window = open_window()
    first = trained(window, qtbot)
    trained(window, qtbot, data=other)
    choose(window, first, "branch")
    qtbot.waitUntil(lambda: bool(visible(window, BranchDialog)), timeout=TIMEOUT_MS)
    assert asked(window).origin == first.recipe
    assert current(window) is first
    click(asked(window).button)
    ended(window, qtbot)
    branch = current(window).recipe.branch
    assert branch
    assert branch.parent == first.recipe


def test_that_the_dialog_goes_when_another_run_comes_on_the_screen(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, _ = trained(window, qtbot, seed=1), trained(window, qtbot, seed=2)
    window.commands.branch()
    assert visible(window, BranchDialog)
    choose(window, first, "open")
    assert not visible(window, BranchDialog)


@pytest.mark.parametrize("begins", [False, True])
def test_that_a_run_without_kept_weights_says_why_it_cannot_be_branched_off(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, begins: bool
) -> None:
    window = open_window()
    if begins:
        monkeypatch.setattr("model.history.checkpoints.BUDGET_BYTES", 1)  # no network fits
        window.reset()
        window.session.step(1)
        reached(window, 1, qtbot)
    listed = len(entries(window))
    window.commands.branch()
    assert window.status.text.text() == NO_WEIGHTS
    assert not visible(window, BranchDialog)
    assert len(entries(window)) == listed
