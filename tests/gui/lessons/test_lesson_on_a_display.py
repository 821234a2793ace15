"""A real window on a display server of its own goes through lesson 1 by mouse, from the first start on."""

import json
import os
import subprocess
import sys
from pathlib import Path

from model.base.user_paths import ROOT
from tests.support.patience import PATIENCE

SCRIPT = """
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
folder = Path(sys.argv[2])

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

import gui.window.open_window
from gui.window.application import make_application
from tests.support.window_page import WindowPage
from tests.support.windows import place_of

application = make_application()
left = Qt.MouseButton.LeftButton


def window_of():
    (window,) = WindowPage.alive()
    return window


def answered(lessons):
    while not lessons.flow.told:
        yield
    yield


def steps():
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


def test_that_a_beginner_goes_through_lesson_1_by_mouse(display: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path)}
    environment |= {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path / "data")}
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(ROOT), str(tmp_path)],
        env=environment, capture_output=True, text=True, timeout=2 * PATIENCE, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stdout, result.stderr) == (0, "done\n", "")
    (kept,) = tmp_path.glob("config/*/lessons.json")
    lesson = json.loads(kept.read_text("utf-8"))["lessons"]["01-never-learns"]
    assert lesson["done"]
    assert {key: bet["right"] for key, bet in lesson["bets"].items()} == {
        "end": False, "number": True, "answers": True, "transfer": True
    }  # fmt: skip
