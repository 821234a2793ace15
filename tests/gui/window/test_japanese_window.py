"""What is taken out of a Japanese window: tables are English, and texts and paths are as they were written."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QLabel, QTextEdit
from pytestqt.qtbot import QtBot

from gui.pages.compare.compare_page import ComparePage
from gui.pages.repeats.repeats_page import RepeatsPage
from gui.widgets.japanese_text import JOINER
from gui.window.data_commands import DataCommands
from model.base.language import ENGLISH, use
from model.config.views import PageKind, ViewKind
from tests.support.screen_reader import description_of, name_of
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.window_walk import dialogs, settle, sides
from tests.support.windows import TIMEOUT_MS

JAPANESE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> Iterator[WindowPage]:
    """A window that speaks Japanese, with two runs that have ended."""
    use("ja")
    made = open_window()
    made.train_to_end(qtbot, activation="sigmoid", init="gauss", init_std=0.05)
    made.train_to_end(qtbot, activation="tanh")
    settle(made)
    yield made
    use(ENGLISH)


def copied(window: WindowPage) -> Iterator[str]:
    """Every table of the page, as it comes onto the clipboard."""
    data: DataCommands = window.export.data
    for make in window.page.tables().values():
        data.copy(make)
        yield QGuiApplication.clipboard().text()


def test_that_tables_of_every_page_are_english(window: WindowPage, qtbot: QtBot) -> None:
    names = window.runs.names
    assert any(JAPANESE.search(each) for each in names)
    found: dict[str, str] = {}
    for view in ViewKind:
        window.show_view(view)
        settle(window)
        found |= dict.fromkeys(copied(window), view.label)
    window.show_page(PageKind.COMPARE)
    assert isinstance(window.page, ComparePage)
    settle(window)
    found |= dict.fromkeys(copied(window), "compare")
    window.runs.choose(window.runs.entries[0], "repeats")
    page = window.page
    assert isinstance(page, RepeatsPage)
    page.controls.seeds.setValue(1)
    page.start()
    qtbot.waitUntil(lambda: not page.busy, timeout=20 * TIMEOUT_MS)
    settle(window)
    found |= dict.fromkeys(copied(window), "repeats")
    wrong = [f"{place}: {text[:200]}" for text, place in found.items() if JAPANESE.search(text)]
    assert not wrong, "\n".join(wrong)
    told = "".join(found)
    assert all(each in told for each in ("Sigmoid", "Tanh"))
    assert {"compare", "repeats"} <= {*found.values()}


def test_that_what_is_shown_of_a_path_is_the_path(window: WindowPage, tmp_path: Path) -> None:
    picture = tmp_path / "学習の図" / "正答率の曲線.png"
    picture.parent.mkdir()
    window.export.write("loss", picture)
    assert str(picture) in window.status_text


def test_that_texts_are_copied_and_read_aloud_as_they_were_written(window: WindowPage) -> None:
    clipboard = QGuiApplication.clipboard()
    seen = set[str]()
    for place, top in chain(sides(window), dialogs(window)):
        for label in top.findChildren(QLabel):
            said = name_of(label) + description_of(label)
            assert JOINER not in said, f"{place}: {said}"
        for text in top.findChildren(QTextEdit):
            if text.isVisible() and JOINER in text.toPlainText():
                seen.add(place)
                text.selectAll()
                text.copy()
                assert JAPANESE.search(clipboard.text()), place
                assert JOINER not in clipboard.text() + clipboard.mimeData().html(), place
                text.moveCursor(QTextCursor.MoveOperation.Start)
    assert len(seen) >= 3
