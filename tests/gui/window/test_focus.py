"""The keyboard's focus: seen wherever Tab leads, and led as one reads, on every page, tab, panel and dialog."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitterHandle,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.pages.map.heat_map import HeatMap
from gui.plots.canvas import Canvas
from gui.plots.live_view import LiveView
from gui.style.theme import DARK, LIGHT, Theme
from gui.widgets.focus_frame import FocusWhereItScrolls
from gui.widgets.reading_order import reading_order
from model.base.run_settings import Section
from tests.support.focus_walk import LEAST_PIXELS, described, focus_difference, stops, unread
from tests.support.patience import PATIENCE
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.window_walk import Place, every_place
from tests.support.windows import SMALL

# What something can be done with by keys; a scroll area only while it scrolls.
USED = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QTextBrowser, QSplitterHandle, HeatMap, Canvas, LiveView,
)  # fmt: skip


def places(window: WindowPage, qtbot: QtBot) -> Iterator[Place]:
    """Everywhere in a window with a run that has ended."""
    window.activate(qtbot)
    window.resize(1366, 900)
    window.train()
    window.wait_until_ended(qtbot)
    yield from every_place(window, lambda done: qtbot.waitUntil(done, timeout=60_000 * PATIENCE))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_that_focus_is_seen_on_every_stop_of_tab(open_window: OpenWindow, qtbot: QtBot, theme: Theme) -> None:
    window = open_window(SMALL)
    window.choose_theme(theme.name)
    looked_at: set[tuple[QWidget, str]] = set()
    unseen = []
    for place, top in places(window, qtbot):
        for stop in stops(top):
            if (stop, described(stop)) not in looked_at:
                looked_at.add((stop, described(stop)))
                pixels = focus_difference(stop)
                if pixels < LEAST_PIXELS:
                    unseen.append(f"{place}: {described(stop)} changes {pixels} pixels")
    assert len(looked_at) > 100
    assert not unseen


def test_that_tab_follows_the_eye_and_stops_only_where_something_can_be_done(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(SMALL)
    strange: dict[str, str] = {}
    for place, top in places(window, qtbot):
        found = stops(top)
        for each in unread(found):
            strange.setdefault(each, place)
        for stop in found:
            scrolls = isinstance(stop, QScrollArea) and any(
                bar.maximum() for bar in (stop.horizontalScrollBar(), stop.verticalScrollBar())
            )
            if not scrolls and not isinstance(stop, USED):
                strange.setdefault(f"{described(stop)} can do nothing", place)
    assert not strange


def test_that_rows_made_later_are_placed_where_they_are_read(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL)
    window.activate(qtbot)
    window.trigger("Add a layer")
    QApplication.processEvents()
    names = [stop.accessibleName() for stop in stops(window.widget)]
    first = names.index("Units of layer 1")
    layers = [f"{what} layer {number}" for number in (1, 2, 3) for what in ("Units of", "Remove")]
    assert names[first : first + 6] == layers


def test_that_shift_tab_leads_back_the_same_way(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL)
    window.activate(qtbot)
    there = stops(window.widget)
    there[-1].setFocus()
    back = [window.focus]
    for _ in there[1:]:
        QTest.keyClick(window.focus, Qt.Key.Key_Backtab)
        back.append(window.focus)
    assert back[::-1] == there


def test_that_columns_are_read_one_after_the_other_and_rows_across(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    columns = QHBoxLayout(whole)
    made: dict[str, QPushButton] = {}
    for column in "ab":
        part = QWidget()
        rows = QVBoxLayout(part)
        columns.addWidget(part)
        for row in "12":
            across = QHBoxLayout()
            rows.addLayout(across)
            for place in "xy":
                made[column + row + place] = QPushButton(column + row + place)
                across.addWidget(made[column + row + place])
    made["b1x"].setEnabled(False)
    whole.show()
    texts = [each.text() for each in reading_order(whole) if isinstance(each, QPushButton)]
    assert texts == ["a1x", "a1y", "a2x", "a2y", "b1y", "b2x", "b2y"]


def test_that_a_scroll_area_is_a_stop_only_while_it_scrolls(qtbot: QtBot) -> None:
    area, content = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    content.setFixedSize(500, 20)
    area.setWidget(content)
    FocusWhereItScrolls(area)
    area.resize(800, 100)
    area.show()
    assert area not in reading_order(area)
    area.resize(200, 100)
    qtbot.waitUntil(lambda: area in reading_order(area))
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    assert focus_difference(area) >= LEAST_PIXELS


# Fields beside which no label stands: what they are is in the field itself, or in the question above.
UNLABELLED = {
    "Sort the runs",
    "Filter the runs",
    "Lowest value across",
    "Lowest value upward",
    "Where the accuracy ends",
}


def test_that_the_label_of_every_row_is_the_buddy_of_its_field(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL, unfolded=[section.key for section in Section])
    strange: dict[str, str] = {}
    for place, top in places(window, qtbot):
        named = {text.buddy() for text in top.findChildren(QLabel) if text.isVisible()}
        for kind in (QComboBox, QAbstractSpinBox, QAbstractSlider, QLineEdit, QPlainTextEdit):
            for field in top.findChildren(kind):
                takes = field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.focusProxy() is None
                if takes and field.isVisible() and field not in named and field.accessibleName() not in UNLABELLED:
                    strange.setdefault(described(field), place)
    assert not strange
