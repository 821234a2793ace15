"""No window is larger than its screen or off it: the first, one that is remembered, one whose screen has gone."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.dialog_fit import fit_dialog
from gui.window.screen_fit import ScreenFit, fitted
from tests.support.screens import Screen, run_on
from tests.support.windows import TIMEOUT_MS

SIDES = st.integers(1, 8_000)
PLACES = st.integers(-9_000, 9_000)
RECTS = st.builds(QRect, PLACES, PLACES, SIDES, SIDES)

OPENED = """
import json
from PySide6.QtCore import QPoint, QRect
from tests.support.window_page import WindowPage
from tests.support.windows import in_sight
window = WindowPage.started(folder / "settings.json")
{before}
window.show()
window.complete()
for _ in range(4):
    application.processEvents()
    window.draw()
widget = window.widget
frame, screen = widget.frameGeometry(), widget.screen()
rooms = [each.availableGeometry() for each in application.screens()]
print(json.dumps({{
    "inside": [room.contains(frame) for room in rooms],
    "frame": [frame.x(), frame.y(), frame.width(), frame.height()],
    "normal": any(room.contains(widget.normalGeometry()) for room in rooms),
    "least": [widget.minimumWidth(), widget.minimumHeight()],
    "screen": [screen.availableGeometry().width(), screen.availableGeometry().height()],
    "ratio": widget.devicePixelRatio(),
    "maximised": widget.isMaximized(),
    "status": in_sight(window.status_line),
    "bar": in_sight(window.transport_bar),
    "tabs": all(in_sight(button) for button in window.side.buttons.values() if button.isVisible()),
    "pages": all(in_sight(button) for button in window.page_tabs),
}}))
window.close()
"""


def opened(screens: list[Screen], folder: Path, before: str = "", **environment: str) -> dict[str, Any]:
    """What a window is like that starts on these screens; `before` is done with it before it shows."""
    found: dict[str, Any] = run_on(screens, folder, OPENED.format(before=before), **environment)
    return found


def is_whole(found: dict[str, Any]) -> bool:
    """Whether the window is within one screen, and its bars and tabs are in it."""
    parts = all(found[part] for part in ("status", "bar", "tabs", "pages"))
    fits = all(least <= most for least, most in zip(found["least"], found["screen"], strict=True))
    return any(found["inside"]) and parts and fits


@given(frame=RECTS, room=RECTS)
def test_that_a_place_is_brought_into_the_room_with_as_little_change_as_possible(frame: QRect, room: QRect) -> None:
    found = fitted(frame, room)
    assert room.contains(found)
    assert found.size() == frame.size().boundedTo(room.size())
    if room.contains(frame):
        assert found == frame


@pytest.mark.parametrize(
    ("screen", "environment"),
    [
        (Screen(1600, 1000, dpi=144), {}),
        (Screen(1600, 1000), {"QT_FONT_DPI": "144"}),
        (Screen(1366, 768), {"QT_SCALE_FACTOR": "1.25"}),
        (Screen(1366, 768, dpi=144), {}),
        (Screen(1920, 1080, dpi=192), {}),
        (Screen(1280, 800), {"QT_FONT_DPI": "192"}),
        (Screen(800, 600), {}),
        (Screen(3840, 2160), {}),
    ],
    ids=str,
)
def test_that_the_first_window_is_whole_on_its_screen(
    tmp_path: Path, screen: Screen, environment: dict[str, str]
) -> None:
    found = opened([screen], tmp_path, **environment)
    assert is_whole(found), found


def test_that_not_even_the_smallest_screen_has_a_larger_window(tmp_path: Path) -> None:
    found = opened([Screen(1024, 768)], tmp_path, QT_FONT_DPI="192")
    assert found["screen"] == [512, 384]
    assert found["inside"] == [True]


@pytest.mark.parametrize("text", [1.5, 2.0])
def test_that_the_first_window_of_large_text_is_whole_too(tmp_path: Path, text: float) -> None:
    (tmp_path / "settings.json").write_text(f'{{"text": {text}}}')
    found = opened([Screen(1366, 768)], tmp_path)
    assert is_whole(found), found


@pytest.mark.parametrize(
    ("left", "now"),
    [
        ("setGeometry(QRect(60, 90, 2500, 1500))", Screen(1600, 1000, dpi=144)),
        ("setGeometry(QRect(2900, 1500, 900, 640))", Screen(1366, 768)),
        ("showMaximized()", Screen(1366, 768)),
    ],
)
def test_that_a_remembered_window_is_whole_on_a_smaller_screen(tmp_path: Path, now: Screen, left: str) -> None:
    opened([Screen(3840, 2160)], tmp_path, before=f"window.widget.{left}")
    found = opened([now], tmp_path)
    assert is_whole(found), found
    assert found["maximised"] == ("Maximized" in left)
    assert found["normal"], "what it goes back to is on the screen too"


def test_that_a_window_comes_back_to_the_second_screen_and_to_the_first_once_that_has_gone(tmp_path: Path) -> None:
    first, second = Screen(1920, 1080), Screen(1600, 1000, x=1920)
    found = opened([first, second], tmp_path, before="window.widget.setGeometry(QRect(2100, 120, 1100, 700))")
    assert found["inside"] == [False, True]
    found = opened([first, second], tmp_path)
    assert found["inside"] == [False, True]
    assert found["frame"][0] >= 1920
    found = opened([first], tmp_path)
    assert found["inside"] == [True]
    assert is_whole(found), found


def test_that_a_window_left_on_a_screen_of_another_scale_is_whole(tmp_path: Path) -> None:
    first, second = Screen(1920, 1080), Screen(3840, 2160, dpi=192, x=1920)
    opened([first, second], tmp_path, before="window.widget.setGeometry(QRect(2000, 40, 1800, 1000))")
    for screens in ([second._replace(x=0), first._replace(x=3840)], [first._replace(width=1366, height=768)]):
        found = opened(screens, tmp_path)
        assert is_whole(found), found


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def room_of(window: QWidget) -> QRect:
    return window.screen().availableGeometry()


def test_that_a_window_is_brought_back_when_its_screen_changes(window: QWidget, qtbot: QtBot) -> None:
    fit = ScreenFit(window, QSize(960, 620))
    fit.place(QByteArray(), QSize(1280, 820))
    window.show()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    assert window.size() == QSize(1280, 820)
    window.setGeometry(QRect(room_of(window).bottomRight() - QPoint(50, 50), QSize(9000, 9000)))
    window.screen().availableGeometryChanged.emit(room_of(window))
    QApplication.processEvents()
    assert room_of(window).contains(window.frameGeometry())


def test_that_the_user_may_move_a_window_over_an_edge(window: QWidget, qtbot: QtBot) -> None:
    fit = ScreenFit(window, QSize(300, 200))
    fit.place(QByteArray(), QSize(600, 400))
    window.show()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    over = QPoint(room_of(window).right() - 100, 40)
    window.move(over)
    QApplication.processEvents()
    assert window.pos() == over


def test_that_a_window_fits_when_it_is_maximised_no_more(window: QWidget, qtbot: QtBot) -> None:
    fit = ScreenFit(window, QSize(300, 200))
    window.setGeometry(QRect(QPoint(100, 100), QSize(9000, 9000)))
    window.setWindowState(Qt.WindowState.WindowMaximized)
    fit.place(window.saveGeometry(), QSize(600, 400))
    assert window.windowState() == Qt.WindowState.WindowMaximized
    window.show()
    qtbot.waitExposed(window)
    window.showNormal()
    qtbot.waitUntil(lambda: room_of(window).contains(window.frameGeometry()), timeout=TIMEOUT_MS)


def test_that_a_dialog_is_no_larger_than_the_screen(window: QWidget, qtbot: QtBot) -> None:
    dialog = QWidget(window, Qt.WindowType.Dialog)
    dialog.setMinimumSize(9000, 50)
    dialog.resize(9000, 9000)
    fit_dialog(dialog)
    room = room_of(window).size()
    assert (dialog.width(), dialog.height()) <= (room.width(), room.height())
