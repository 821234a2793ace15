"""Saved runs opened: by drag and drop, by menu, by command line; what is none is refused."""

import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

import gui.window.open_window
from gui.run_list.branch_dialog import BranchDialog
from gui.window.run_commands import NO_DATA
from model.config.views import PageKind
from model.data.datasets import Dataset
from model.library.library import Library
from model.library.schema import newest
from tests.support.finished_runs import Left, eventful, small, train
from tests.support.saved_runs import assert_same_history, library_with, tampered
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import TIMEOUT_MS, click, dispose

Opener = Callable[[WindowPage, Path], None]


@pytest.fixture(scope="module")
def left(folder: str, tiny: Dataset) -> Left:
    """A run with a parent, a rescaled layer and live changes."""
    return train(eventful(folder), tiny)


@pytest.fixture
def file(left: Left, tmp_path: Path) -> Path:
    """It as a file."""
    return saved(tmp_path / "eventful.layerscope", left)


def saved(path: Path, *runs: Left) -> Path:
    """A file with these runs that nobody has open."""
    return tampered(library_with(path, *runs))


def by_drop(window: WindowPage, path: Path) -> None:
    assert window.drop(QUrl.fromLocalFile(str(path)))


def by_menu(window: WindowPage, path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        window.trigger("Open run …")


@pytest.mark.parametrize("opener", [by_drop, by_menu])
def test_that_an_opened_file_is_enlisted_and_shown(
    open_window: OpenWindow, qtbot: QtBot, file: Path, left: Left, opener: Opener
) -> None:
    window, (card, run_log) = open_window(), left
    before = file.read_bytes()
    window.show_page(PageKind.COMPARE)
    opener(window, file)
    entry = window.runs.wait_until_opened(qtbot)
    assert entry.recipe == card.recipe
    assert window.settings.config == window.run.config == card.recipe.config
    assert window.shows(PageKind.RUN)
    window.draw()
    assert_same_history(window.run.history, run_log.history)
    assert window.board.moment
    assert not window.run.is_running()
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir() if each.name.startswith(file.stem)] == [file.name]


def test_that_an_opened_run_can_be_branched_off_and_trained_again(
    open_window: OpenWindow, qtbot: QtBot, file: Path
) -> None:
    window = open_window()
    by_drop(window, file)
    window.wait_until_ended(qtbot)
    window.branch()
    (dialog,) = window.visible(BranchDialog)
    click(dialog.button)
    window.wait_until_ended(qtbot)
    assert len(window.runs.entries) == 2
    assert window.run.history.timeline.moments[0].iteration == 60
    window.train()
    window.wait_until_ended(qtbot)
    assert len(window.runs.entries) == 3


def test_that_the_window_opens_on_a_file_of_the_command_line(
    qapp: QApplication, qtbot: QtBot, file: Path, left: Left, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[WindowPage] = []

    def use(*_: object) -> int:
        qtbot.waitUntil(lambda: any(each.is_visible() for each in WindowPage.alive()), timeout=TIMEOUT_MS)
        found.extend(each for each in WindowPage.alive() if each.is_visible())
        qtbot.waitUntil(lambda: found[0].runs.on_screen() is not None, timeout=TIMEOUT_MS)
        found[0].complete()
        qtbot.waitUntil(found[0].run.has_data, timeout=TIMEOUT_MS)
        return 7

    monkeypatch.setattr(QApplication, "exec", use)
    monkeypatch.setattr("gui.window.garbage_collection.GarbageCollector", Mock())
    monkeypatch.setattr("sys.excepthook", sys.excepthook)  # so that it is put back
    try:
        assert gui.window.open_window.open_window(str(file), tmp_path / "library.sqlite") == 7
        (window,) = found
        assert window.run.iteration == left[1].iteration
        assert window.run.config == left[0].recipe.config
    finally:
        dispose(*(window.widget for window in found))
    with closing(Library.open(tmp_path / "library.sqlite")) as library:
        assert [card.recipe for card in library.runs()] == [left[0].recipe]


def test_that_a_picture_of_the_command_line_gives_its_settings(open_window: OpenWindow, picture: Path) -> None:
    window = open_window()
    window.open_file(picture)
    assert window.settings.config.hidden == (7, 5)
    assert window.runs.entries == []


@pytest.mark.parametrize("ways", [(by_drop, by_drop), (by_drop, by_menu)])
def test_that_a_file_opened_twice_is_one_entry(
    open_window: OpenWindow, qtbot: QtBot, file: Path, ways: tuple[Opener, Opener]
) -> None:
    window = open_window()
    ways[0](window, file)
    entry = window.runs.wait_until_opened(qtbot)
    window.reset()
    assert window.runs.on_screen() is None
    ways[1](window, file)
    qtbot.waitUntil(lambda: window.runs.on_screen() is entry, timeout=TIMEOUT_MS)
    assert window.runs.entries == [entry]


def test_that_a_file_of_a_deleted_run_brings_that_back_once(open_window: OpenWindow, qtbot: QtBot, file: Path) -> None:
    window = open_window()
    by_drop(window, file)
    entry = window.runs.wait_until_opened(qtbot)
    window.runs.delete(entry)
    assert window.runs.entries == []
    by_drop(window, file)
    qtbot.waitUntil(lambda: len(window.runs.entries) == 1, timeout=TIMEOUT_MS)
    window.runs.undo()
    assert [each.id for each in window.runs.entries] == [entry.id]
    window.runs.reread(qtbot)
    assert [each.id for each in window.runs.entries] == [entry.id]


def test_that_all_runs_of_a_file_are_taken_in(
    open_window: OpenWindow, qtbot: QtBot, folder: str, tiny: Dataset, tmp_path: Path
) -> None:
    runs = [train(small(folder, seed=seed, iterations=20), tiny) for seed in range(3)]
    window = open_window()
    by_drop(window, saved(tmp_path / "three.layerscope", *runs))
    window.runs.wait_until_opened(qtbot)
    assert [entry.id for entry in window.runs.entries] == [card.id for card, _ in runs]
    assert window.run.config == runs[0][0].recipe.config
    shown = window.board.overlays
    qtbot.waitUntil(lambda: len(shown.all) == 2, timeout=TIMEOUT_MS)
    assert {overlay.name for overlay in shown.all} == {"seed 1", "seed 2"}


def test_that_a_run_whose_data_is_gone_shows_its_curves_and_says_what_is_missing(
    open_window: OpenWindow, qtbot: QtBot, file: Path, left: Left, tmp_path: Path
) -> None:
    window = open_window()
    elsewhere = left[0].recipe.to_json()
    for recipe in (elsewhere, elsewhere["branch"]["parent"]):
        recipe["config"]["data"] = str(tmp_path / "gone")
    tampered(file, f"UPDATE run SET recipe = '{json.dumps(elsewhere)}'")
    by_drop(window, file)
    window.wait_until_said("gone", qtbot)
    window.draw()
    assert_same_history(window.run.history, left[1].history)
    window.branch()
    assert not window.visible(BranchDialog)
    assert window.status_text == NO_DATA.format(place=tmp_path / "gone")
    window.train()
    window.wait_until_said("gone", qtbot)
    assert not window.run.is_running()
    assert len(window.runs.entries) == 1


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[2_000:-2_000] = b"\xa5" * (len(data) - 4_000)
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def replace_by_text(path: Path) -> None:
    path.write_text("a letter to my aunt\n" * 50)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def replace_by_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (id)")


def make_newer(path: Path) -> None:
    tampered(path, f"PRAGMA user_version = {newest() + 1}")


def remove(path: Path) -> None:
    path.unlink()


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("harm", "word"),
    [
        (damage, "damaged"), (cut, "damaged"), (replace_by_text, "not a library"), (empty, "not a library"),
        (replace_by_database, "another program"), (make_newer, "newer"), (remove, "no such file"),
        (make_folder, "folder"),
    ],
)  # fmt: skip
def test_that_a_file_that_is_none_is_refused_in_one_sentence_and_nothing_is_lost(
    open_window: OpenWindow, qtbot: QtBot, file: Path, harm: Callable[[Path], None], word: str
) -> None:
    window = open_window()
    window.train_to_end(qtbot)
    run_log, config, before = window.run.log, window.settings.config, list(window.runs.entries)
    harm(file)
    data = file.read_bytes() if file.is_file() else None
    by_menu(window, file)
    assert file.name in window.wait_until_said(word, qtbot)
    assert window.run.log is run_log
    assert (window.settings.config, window.runs.entries) == (config, before)
    assert (file.read_bytes() if file.is_file() else None) == data
    window.train_to_end(qtbot, seed=7)
    assert len(window.runs.entries) == 2
