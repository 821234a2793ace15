"""The lesson's six in the window: one click trains and compares them, and they end in one figure."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.pages.compare.compare_page import ComparePage
from gui.runs.run_entry import RunEntry
from gui.window.picture_commands import FIGURE, NO_FIGURE
from model.config.config import Config
from model.config.presets import LESSON
from model.config.recipe import Recipe
from model.config.views import PageKind
from tests.support.page_windows import begun, left, shown
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS, click


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    """Nothing outlives the windows."""
    yield
    assert left() == []


def lesson(window: WindowPage, qtbot: QtBot) -> list[RunEntry]:
    """The lesson's six, trained with one click to their ends."""
    click(shown(window, ComparePage).lesson)
    six = window.runs.shown
    qtbot.waitUntil(lambda: not any(entry.going for entry in six), timeout=TIMEOUT_MS)
    return six


def words(svg: Path) -> list[str]:
    return [text.strip() for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg.read_text("utf-8"))]


def test_that_one_click_enlists_the_lessons_six_and_compares_them_alone(
    open_window: OpenWindow, qtbot: QtBot, folder: str
) -> None:
    window = open_window(SMALL.replace(seed=5))
    window.train()
    window.wait_until_ended(qtbot)
    before = window.runs.current()
    click(shown(window, ComparePage).lesson)
    runs = window.runs
    assert [entry.recipe.config for entry in runs.shown] == [
        preset.config.replace(seed=5, data=folder) for preset in LESSON
    ]
    assert runs.entries == [before, *runs.shown]
    assert len({entry.listing.color for entry in runs.shown}) == len(LESSON)
    page = shown(window, ComparePage)
    assert [column.entry for column in page.view.columns] == runs.shown
    assert page.view.isVisible()
    assert window.is_busy()
    qtbot.waitUntil(lambda: all(column.seen for column in page.view.columns), timeout=TIMEOUT_MS)
    assert window.run.log is before.run_log, "the run on the screen stays"


def test_that_the_lesson_from_the_menu_opens_the_page(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.activate(qtbot)
    QTest.keyClick(window.focus, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.shows(PageKind.COMPARE)
    assert len(window.runs.shown) == len(LESSON)


def test_that_the_six_end_in_one_figure_for_every_kind_of_file(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    six = lesson(window, qtbot)
    assert [entry.summary().iteration for entry in six] == [preset.config.iterations for preset in LESSON]
    assert all(entry.summary().verdict for entry in six)
    for suffix, start in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")):
        path = tmp_path / f"lesson{suffix}"
        window.export.write(FIGURE, path, 1)
        assert path.read_bytes().startswith(start)
        assert window.status_text == f"Wrote {path}."
    picture = QImage(str(tmp_path / "lesson.png"))
    assert (picture.width(), picture.height()) == (1600, 1000)
    texts = words(tmp_path / "lesson.svg")
    assert {preset.label for preset in LESSON} <= set(texts)
    assert "<image" not in (tmp_path / "lesson.svg").read_text("utf-8"), "everything is drawn, nothing a bitmap"
    window.runs.change(six[0], shown=False)
    window.export.write(FIGURE, tmp_path / "five.png", 1)
    assert not (tmp_path / "five.png").exists()
    assert window.status_text == NO_FIGURE


def test_that_the_figure_of_other_runs_is_refused_and_says_why(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window()
    for seed in range(len(LESSON)):
        begun(window, Recipe(Config(seed=seed)))
    window.export.write(FIGURE, tmp_path / "lesson.png", 1)
    assert not (tmp_path / "lesson.png").exists()
    assert window.status_text == NO_FIGURE
    for preset in LESSON:
        begun(window, Recipe(preset.config))
    window.runs.show_only(window.runs.entries[-len(LESSON) :])
    window.export.copy(FIGURE)
    assert window.status_text == NO_FIGURE, "of runs without a record there is nothing to draw"
