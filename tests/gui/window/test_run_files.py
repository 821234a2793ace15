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

import gui.window.app
from gui.run_list.branch_dialog import BranchDialog
from gui.window.main_window import MainWindow
from gui.window.run_commands import NO_DATA
from model.config.views import PageKind
from model.data.datasets import Dataset
from model.library.library import Library
from model.library.schema import newest
from tests.support.finished_runs import Left, eventful, small, train
from tests.support.saved_runs import assert_same_history, library_with, tampered
from tests.support.window_runs import command, entries, opened, said, trained
from tests.support.windows import (
    TIMEOUT_MS,
    OpenWindow,
    click,
    dashboard_of,
    dispose,
    drawn,
    drop,
    ended,
    run_log_of,
    visible,
)

Opener = Callable[[MainWindow, Path], None]


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


def by_drop(window: MainWindow, path: Path) -> None:
    assert drop(window, QUrl.fromLocalFile(str(path)))


def by_menu(window: MainWindow, path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        command(window, "&File", "Open run …")


@pytest.mark.parametrize("opener", [by_drop, by_menu])
def test_that_an_opened_file_is_enlisted_and_shown(
    open_window: OpenWindow, qtbot: QtBot, file: Path, left: Left, opener: Opener
) -> None:
    window, (card, run_log) = open_window(), left
    before = file.read_bytes()
    window.show_page(PageKind.COMPARE)
    opener(window, file)
    entry = opened(window, qtbot)
    assert entry.recipe == card.recipe
    assert window.panel.config == window.session.config == card.recipe.config
    assert window.pages
    assert window.pages.kind is PageKind.RUN
    drawn(window)
    assert_same_history(run_log_of(window).history, run_log.history)
    assert dashboard_of(window).moment
    assert not window.session.running
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir() if each.name.startswith(file.stem)] == [file.name]


def test_that_an_opened_run_can_be_branched_off_and_trained_again(
    open_window: OpenWindow, qtbot: QtBot, file: Path
) -> None:
    window = open_window()
    by_drop(window, file)
    qtbot.waitUntil(lambda: window.session.ended, timeout=TIMEOUT_MS)
    window.commands.branch()
    (dialog,) = visible(window, BranchDialog)
    click(dialog.button)
    ended(window, qtbot)
    assert len(entries(window)) == 2
    assert run_log_of(window).history.timeline.moments[0].iteration == 60
    window.train_or_pause()
    ended(window, qtbot)
    assert len(entries(window)) == 3


def test_that_the_window_opens_on_a_file_of_the_command_line(
    qapp: QApplication, qtbot: QtBot, file: Path, left: Left, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[MainWindow] = []

    def use(*_: object) -> int:
        found.extend(each for each in qapp.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible())
        qtbot.waitUntil(lambda: found[0].commands.runs.current is not None, timeout=TIMEOUT_MS)
        found[0].complete()
        qtbot.waitUntil(lambda: found[0].session.dataset is not None, timeout=TIMEOUT_MS)
        return 7

    monkeypatch.setattr(QApplication, "exec", use)
    monkeypatch.setattr("gui.window.app.signal.signal", lambda *_: None)
    monkeypatch.setattr("gui.window.app.Garbage", Mock())
    monkeypatch.setattr("sys.excepthook", sys.excepthook)  # so that it is put back
    try:
        assert gui.window.app.open_window(str(file), tmp_path / "library.sqlite") == 7
        (window,) = found
        assert run_log_of(window).iteration == left[1].iteration
        assert window.session.config == left[0].recipe.config
    finally:
        dispose(*found)
    with closing(Library.open(tmp_path / "library.sqlite")) as library:
        assert [card.recipe for card in library.runs()] == [left[0].recipe]


def test_that_a_picture_of_the_command_line_gives_its_settings(open_window: OpenWindow, picture: Path) -> None:
    window = open_window()
    window.commands.files.open(picture)
    assert window.panel.config.hidden == (7, 5)
    assert entries(window) == []


@pytest.mark.parametrize("ways", [(by_drop, by_drop), (by_drop, by_menu)])
def test_that_a_file_opened_twice_is_one_entry(
    open_window: OpenWindow, qtbot: QtBot, file: Path, ways: tuple[Opener, Opener]
) -> None:
    window = open_window()
    ways[0](window, file)
    entry = opened(window, qtbot)
    window.reset()
    assert window.commands.runs.current is None
    ways[1](window, file)
    qtbot.waitUntil(lambda: window.commands.runs.current is entry, timeout=TIMEOUT_MS)
    assert entries(window) == [entry]


def test_that_a_file_of_a_deleted_run_brings_that_back_once(open_window: OpenWindow, qtbot: QtBot, file: Path) -> None:
    window = open_window()
    by_drop(window, file)
    entry = opened(window, qtbot)
    window.commands.runs.delete([entry])
    assert entries(window) == []
    by_drop(window, file)
    qtbot.waitUntil(lambda: len(entries(window)) == 1, timeout=TIMEOUT_MS)
    window.commands.runs.undo()
    assert [each.id for each in entries(window)] == [entry.id]
    window.commands.runs.refresh()
    qtbot.waitUntil(lambda: not window.commands.runs._looking, timeout=TIMEOUT_MS)
    assert [each.id for each in entries(window)] == [entry.id]


def test_that_all_runs_of_a_file_are_taken_in(
    open_window: OpenWindow, qtbot: QtBot, folder: str, tiny: Dataset, tmp_path: Path
) -> None:
    runs = [train(small(folder, seed=seed, iterations=20), tiny) for seed in range(3)]
    window = open_window()
    by_drop(window, saved(tmp_path / "three.layerscope", *runs))
    opened(window, qtbot)
    assert [entry.id for entry in entries(window)] == [card.id for card, _ in runs]
    assert window.session.config == runs[0][0].recipe.config
    shown = dashboard_of(window).overlays
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
    said(window, "gone", qtbot)
    drawn(window)
    assert_same_history(run_log_of(window).history, left[1].history)
    window.commands.branch()
    assert not visible(window, BranchDialog)
    assert window.status.text.text() == NO_DATA.format(tmp_path / "gone")
    window.train_or_pause()
    said(window, "gone", qtbot)
    assert not window.session.running
    assert len(entries(window)) == 1


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
    trained(window, qtbot)
    run_log, config, before = run_log_of(window), window.panel.config, list(entries(window))
    harm(file)
    data = file.read_bytes() if file.is_file() else None
    by_menu(window, file)
    assert file.name in said(window, word, qtbot)
    assert run_log_of(window) is run_log
    assert (window.panel.config, entries(window)) == (config, before)
    assert (file.read_bytes() if file.is_file() else None) == data
    trained(window, qtbot, seed=7)
    assert len(entries(window)) == 2
