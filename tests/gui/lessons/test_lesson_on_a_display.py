"""A real window on a display server of its own: a lesson by mouse, from the first start on, and one by keyboard."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from model.base.user_paths import ROOT
from tests.support.patience import PATIENCE

START = """
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
folder = Path(sys.argv[2])

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest

import gui.window.open_window
from gui.window.application import make_application
from tests.support.window_page import WindowPage
from tests.support.windows import place_of

application = make_application()


def window_of():
    (window,) = WindowPage.alive()
    return window


def answered(lessons):
    while not lessons.flow.told:
        yield
    yield


def opened():
    while not WindowPage.alive():
        yield
    window = window_of()
    while not window.run.is_ready() or not window.has_plots():
        yield
    window.resize(1280, 820)
    window.widget.activateWindow()
    while not window.is_active() or not window.lessons.is_open():
        yield
    assert application.platformName() == "xcb", application.platformName()
"""

BY_MOUSE = """
left = Qt.MouseButton.LeftButton


def steps():
    yield from opened()
    window = window_of()
    lessons = window.lessons
    QTest.mouseClick(lessons.pages.first.primary, left)
    yield
    assert lessons.counter == "1 of 6"
    plot = window.board.accuracy.plot
    while lessons.editor.guess is None:
        for what in (QTest.mousePress, QTest.mouseMove, QTest.mouseRelease):
            place = place_of(plot, 1500, 0.5 if what is QTest.mousePress else 0.8)
            arguments = (place,) if what is QTest.mouseMove else (left, Qt.KeyboardModifier.NoModifier, place)
            what(plot.view.viewport(), *arguments)
        yield
    assert 0.75 < lessons.editor.guess < 0.85, lessons.editor.guess
    assert not window.run.has_begun()
    QTest.mouseClick(lessons.page.primary, left)
    yield from answered(lessons)
    window.grab().save(str(folder / "told.png"))
    assert lessons.told.startswith("You said"), lessons.told
    assert lessons.flow.judgement.right is False
    right = {"loss": "ln-10", "answer": "one"}
    for number in range(2, 7):
        QTest.mouseClick(lessons.page.primary, left)
        for _ in range(5):
            yield
        assert lessons.counter == f"{number} of 6", lessons.counter
        step = lessons.flow.step
        if step.key in right:
            QTest.mouseClick(lessons.editor.options[right[step.key]], left)
        elif step.bet:
            QTest.mouseClick(lessons.editor.slider, left)
            lessons.pull(0.1)
        if step.bet:
            QTest.mouseClick(lessons.page.primary, left)
        yield from answered(lessons)
        if step.bet:
            assert lessons.flow.judgement.right, step.key
    QTest.mouseClick(lessons.page.primary, left)
    yield
    assert lessons.pages.list.rows[0].state.startswith("done"), lessons.pages.list.rows[0].state
    window.close()
"""

BY_KEYBOARD = """
class MousePresses(QObject):
    count = 0

    def eventFilter(self, receiver, event):
        self.count += event.type() == QEvent.Type.MouseButtonPress
        return False


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window_of().widget.windowHandle(), key, modifiers)  # the window finds whom it concerns
    for _ in range(3):
        yield


def steps():
    yield from opened()
    lessons, key, shift = window_of().lessons, Qt.Key, Qt.KeyboardModifier.ShiftModifier
    presses = MousePresses()
    application.installEventFilter(presses)
    yield from press(key.Key_Escape)
    assert not lessons.is_open()
    yield from press(key.Key_F3)
    assert lessons.is_open()
    for _ in range(4):
        yield from press(key.Key_Down)
    yield from press(key.Key_Return)

    def flag():
        yield from press(key.Key_Tab)
        yield from press(key.Key_Space)
        assert lessons.editor.guess == float("inf"), lessons.editor.guess
        yield from press(key.Key_Backtab, shift)
        for _ in range(30):
            yield from press(key.Key_Left)
        yield from press(key.Key_Right)
        assert 300 < lessons.editor.guess < 1200, lessons.editor.guess

    def never():
        yield from press(key.Key_Tab)
        yield from press(key.Key_Space)

    keys = {
        "flag": flag,
        "before": lambda: press(key.Key_2),
        "off": lambda: press(key.Key_2),
        "dead": lambda: press(key.Key_Down, shift),
        "cost": lambda: press(key.Key_1),
        "five": lambda: press(key.Key_3),
        "transfer": never,
    }
    number = len(lessons.flow.lesson.steps)
    for place, step in enumerate(lessons.flow.lesson.steps, 1):
        assert lessons.counter == f"{place} of {number}", lessons.counter
        assert lessons.flow.step is step
        if step.bet:
            assert lessons.flow.asks, step.key
            yield from keys[step.key]()
            yield from press(key.Key_Return)
            assert not lessons.flow.asks, step.key
        yield from answered(lessons)
        if step.bet:
            assert lessons.flow.judgement, (step.key, lessons.flow.trouble)
            assert lessons.told.startswith("3 of 3 pairs" if step.key == "dead" else "You said"), lessons.told
            assert lessons.why, step.key
        yield from press(key.Key_Return)
    row = lessons.pages.list.rows[4]
    assert row.isVisible() and row.state.startswith("done"), row.state
    application.removeEventFilter(presses)
    assert presses.count == 0, presses.count
    window_of().close()
"""

END = """
walk = steps()


def go_on():
    try:
        if next(walk, "end") == "end":
            timer.stop()
    except BaseException:
        timer.stop()
        window_of().close()
        raise


timer = QTimer(interval=20)
timer.timeout.connect(go_on)
timer.start()
code = gui.window.open_window.open_window()
print("done")
sys.exit(code)
"""


def walked(script: str, name: str, display: str, folder: Path) -> dict[str, Any]:
    """What is kept of a lesson after a walk through it."""
    environment = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(folder)}
    environment |= {"XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder / "data")}
    result = subprocess.run(
        [sys.executable, "-c", START + script + END, str(ROOT), str(folder)],
        env=environment, capture_output=True, text=True, timeout=2 * PATIENCE, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stdout, result.stderr) == (0, "done\n", "")
    (kept,) = folder.glob("config/*/lessons.json")
    lesson: dict[str, Any] = json.loads(kept.read_text("utf-8"))["lessons"][name]
    return lesson


def test_that_a_beginner_goes_through_lesson_1_by_mouse(display: str, tmp_path: Path) -> None:
    lesson = walked(BY_MOUSE, "01-never-learns", display, tmp_path)
    assert lesson["done"]
    assert {key: bet["right"] for key, bet in lesson["bets"].items()} == {
        "end": False, "number": True, "answers": True, "transfer": True
    }  # fmt: skip


@pytest.mark.timeout(600)
def test_that_lesson_5_is_gone_through_by_keyboard_alone(display: str, tmp_path: Path) -> None:
    lesson = walked(BY_KEYBOARD, "05-relu", display, tmp_path)
    assert lesson["done"]
    assert lesson["bets"]["dead"]["guess"] == ["three", "half", "usual"]
    assert {key: bet["right"] for key, bet in lesson["bets"].items()} == {
        "escape": True, "growth": True, "off": True, "dead": True, "cost": True, "five": True, "transfer": False
    }  # fmt: skip
