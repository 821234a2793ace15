"""Wherever a window can go, on every page, tab, panel and dialog, it can be used by keys and seen, in both themes.

A walk through all of it takes long, so that there is one for each theme; what is promised is looked at on its way.
"""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QGraphicsScene, QGraphicsView, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.style.theme import DARK, LIGHT, Theme
from model.base.run_settings import Section
from tests.support.patience import PATIENCE
from tests.support.place_checks import PlaceChecks
from tests.support.window_page import OpenWindow
from tests.support.window_walk import every_place
from tests.support.windows import SMALL

MANY = 100  # stops of Tab that are there at least


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_that_wherever_the_window_goes_all_is_seen_and_used_by_keys(
    open_window: OpenWindow, qtbot: QtBot, subtests: pytest.Subtests, theme: Theme
) -> None:
    window = open_window(SMALL, unfolded=[section.key for section in Section])
    window.choose_theme(theme.name)
    window.activate(qtbot)
    window.resize(1366, 900)
    window.train()
    window.wait_until_ended(qtbot)
    checks = PlaceChecks(theme)
    for place, top in every_place(window, lambda done: qtbot.waitUntil(done, timeout=60_000 * PATIENCE)):
        checks.look(place, top)
    assert len(checks.stops) > MANY
    for promise, strange in checks.found.items():
        with subtests.test(promise):
            assert not strange, "\n".join(f"{place}: {each}" for each, place in strange.items())


def test_that_each_promise_is_found_broken_where_it_is(qtbot: QtBot) -> None:
    window, scene = QWidget(), QGraphicsScene()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    upper, lower, fields = QPushButton("upper"), QPushButton(), QComboBox()
    drawing = QGraphicsView(scene)
    scene.addSimpleText("faint").setBrush(QColor(LIGHT.card).darker(110))
    for each in (QLabel("above"), upper, lower, fields, drawing):
        column.addWidget(each)
    QWidget.setTabOrder(lower, upper)
    upper.setStyleSheet("border: none; outline: none")
    window.show()
    checks = PlaceChecks(LIGHT)
    checks.look("here", window)
    assert all(checks.found.values()), checks.found
    assert set().union(*(strange.values() for strange in checks.found.values())) == {"here"}
