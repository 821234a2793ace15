"""What comes first when the program starts: the frame, the window, the plots."""

import os
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from model.base.user_paths import ROOT
from tests.support.window_page import OpenWindow

STAGES = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from gui.window.open_window import make_window
from gui.window.application import bare_application
application = bare_application()
window = make_window(Path(sys.argv[2]) / "settings.json")
heavy = ("numpy", "gui.controls.control_panel", "pyqtgraph")
def say(stage):
    print(stage, window.filled, *(name for name in heavy if name in sys.modules))
window.framed.connect(lambda: say("filled"))
window.completed.connect(lambda: say("completed"))
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


def test_that_the_frame_waits_for_qt_alone_and_the_window_for_no_plots(tmp_path: Path) -> None:
    assert staged(tmp_path) == [
        "shown False",
        "filled True numpy gui.controls.control_panel",
        "completed True numpy gui.controls.control_panel pyqtgraph",
    ]


def test_that_the_window_says_once_when_its_plots_are_there(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ready=False)
    told: list[bool] = []
    window.completed.connect(lambda: told.append(window.has_plots()))
    window.complete()
    window.complete()
    assert told == [True]
