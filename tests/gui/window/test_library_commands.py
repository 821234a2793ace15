"""Runs > Library in the window: it frees without making anybody wait, and runs without weights say so everywhere."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.run_list.branch_dialog import TRAINED_AGAIN
from gui.run_list.library_dialog import GIGABYTE, LibraryDialog
from gui.run_list.run_row import FREED
from gui.runs.run_entry import RunEntry
from gui.views import checkpoint_network, weight_images
from gui.window.library_commands import LibraryCommands
from model.config.views import ViewKind
from model.data.datasets import Dataset
from model.library import making_room
from model.library.connection import UnsavedError
from model.library.library import Library
from model.training.replay import train_recipe
from tests.support.finished_runs import small, train
from tests.support.reference_formulas import contents
from tests.support.saved_runs import library_with, tampered
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import TIMEOUT_MS, click


@pytest.fixture
def path(tmp_path: Path, folder: str, tiny: Dataset) -> Path:
    """A library with five hidden runs, the first of them named."""
    runs = [train(small(folder, seed=seed, iterations=20, hidden=(200,)), tiny) for seed in range(5)]
    hidden = [
        (replace(card, shown=False, created=1e9 + place, label="" if place else "Mine"), run_log)
        for place, (card, run_log) in enumerate(runs)
    ]
    return tampered(library_with(tmp_path / "library.sqlite", *hidden))


@pytest.fixture
def opened(open_window: OpenWindow, qtbot: QtBot, path: Path) -> tuple[WindowPage, LibraryDialog]:
    """A window on it and its dialog, measured."""
    window = open_window(library=path)
    window.runs.wait_for(5, qtbot)
    window.trigger("Library …")
    (dialog,) = window.visible(LibraryDialog)
    qtbot.waitUntil(lambda: dialog.size_told is not None, timeout=TIMEOUT_MS)
    return window, dialog


def freed(path: Path) -> list[bool]:
    with closing(Library.open(path)) as library:
        return [listing.freed for listing in library.runs()]


def free(window: WindowPage, dialog: LibraryDialog, qtbot: QtBot, share: float) -> None:
    """Set a budget of a share of what the library takes, and wait until it is kept."""
    assert dialog.size_told
    dialog.budget.setValue(share * dialog.size_told.bytes / GIGABYTE)
    budget = dialog.bytes_wanted
    click(dialog.button)

    def done() -> bool:
        return dialog.size_told is not None and not dialog.working and dialog.size_told.budget == budget

    qtbot.waitUntil(done, timeout=TIMEOUT_MS)


def show(window: WindowPage, entry: RunEntry, qtbot: QtBot) -> None:
    """Open a run, and wait until it is on the screen."""
    window.runs.open(entry)
    qtbot.waitUntil(lambda: window.runs.on_screen() is entry, timeout=TIMEOUT_MS)


def texts(window: WindowPage) -> str:
    """All labels that show."""
    return "\n".join(each.text() for each in window.visible(QLabel))


def test_that_the_dialog_shows_the_library_and_frees_what_it_says(
    opened: tuple[WindowPage, LibraryDialog], qtbot: QtBot, path: Path
) -> None:
    window, dialog = opened
    assert dialog.path.text() == str(path)
    before = path.stat().st_size
    free(window, dialog, qtbot, 0.6)
    found = freed(path)
    assert not found[0], "it has a name"
    assert 0 < sum(found) < 5
    qtbot.waitUntil(lambda: [entry.freed for entry in window.runs.entries] == found, timeout=TIMEOUT_MS)
    assert path.stat().st_size < 0.7 * before
    assert dialog.size_told
    assert not dialog.size_told.over(dialog.bytes_wanted)


def test_that_the_run_on_the_screen_keeps_its_weights(
    opened: tuple[WindowPage, LibraryDialog], qtbot: QtBot, path: Path
) -> None:
    window, dialog = opened
    show(window, window.runs.entries[2], qtbot)
    free(window, dialog, qtbot, 0.01)
    assert freed(path) == [True, True, False, True, True]


def test_that_it_can_be_stopped_and_what_is_freed_by_then_is_freed(
    opened: tuple[WindowPage, LibraryDialog], qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, dialog = opened
    monkeypatch.setattr(making_room, "STEP_BYTES", 1)
    monkeypatch.setattr("model.library.budget_enforcer.BudgetEnforcer.keep", lambda *_: None)
    steps: list[Any] = []
    stepped = LibraryCommands._stepped

    def counted(commands: LibraryCommands, made: Any) -> None:
        steps.append(made)
        if len(steps) == 2:
            click(dialog.close_button)
        stepped(commands, made)

    monkeypatch.setattr(LibraryCommands, "_stepped", counted)
    free(window, dialog, qtbot, 0.01)
    assert len(steps) == 2
    assert sum(freed(path)) == 2


def test_that_a_full_disk_is_told_in_the_dialog_and_nothing_has_changed(
    opened: tuple[WindowPage, LibraryDialog], qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, dialog = opened

    def refuse(*_: Any, **__: Any) -> None:
        raise UnsavedError("'library' cannot be written: the disk is full.")

    monkeypatch.setattr(Library, "make_room", refuse)
    dialog.budget.setValue(0.00001)
    click(dialog.button)
    qtbot.waitUntil(lambda: "the disk is full" in dialog.said.text(), timeout=TIMEOUT_MS)
    assert not dialog.working
    assert dialog.button.isEnabled()
    assert not any(freed(path))


def test_that_a_freed_run_says_so_in_the_list_and_in_the_views_that_need_weights(
    opened: tuple[WindowPage, LibraryDialog], qtbot: QtBot
) -> None:
    window, dialog = opened
    free(window, dialog, qtbot, 0.01)
    qtbot.waitUntil(lambda: all(entry.freed for entry in window.runs.entries), timeout=TIMEOUT_MS)
    row = next(row for row in window._parts.run_list.table.rows if row.entry is window.runs.entries[1])
    assert "no weights" in row.spoken
    assert FREED in row.explained.replace("\n", " ")
    show(window, window.runs.entries[1], qtbot)
    window.show_view(ViewKind.WEIGHTS)
    window.draw()
    assert weight_images.FREED in texts(window)
    window.show_view(ViewKind.DIGIT)
    window.draw()
    assert checkpoint_network.FREED in texts(window)


def test_that_a_freed_run_can_be_branched_off_and_is_trained_again_for_that(
    opened: tuple[WindowPage, LibraryDialog], qtbot: QtBot, tiny: Dataset
) -> None:
    window, dialog = opened
    free(window, dialog, qtbot, 0.01)
    dialog.reject()
    qtbot.waitUntil(lambda: all(entry.freed for entry in window.runs.entries), timeout=TIMEOUT_MS)
    parent = window.runs.entries[1]
    show(window, parent, qtbot)
    window.go_to(10)
    window.branch()
    asked = window.branch_dialog()
    assert asked.about.text() == TRAINED_AGAIN
    assert asked.at == 10
    click(asked.button)
    window.wait_until_ended(qtbot)
    child = window.runs.current()
    assert child.recipe.branch
    assert child.recipe.branch.parent == parent.recipe
    assert contents(window.run.history.newest) == contents(train_recipe(child.recipe, tiny).history.newest)


def test_that_the_window_goes_on_drawing_while_it_frees(
    opened: tuple[WindowPage, LibraryDialog], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, dialog = opened
    monkeypatch.setattr(making_room, "STEP_BYTES", 1)
    assert dialog.size_told
    dialog.budget.setValue(0.00001)
    turns = 0
    click(dialog.button)
    while dialog.working:
        QTest.qWait(1)
        turns += 1
    assert turns > 2
    assert window.runs.entries


def test_that_a_window_can_be_closed_while_it_frees(
    opened: tuple[WindowPage, LibraryDialog], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, dialog = opened
    monkeypatch.setattr(making_room, "STEP_BYTES", 1)
    dialog.budget.setValue(0.00001)
    click(dialog.button)
    assert dialog.working
    window.close()
    with closing(Library.open(path)) as library:
        library.verify()
        assert len(library.runs()) == 5
