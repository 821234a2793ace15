"""Runs given to others: saved, exported in every form, copied as what makes them again."""

import shlex
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from gui.runs.run_entry import RunEntry
from gui.widgets.mnemonics import plain
from model.base.user_paths import RUN_SUFFIX
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.exports.csv import csv_of
from model.exports.formats import Export
from model.exports.jsonl import jsonl_of
from model.exports.reproduce import COPIES, arguments_of
from model.library.library import Library
from tests.support.finished_runs import eventful, train
from tests.support.saved_runs import assert_same, assert_same_history, library_with
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, TIMEOUT_MS


def answer(patch: pytest.MonkeyPatch, name: str, path: Path | str) -> list[tuple[Any, ...]]:
    """Let a file dialog give this answer; returns what it is asked."""
    asked: list[tuple[Any, ...]] = []
    result = str(path) if name == "getExistingDirectory" else (str(path), "")

    def choose(*arguments: Any) -> Any:
        asked.append(arguments)
        return result

    patch.setattr(QFileDialog, name, choose)
    return asked


def holds(form: Export, path: Path, entry: RunEntry) -> bool:
    """Whether a file of this form holds the whole run."""
    assert entry.run_log
    match form:
        case Export.LAYERSCOPE:
            with closing(Library.in_memory()) as library:
                (card,) = library.take(path)
                assert_same(library.load(card.id), entry.run_log)
                return card.recipe == entry.recipe
        case Export.CSV:
            return path.read_bytes() == csv_of(entry.run_log)
        case Export.JSONL:
            return path.read_bytes() == jsonl_of(entry.recipe, entry.run_log)
        case Export.NPZ:
            with np.load(path, allow_pickle=False) as arrays:
                return bool(arrays.files)
        case Export.TENSORBOARD:
            return any(each.stat().st_size > 1_000 for each in path.glob("*tfevents*"))


def test_that_save_run_as_writes_the_run_on_the_screen(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    asked = answer(monkeypatch, "getSaveFileName", tmp_path / "mine.layerscope")
    window.trigger("Save run as …")
    assert asked == []
    window.wait_until_said("not begun", qtbot)
    entry = window.train_to_end(qtbot, activation="tanh")
    window.trigger("Save run as …")
    assert asked[0][2].endswith(RUN_SUFFIX)
    assert "Tanh" in asked[0][2]
    window.wait_until_said("Wrote", qtbot)
    assert holds(Export.LAYERSCOPE, tmp_path / "mine.layerscope", entry)
    other = open_window()
    other.open_file(tmp_path / "mine.layerscope")
    qtbot.waitUntil(lambda: other.runs.on_screen() is not None, timeout=TIMEOUT_MS)
    assert entry.run_log
    assert_same_history(other.run.history, entry.run_log.history)


def test_that_a_run_is_saved_while_it_goes_on(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(LONG)
    window.train()
    window.wait_until_reached(200, qtbot)
    answer(monkeypatch, "getSaveFileName", tmp_path / "going.layerscope")
    window.trigger("Save run as …")
    window.wait_until_said("Wrote", qtbot)
    assert window.run.is_running()
    with closing(Library.in_memory()) as library:
        (card,) = library.take(tmp_path / "going.layerscope")
        assert library.load(card.id).iteration >= 200


@pytest.mark.parametrize("form", Export)
def test_that_one_run_is_exported_in_every_form(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Export
) -> None:
    window = open_window()
    entry = window.train_to_end(qtbot)
    (tmp_path / "out").mkdir()
    suffix = form.value.suffix
    answer(monkeypatch, "getSaveFileName", tmp_path / "out" / "mine")  # without the suffix
    answer(monkeypatch, "getExistingDirectory", tmp_path / "out")
    (menu,) = [action.menu() for action in window.menu("&File").actions() if action.text() == "Export &run"]
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert [plain(action.text()) for action in menu.actions()] == [f"{each.label} …" for each in Export]
    menu.actions()[list(Export).index(form)].trigger()
    window.wait_until_said("Wrote", qtbot)
    (path,) = (tmp_path / "out").iterdir()
    assert path.suffix == suffix
    assert not suffix or path.name == f"mine{suffix}"
    assert holds(form, path, entry)


@pytest.mark.parametrize("form", Export)
def test_that_several_runs_are_exported_under_names_made_apart(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Export
) -> None:
    window = open_window()
    chosen = [window.train_to_end(qtbot, seed=seed) for seed in range(4)]
    for entry, label in zip(chosen, ("../same: name", "same/name", "SAME name", "*"), strict=True):
        window.runs.change(entry, label=label)
    out = tmp_path / "out"
    out.mkdir()
    answer(monkeypatch, "getExistingDirectory", out)
    window.runs.export(form, chosen)
    suffix = form.value.suffix
    names = [f"same-name{suffix}", f"same-name-2{suffix}", f"SAME-name-3{suffix}", f"run{suffix}"]
    window.wait_until_said(f"Wrote {out / names[-1]}", qtbot)
    assert {path.name for path in out.iterdir()} == set(names)
    for name, entry in zip(names, chosen, strict=True):
        assert holds(form, out / name, entry)


@pytest.mark.parametrize("form", [form for form in Export if form.value.suffix])
def test_that_no_file_is_replaced_that_nobody_was_asked_about(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Export
) -> None:
    window = open_window()
    entry, suffix = window.train_to_end(qtbot), form.value.suffix
    precious = [tmp_path / f"mine{suffix}", tmp_path / f"first{suffix}"]
    for path in precious:
        path.write_bytes(b"precious")
    answer(monkeypatch, "getSaveFileName", tmp_path / "mine")
    window.runs.export(form, [entry])
    window.wait_until_said(f"mine{suffix} is there already", qtbot)
    second = window.train_to_end(qtbot, seed=2)
    window.runs.change(entry, label="first")
    answer(monkeypatch, "getExistingDirectory", tmp_path)
    window.runs.export(form, [entry, second])
    qtbot.waitUntil((tmp_path / f"first-2{suffix}").exists, timeout=TIMEOUT_MS)
    assert [path.read_bytes() for path in precious] == [b"precious"] * 2
    answer(monkeypatch, "getSaveFileName", precious[0])  # about which the dialog has asked
    window.runs.export(form, [entry])
    window.wait_until_said(f"Wrote {precious[0]}", qtbot)
    assert holds(form, precious[0], entry)


def test_that_a_file_that_cannot_be_written_is_said(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    entry = window.train_to_end(qtbot)
    answer(monkeypatch, "getSaveFileName", tmp_path / "no such folder" / "mine.csv")
    window.runs.export(Export.CSV, [entry])
    window.wait_until_said("no such folder", qtbot)


def test_that_giving_up_a_dialog_writes_nothing(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    entry = window.train_to_end(qtbot)
    before = sorted(tmp_path.iterdir())
    answer(monkeypatch, "getSaveFileName", "")
    answer(monkeypatch, "getExistingDirectory", "")
    answer(monkeypatch, "getOpenFileName", "")
    for form in Export:
        window.runs.export(form, [entry])
        window.runs.export(form, [entry, entry])
    window.trigger("Open run …")
    assert sorted(tmp_path.iterdir()) == before
    assert "Wrote" not in window.status_text


@pytest.mark.parametrize("kind", COPIES)
def test_that_a_copy_makes_the_run_again_with_its_live_changes(
    open_window: OpenWindow, qtbot: QtBot, kind: str
) -> None:
    window = open_window()
    window.trigger(f"Copy as {kind}")
    assert "not begun" in window.status_text
    window.step(20)
    window.wait_until_reached(20, qtbot)
    window.settings.edit("learning_rate", 0.03)
    window.step(20)
    qtbot.waitUntil(lambda: bool(window.run.changes), timeout=TIMEOUT_MS)
    window.wait_until_reached(40, qtbot)
    window.trigger(f"Copy as {kind}")
    made = Recipe(window.run.config, changes=tuple(window.run.changes))
    assert [tuple(change) for change in made.changes] == [(20, "learning_rate", 0.03)]
    text = QGuiApplication.clipboard().text()
    assert text == COPIES[kind].write(made)
    if kind == "command":
        assert shlex.split(text)[3:] == arguments_of(made)
    window.wait_until_said("clipboard", qtbot)


@pytest.mark.parametrize("kind", COPIES)
def test_that_a_listed_run_that_is_not_read_yet_can_be_copied_too(
    open_window: OpenWindow, qtbot: QtBot, folder: str, tiny: Dataset, tmp_path: Path, kind: str
) -> None:
    window, left = open_window(), train(eventful(folder), tiny)
    window.open_file(library_with(tmp_path / "eventful.layerscope", left))
    window.runs.wait_until_opened(qtbot)
    window.reset()
    (entry,) = window.runs.entries
    window.runs.change(entry, shown=False)
    entry.forget()
    QGuiApplication.clipboard().clear()
    window.runs.select(entry)
    window.runs.do(kind)
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()), timeout=TIMEOUT_MS)
    assert QGuiApplication.clipboard().text() == COPIES[kind].write(left[0].recipe)
