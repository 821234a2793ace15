"""What comes first when the program starts: the frame, the window, the plots."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from pytestqt.qtbot import QtBot

from gui.style.theme import DARK, LIGHT, palette
from gui.window.window_frame import BOTTOM, LINE, SIDE, TOP, theme_to_begin_with
from model.base.user_paths import ROOT
from tests.support.window_page import OpenWindow
from tests.support.windows import rect_in_window

STAGES = """
import enum
import sys
sys.path.insert(0, sys.argv[1])
enums, call = [], enum.EnumType.__call__
def noted(cls, *arguments, **options):
    enums.extend(arguments[:1])
    return call(cls, *arguments, **options)
enum.EnumType.__call__ = noted  # by which PySide makes them
from pathlib import Path
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QLabel
from gui.window.open_window import make_window
from gui.window.application import make_application
application = make_application()
window = make_window(Path(sys.argv[2]) / "settings.json")
heavy = ("numpy", "gui.controls.control_panel", "pyqtgraph", "gui.lessons")
def say(stage):
    print(stage, window.filled, *["Qt"] * ("WindowState" in enums), *(name for name in heavy if name in sys.modules))
window.framed.connect(lambda: say("filled"))
window.completed.connect(lambda: say("completed"))
window.completed.connect(lambda: print(*{QFontInfo(label.font()).family() for label in window.findChildren(QLabel)}))
window.completed.connect(window.close)
window.show()
say("shown")
application.exec()
"""


def staged(tmp_path: Path) -> list[str]:
    environment = {**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", STAGES, str(ROOT), str(tmp_path)]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


@pytest.mark.parametrize("remembered", [False, True])
def test_that_the_frame_waits_for_qt_alone_and_the_window_for_no_plots(
    tmp_path: Path, qapp: QApplication, *, remembered: bool
) -> None:
    if remembered:
        before = QWidget()
        before.setGeometry(40, 60, 700, 650)
        geometry = bytes(before.saveGeometry().toBase64().data()).decode()
        (tmp_path / "settings.json").write_text(json.dumps({"geometry": geometry}))
    assert staged(tmp_path) == [
        "shown False",  # not even Qt's namespace, whose Enums take 11 ms to make
        "filled True Qt numpy gui.controls.control_panel",
        "completed True Qt numpy gui.controls.control_panel pyqtgraph",
        "Inter",
    ]


def test_that_the_frame_lies_where_the_parts_will_be(open_window: OpenWindow) -> None:
    window = open_window()
    bar, status = window.transport_bar, window.status_line
    (side,) = [each for each in window.visible(QFrame) if each.objectName() == "side"]
    assert rect_in_window(bar).bottom() + 1 == pytest.approx(TOP + LINE, abs=1)
    assert side.width() == pytest.approx(SIDE + LINE, abs=1)
    assert status.height() == pytest.approx(BOTTOM + LINE, abs=1)


def test_that_the_window_says_once_when_its_plots_are_there(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ready=False)
    told: list[bool] = []
    window.completed.connect(lambda: told.append(window.has_plots()))
    window.complete()
    window.complete()
    assert told == [True]


def test_that_the_first_look_is_told_from_the_palette_that_qt_has_set(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for theme, other in ((LIGHT, DARK), (DARK, LIGHT)):
        monkeypatch.setattr(QApplication, "palette", lambda theme=theme: palette(theme))
        assert [theme_to_begin_with(name) for name in ("", "unknown", other.name)] == [theme, theme, other]
