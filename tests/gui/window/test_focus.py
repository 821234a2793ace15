"""The keyboard's focus: seen wherever Tab leads, and led as one reads, on every page, tab, panel and dialog."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.widgets.focus_frame import FocusWhereItScrolls
from gui.widgets.reading_order import reading_order
from tests.support.focus_walk import LEAST_PIXELS, focus_difference, stops
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL


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
