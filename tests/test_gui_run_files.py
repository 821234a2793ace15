"""Runs as files: opened by drag and drop, by menu and by command line, saved, exported, copied."""

import json
import shlex
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

import gui.app
from gui.entry import Entry
from gui.fork_dialog import ForkDialog
from gui.run_commands import NO_DATA
from gui.window import MainWindow
from model.datasets import Dataset
from model.export_csv import csv_of
from model.export_jsonl import jsonl_of
from model.exports import Export
from model.library import Library
from model.library_schema import newest
from model.recipe import Recipe
from model.reproduce import COPIES, arguments_of
from model.request import SUFFIX, PageKind
from tests.gui_support import LONG, SMALL, TIMEOUT_MS, OpenWindow, commands, dashboard_of, dispose, drawn, edit, ended
from tests.gui_support import click, mailbox_of, menu_of, reached, visible
from tests.left import Left, eventful, small, train
from tests.saved_runs import assert_same, assert_same_history, library_with, tampered
from tests.test_gui_drops import drop

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


def command(window: MainWindow, menu: str, text: str) -> None:
    """Choose a command of the menu bar."""
    (action,) = [action for action in commands(menu_of(window, menu)) if action.text() == text]
    action.trigger()


def entries(window: MainWindow) -> list[Entry]:
    return window.commands.runs.entries


def said(window: MainWindow, text: str, qtbot: QtBot) -> str:
    """Wait until the line at the bottom says something with `text` in it."""
    qtbot.waitUntil(lambda: text in window.status.text.text(), timeout=TIMEOUT_MS)
    return window.status.text.text()


def is_sentence(text: str) -> bool:
    """Whether this is one sentence, apart from the quoted name."""
    return text.endswith(".") and text.count(". ") == 0 and "\n" not in text and "Traceback" not in text


def trained(window: MainWindow, qtbot: QtBot, **settings: Any) -> Entry:
    """A run with these settings, trained to its end."""
    window.take_config(window.panel.config.replace(**settings))
    window.train_or_pause()
    ended(window, qtbot)
    found = window.commands.runs.current
    assert found
    return found


def answer(patch: pytest.MonkeyPatch, name: str, path: Path | str) -> list[tuple[Any, ...]]:
    """Let a file dialog give this answer; returns what it is asked."""
    asked: list[tuple[Any, ...]] = []
    result = str(path) if name == "getExistingDirectory" else (str(path), "")

    def choose(*arguments: Any) -> Any:
        asked.append(arguments)
        return result

    patch.setattr(QFileDialog, name, choose)
    return asked


def holds(form: Export, path: Path, entry: Entry) -> bool:
    """Whether a file of this form holds the whole run."""
    assert entry.logbook
    match form:
        case Export.LAYERSCOPE:
            with closing(Library.in_memory()) as library:
                (card,) = library.take(path)
                assert_same(library.load(card.id), entry.logbook)
                return card.recipe == entry.recipe
        case Export.CSV:
            return path.read_bytes() == csv_of(entry.logbook)
        case Export.JSONL:
            return path.read_bytes() == jsonl_of(entry.recipe, entry.logbook)
        case Export.NPZ:
            with np.load(path, allow_pickle=False) as arrays:
                return bool(arrays.files)
        case Export.TENSORBOARD:
            return any(each.stat().st_size > 1_000 for each in path.glob("*tfevents*"))


@pytest.mark.parametrize("opener", [by_drop, by_menu])
def test_that_an_opened_file_is_enlisted_and_shown(
    open_window: OpenWindow, qtbot: QtBot, file: Path, left: Left, opener: Opener
) -> None:
    window, (card, logbook) = open_window(), left
    before = file.read_bytes()
    window.show_page(PageKind.COMPARE)
    opener(window, file)
    qtbot.waitUntil(lambda: window.commands.runs.current is not None, timeout=TIMEOUT_MS)
    (entry,) = entries(window)
    assert entry.recipe == card.recipe
    assert window.panel.config == window.session.config == card.recipe.config
    assert window.pages
    assert window.pages.kind is PageKind.RUN
    drawn(window)
    assert_same_history(mailbox_of(window).history, logbook.history)
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
    (dialog,) = visible(window, ForkDialog)
    click(dialog.button)
    ended(window, qtbot)
    assert len(entries(window)) == 2
    assert mailbox_of(window).history.timeline.moments[0].iteration == 60
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
    monkeypatch.setattr("gui.app.signal.signal", lambda *_: None)
    monkeypatch.setattr("gui.app.Garbage", Mock())
    monkeypatch.setattr("sys.excepthook", sys.excepthook)  # so that it is put back
    try:
        assert gui.app.open_window(str(file), tmp_path / "library.sqlite") == 7
        (window,) = found
        assert mailbox_of(window).iteration == left[1].iteration
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
    qtbot.waitUntil(lambda: window.commands.runs.current is not None, timeout=TIMEOUT_MS)
    (entry,) = entries(window)
    window.reset()
    assert window.commands.runs.current is None
    ways[1](window, file)
    qtbot.waitUntil(lambda: window.commands.runs.current is entry, timeout=TIMEOUT_MS)
    assert entries(window) == [entry]


def test_that_a_file_of_a_deleted_run_brings_that_back_once(open_window: OpenWindow, qtbot: QtBot, file: Path) -> None:
    window = open_window()
    by_drop(window, file)
    qtbot.waitUntil(lambda: window.commands.runs.current is not None, timeout=TIMEOUT_MS)
    (entry,) = entries(window)
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
    qtbot.waitUntil(lambda: window.commands.runs.current is not None, timeout=TIMEOUT_MS)
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
    assert is_sentence(said(window, "gone", qtbot))
    drawn(window)
    assert_same_history(mailbox_of(window).history, left[1].history)
    window.commands.branch()
    assert not visible(window, ForkDialog)
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
    mailbox, config, before = mailbox_of(window), window.panel.config, list(entries(window))
    harm(file)
    data = file.read_bytes() if file.is_file() else None
    by_menu(window, file)
    sentence = said(window, word, qtbot)
    assert is_sentence(sentence), sentence
    assert file.name in sentence
    assert mailbox_of(window) is mailbox
    assert (window.panel.config, entries(window)) == (config, before)
    assert (file.read_bytes() if file.is_file() else None) == data
    trained(window, qtbot, seed=7)
    assert len(entries(window)) == 2


def test_that_save_run_as_writes_the_run_on_the_screen(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    asked = answer(monkeypatch, "getSaveFileName", tmp_path / "mine.layerscope")
    command(window, "&File", "Save run as …")
    assert asked == []
    assert is_sentence(window.status.text.text().replace("; ", ", "))
    entry = trained(window, qtbot, activation="tanh")
    command(window, "&File", "Save run as …")
    assert asked[0][2].endswith(SUFFIX)
    assert "Tanh" in asked[0][2]
    said(window, "Wrote", qtbot)
    assert holds(Export.LAYERSCOPE, tmp_path / "mine.layerscope", entry)
    other = open_window()
    by_drop(other, tmp_path / "mine.layerscope")
    qtbot.waitUntil(lambda: other.commands.runs.current is not None, timeout=TIMEOUT_MS)
    assert entry.logbook
    assert_same_history(mailbox_of(other).history, entry.logbook.history)


def test_that_a_run_is_saved_while_it_goes_on(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(LONG)
    window.train_or_pause()
    reached(window, 200, qtbot)
    answer(monkeypatch, "getSaveFileName", tmp_path / "going.layerscope")
    command(window, "&File", "Save run as …")
    said(window, "Wrote", qtbot)
    assert window.session.running
    with closing(Library.in_memory()) as library:
        (card,) = library.take(tmp_path / "going.layerscope")
        assert library.load(card.id).iteration >= 200


@pytest.mark.parametrize("form", Export)
def test_that_one_run_is_exported_in_every_form(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Export
) -> None:
    window = open_window()
    entry = trained(window, qtbot)
    (tmp_path / "out").mkdir()
    suffix = form.value.suffix
    answer(monkeypatch, "getSaveFileName", tmp_path / "out" / "mine")  # without the suffix
    answer(monkeypatch, "getExistingDirectory", tmp_path / "out")
    (menu,) = [action.menu() for action in menu_of(window, "&File").actions() if action.text() == "Export &run"]
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == [f"{each.label} …" for each in Export]
    menu.actions()[list(Export).index(form)].trigger()
    said(window, "Wrote", qtbot)
    (path,) = (tmp_path / "out").iterdir()
    assert path.suffix == suffix
    assert not suffix or path.name == f"mine{suffix}"
    assert holds(form, path, entry)


@pytest.mark.parametrize("form", Export)
def test_that_several_runs_are_exported_under_names_made_apart(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Export
) -> None:
    window = open_window()
    chosen = [trained(window, qtbot, seed=seed) for seed in range(4)]
    for entry, label in zip(chosen, ("../same: name", "same/name", "SAME name", "*"), strict=True):
        window.commands.runs.change(entry, label=label)
    out = tmp_path / "out"
    out.mkdir()
    answer(monkeypatch, "getExistingDirectory", out)
    window.commands.files.export(form, chosen)
    suffix = form.value.suffix
    names = [f"same-name{suffix}", f"same-name-2{suffix}", f"SAME-name-3{suffix}", f"run{suffix}"]
    said(window, f"Wrote {out / names[-1]}", qtbot)
    assert {path.name for path in out.iterdir()} == set(names)
    for name, entry in zip(names, chosen, strict=True):
        assert holds(form, out / name, entry)


@pytest.mark.parametrize("form", [form for form in Export if form.value.suffix])
def test_that_no_file_is_replaced_that_nobody_was_asked_about(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Export
) -> None:
    window = open_window()
    entry, suffix = trained(window, qtbot), form.value.suffix
    precious = [tmp_path / f"mine{suffix}", tmp_path / f"first{suffix}"]
    for path in precious:
        path.write_bytes(b"precious")
    answer(monkeypatch, "getSaveFileName", tmp_path / "mine")
    window.commands.files.export(form, [entry])
    said(window, f"mine{suffix} is there already", qtbot)
    second = trained(window, qtbot, seed=2)
    window.commands.runs.change(entry, label="first")
    answer(monkeypatch, "getExistingDirectory", tmp_path)
    window.commands.files.export(form, [entry, second])
    qtbot.waitUntil((tmp_path / f"first-2{suffix}").exists, timeout=TIMEOUT_MS)
    assert [path.read_bytes() for path in precious] == [b"precious"] * 2
    answer(monkeypatch, "getSaveFileName", precious[0])  # about which the dialog has asked
    window.commands.files.export(form, [entry])
    said(window, f"Wrote {precious[0]}", qtbot)
    assert holds(form, precious[0], entry)


def test_that_a_file_that_cannot_be_written_is_said(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    entry = trained(window, qtbot)
    answer(monkeypatch, "getSaveFileName", tmp_path / "no such folder" / "mine.csv")
    window.commands.files.export(Export.CSV, [entry])
    assert is_sentence(said(window, "no such folder", qtbot))


def test_that_giving_up_a_dialog_writes_nothing(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    entry = trained(window, qtbot)
    before = sorted(tmp_path.iterdir())
    answer(monkeypatch, "getSaveFileName", "")
    answer(monkeypatch, "getExistingDirectory", "")
    answer(monkeypatch, "getOpenFileName", "")
    for form in Export:
        window.commands.files.export(form, [entry])
        window.commands.files.export(form, [entry, entry])
    window.commands.files.choose()
    assert sorted(tmp_path.iterdir()) == before
    assert "Wrote" not in window.status.text.text()


@pytest.mark.parametrize("kind", COPIES)
def test_that_a_copy_makes_the_run_again_with_its_live_changes(
    open_window: OpenWindow, qtbot: QtBot, kind: str
) -> None:
    window = open_window()
    command(window, "R&uns", f"Copy as {kind}")
    assert "not begun" in window.status.text.text()
    window.session.step(20)
    reached(window, 20, qtbot)
    edit(window, "learning_rate", 0.03)
    window.session.step(20)
    qtbot.waitUntil(lambda: bool(mailbox_of(window).changes), timeout=TIMEOUT_MS)
    reached(window, 40, qtbot)
    command(window, "R&uns", f"Copy as {kind}")
    made = Recipe(window.session.config, changes=tuple(mailbox_of(window).changes))
    assert [tuple(change) for change in made.changes] == [(20, "learning_rate", 0.03)]
    text = QGuiApplication.clipboard().text()
    assert text == COPIES[kind](made)
    if kind == "command":
        assert shlex.split(text)[3:] == arguments_of(made)
    assert is_sentence(window.status.text.text())


@pytest.mark.parametrize("kind", COPIES)
def test_that_a_listed_run_that_is_not_read_yet_can_be_copied_too(
    open_window: OpenWindow, qtbot: QtBot, file: Path, left: Left, kind: str
) -> None:
    window = open_window()
    by_drop(window, file)
    qtbot.waitUntil(lambda: window.commands.runs.current is not None, timeout=TIMEOUT_MS)
    window.reset()
    (entry,) = entries(window)
    window.commands.runs.change(entry, shown=False)
    entry.forget()
    QGuiApplication.clipboard().clear()
    window.commands.list.select(entry)
    window.commands.list.commands.made[kind].trigger()
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()), timeout=TIMEOUT_MS)
    assert QGuiApplication.clipboard().text() == COPIES[kind](left[0].recipe)
