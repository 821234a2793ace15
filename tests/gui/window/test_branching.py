"""Branching off from the window: the dialog, the parent that goes on, the child in the list."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.run_list.branch_dialog import BranchDialog
from gui.window.run_commands import NO_WEIGHTS
from model.data.datasets import Dataset
from model.training.replay import train_recipe
from tests.support.reference_formulas import contents
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import LONG, TIMEOUT_MS, click, put


def newest_weights(window: WindowPage) -> int:
    """The iteration that a branch of now would begin at."""
    checkpoint = window.run.log.checkpoint
    return checkpoint.iteration if checkpoint else -1


def test_that_a_branch_begins_at_the_kept_iteration_while_its_parent_goes_on(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    window = open_window(LONG)
    click(window.button("train"))
    window.wait_until_reached(300, qtbot)
    parent, at = window.runs.current(), 120
    window.go_to(at)
    window.branch()
    dialog = window.branch_dialog()
    kept = dialog.at
    assert 0 < kept <= at
    put(dialog.form.editors["activation"], "tanh")
    put(dialog.form.editors["learning_rate"], 0.05)
    put(dialog.form.editors["iterations"], kept + 200)
    dialog.form.layer.setCurrentIndex(1)
    put(dialog.form.factor, 0.5)
    click(dialog.button)
    child = window.runs.current()
    assert window.runs.entries == [parent, child]
    assert child.recipe.branch
    assert (child.recipe.branch.iteration, child.recipe.branch.parent) == (kept, parent.recipe)
    assert window.settings.config == window.run.config == child.recipe.config
    assert window.board.viewed.at is None
    assert window.board.caption.text().endswith(f"seed 0  ·  branch at {kept}")
    shown = window.board.signal.run
    assert shown
    assert shown.theory is None
    before = parent.summary().iteration
    qtbot.waitUntil(lambda: parent.summary().iteration > before, timeout=TIMEOUT_MS)
    window.wait_until_ended(qtbot)
    assert window.run.history.timeline.moments[0].iteration == kept
    assert contents(window.run.history.newest) == contents(train_recipe(child.recipe, tiny).history.newest)
    assert window.runs.names == ["ReLU, He", f"Tanh, rate 0.05, layer 1 × 0.5 at {kept}"]
    assert window.runs.overlaid == ["ReLU, He"]
    assert parent.run_log
    assert parent.run_log.changes == [], "the branch's settings are not those of its parent"
    assert not parent.run_log.ended


def test_that_a_branch_from_the_menu_begins_now_and_lets_a_paused_parent_go_on(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(LONG)
    window.step(70)
    window.wait_until_reached(70, qtbot)
    qtbot.waitUntil(lambda: newest_weights(window) == 70, timeout=TIMEOUT_MS)
    parent = window.runs.current()
    window.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    click(window.branch_dialog().cancel)
    assert window.runs.entries == [parent]
    window.branch()
    click(window.branch_dialog().button)
    assert window.run.is_running()
    qtbot.waitUntil(lambda: parent.summary().iteration > 70, timeout=TIMEOUT_MS)
    assert window.runs.current().recipe.start == 70
    window.pause()


def test_that_live_changes_made_before_the_moment_are_part_of_the_branch(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    window = open_window(LONG.replace(record_every=10))
    window.step(40)
    window.wait_until_reached(40, qtbot)
    window.settings.edit("learning_rate", 0.02)
    window.step(40)
    qtbot.waitUntil(lambda: newest_weights(window) == 80, timeout=TIMEOUT_MS)
    window.branch()
    dialog = window.branch_dialog()
    assert dialog.form.editors["learning_rate"].value() == 0.02
    put(dialog.form.editors["iterations"], 120)
    click(dialog.button)
    window.wait_until_ended(qtbot)
    child = window.runs.current().recipe
    assert child.branch
    assert [tuple(change) for change in child.branch.parent.changes] == [(40, "learning_rate", 0.02)]
    assert contents(window.run.history.newest) == contents(train_recipe(child, tiny).history.newest)


def test_that_a_branch_of_another_run_of_the_list_opens_that_first(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, second = window.train_to_end(qtbot, seed=1), window.train_to_end(qtbot, seed=2)
    window.runs.choose(first, "branch")
    dialog = window.branch_dialog()
    assert window.runs.current() is first
    assert dialog.at == 60
    assert dialog.form.config.iterations == 120, "a branch off the end goes on from there"
    click(dialog.button)
    window.wait_until_ended(qtbot)
    assert window.runs.names == ["seed 1", "seed 2", "seed 1, branch at 60"]
    assert window.runs.overlaid == ["seed 1", "seed 2"]
    assert second.summary().iteration == first.summary().iteration == 60


def test_that_a_branch_of_a_run_on_other_data_waits_for_that(open_window: OpenWindow, qtbot: QtBot, other: str) -> None:
    window = open_window()
    first = window.train_to_end(qtbot)
    window.train_to_end(qtbot, data=other)
    window.runs.choose(first, "branch")
    qtbot.waitUntil(lambda: bool(window.visible(BranchDialog)), timeout=TIMEOUT_MS)
    assert window.branch_dialog().origin == first.recipe
    assert window.runs.current() is first
    click(window.branch_dialog().button)
    window.wait_until_ended(qtbot)
    branch = window.runs.current().recipe.branch
    assert branch
    assert branch.parent == first.recipe


def test_that_the_dialog_goes_when_another_run_comes_on_the_screen(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, _ = window.train_to_end(qtbot, seed=1), window.train_to_end(qtbot, seed=2)
    window.branch()
    assert window.visible(BranchDialog)
    window.runs.choose(first, "open")
    assert not window.visible(BranchDialog)


@pytest.mark.parametrize("begins", [False, True])
def test_that_a_run_without_kept_weights_says_why_it_cannot_be_branched_off(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, begins: bool
) -> None:
    window = open_window()
    if begins:
        monkeypatch.setattr("model.history.checkpoints.BUDGET_BYTES", 1)  # no network fits
        window.reset()
        window.step(1)
        window.wait_until_reached(1, qtbot)
    listed = len(window.runs.entries)
    window.branch()
    assert window.status_text == NO_WEIGHTS
    assert not window.visible(BranchDialog)
    assert len(window.runs.entries) == listed
