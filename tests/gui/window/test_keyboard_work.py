"""A comparison and exports by the keyboard alone, in both languages."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.pages.compare.compare_page import ComparePage
from gui.widgets.japanese_text import JOINER
from model.base.language import tr
from model.config.views import PageKind
from model.exports.formats import Export
from tests.support.keyboard import ALT, CONTROL, Keyboard, name_of
from tests.support.window_page import OpenWindow

Key = Qt.Key


@pytest.fixture
def keys(spoken: str, open_window: OpenWindow, qtbot: QtBot) -> Keyboard:
    """A window in front, of which nothing but the keys is used."""
    window = open_window()
    window.resize(1366, 820)
    return Keyboard(window, qtbot)


def train(keys: Keyboard) -> None:
    """Train what is set up to its end."""
    keys.press(Key.Key_F5)
    keys.wait(keys.window.run.has_ended)


def test_that_runs_are_trained_chosen_and_compared_by_keys(keys: Keyboard) -> None:
    window = keys.window
    train(keys)
    keys.press(Key.Key_F8)
    keys.tab_to(tr("Learning rate"))
    keys.press(Key.Key_A, CONTROL)
    keys.write("0.5")
    keys.press(Key.Key_Return)
    train(keys)
    first, second = window.runs.entries
    assert second.recipe.config.to_json()["learning_rate"] == 0.5

    # Both are hidden, and shown again one by one.
    keys.press(Key.Key_F4)
    assert keys.is_at(window.runs.view)
    keys.press(Key.Key_Home)
    keys.press(Key.Key_Space)
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Space)
    assert window.runs.shown == []
    keys.press(Key.Key_2, CONTROL | ALT)
    page = window.page
    assert isinstance(page, ComparePage)
    assert page.stack.currentIndex() == 1
    keys.tab_to(window.runs.view)
    keys.press(Key.Key_Space)
    keys.press(Key.Key_Up)
    keys.press(Key.Key_Space)
    assert window.runs.shown == [first, second]

    # Its figures are read with the arrow keys.
    keys.wait(lambda: all(column.seen for column in page.view.columns))
    keys.tab_to(page.view)
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Right)
    assert window.runs.name_of(second) in page.view.accessibleDescription()
    keys.tab_to(tr("Iteration to show"))
    keys.press(Key.Key_Home)
    assert page.at == 0


def test_that_a_run_is_opened_from_the_list_by_enter(keys: Keyboard) -> None:
    train(keys)
    keys.press(Key.Key_F8)
    train(keys)
    first, _ = keys.window.runs.entries
    keys.press(Key.Key_F4)
    keys.press(Key.Key_End)
    keys.press(Key.Key_Return)
    keys.wait(lambda: keys.window.runs.on_screen() is first)


def test_that_a_picture_and_a_table_are_written_by_keys(keys: Keyboard, tmp_path: Path) -> None:
    window = keys.window
    train(keys)
    picture, table, saved = tmp_path / "page.png", tmp_path / "run.csv", tmp_path / "run.layerscope"
    before = keys.focus
    keys.type_path(picture, lambda: keys.choose("FILE", "&Export page", "dashboard.png2"))
    assert not QImage(str(picture)).isNull()
    assert window.status_text.replace(JOINER, "") == tr("Wrote {path}.", path=picture)
    assert keys.is_at(before)
    keys.type_path(table, lambda: keys.choose("FILE", "Export &run", Export.CSV.key))
    keys.wait(table.exists)
    with table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0][0] == "iteration"
    assert len(rows) > 10
    keys.type_path(saved, lambda: keys.send(Key.Key_S, CONTROL))
    keys.wait(saved.exists)
    assert keys.is_at(before)


def test_that_a_run_of_the_list_is_exported_by_the_keys_of_its_menu(keys: Keyboard, tmp_path: Path) -> None:
    train(keys)
    keys.press(Key.Key_F4)
    keys.tab_to(tr("More ▾"))
    keys.send(Key.Key_Space)
    keys.choose_here("export")
    keys.type_path(tmp_path / "run.jsonl", lambda: keys.choose_here(Export.JSONL.key))
    keys.wait((tmp_path / "run.jsonl").exists)
    assert name_of(keys.focus) == tr("More ▾")


def test_that_dialogs_are_left_by_escape_with_nothing_done(keys: Keyboard) -> None:
    train(keys)
    before = keys.focus
    keys.answer(lambda _: keys.send(Key.Key_Escape), lambda: keys.choose("FILE", "&Export page", "dashboard.svg1"))
    assert keys.is_at(before)
    assert keys.window.shows(PageKind.RUN)
