"""The program in a process of its own, with a home of its own: for tests that send it signals or start it twice."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Self

from gui.window.preferences import Preferences
from model.base.user_paths import ROOT
from model.history.run_summary import RunListing
from model.lessons.progress import FILE_NAME, LearnerProgress, write_progress
from model.library.library import Library
from tests.support.patience import PATIENCE

# `act(window)` of the script that is given is called once the window has its plots; what it says is `say`.
DRIVER = """
import os, sys
sys.path.insert(0, sys.argv[1])
sys.argv = ["main.py", *sys.argv[3:]]
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gui.window.application import make_application
application = make_application()

def say(text):
    print(text, flush=True)

def window_of():
    return next((each for each in application.topLevelWidgets() if each.inherits("QMainWindow")), None)

def wait(true, then, *arguments):
    then(*arguments) if true() else QTimer.singleShot(20, lambda: wait(true, then, *arguments))

def started():
    return window_of() is not None and window_of().filled and window_of().content.pages.started

{script}

if "act" in globals():
    wait(started, lambda: act(window_of()))
from main import main
sys.exit(main())
"""


class Program:
    """A home in `folder` in which the program is started with `start`, as often as is wanted."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.runtime = Path(mkdtemp(prefix="ls-"))  # sockets have short paths
        self.environment = {
            **os.environ,
            **{name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")},
            "XDG_RUNTIME_DIR": str(self.runtime),
            "PYTHONFAULTHANDLER": "",
            **environment,
        }
        self.settings_path = folder / "layerscope" / "settings.json"
        self.library_path = folder / "layerscope" / "library.sqlite"
        self.settings_path.parent.mkdir(parents=True, exist_ok=True)
        write_progress(self.settings_path.parent / FILE_NAME, LearnerProgress(started=True))  # not the first start
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self._stack.close()

    def prefer(self, **preferences: Any) -> None:
        """Write settings as an earlier session would have left them."""
        self.settings_path.write_text(json.dumps(vars(Preferences(**preferences))), "utf-8")

    def settings(self) -> dict[str, Any]:
        """The settings as they are kept now."""
        found: dict[str, Any] = json.loads(self.settings_path.read_text("utf-8"))
        return found

    def runs(self, library: Path | None = None) -> list[RunListing]:
        """What is kept in the library."""
        opened = Library.open(library or self.library_path)
        try:
            return opened.runs()
        finally:
            opened.close()

    def reports(self) -> list[str]:
        """The crash reports, the newest last."""
        return [path.read_text("utf-8") for path in sorted((self.folder / "layerscope/crashes").glob("crash-*.txt"))]

    def start(self, script: str = "", *arguments: str) -> "subprocess.Popen[str]":
        """Start it; what is left of it in the end is killed."""
        process = subprocess.Popen(
            [sys.executable, "-c", DRIVER.replace("{script}", script), str(ROOT), "--", *arguments],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        self._stack.callback(_end, process)
        return process


def heard(process: "subprocess.Popen[str]", text: str) -> None:
    """Wait until the program says this."""
    assert process.stdout
    line = process.stdout.readline().strip()
    assert line == text, (line, process.communicate(timeout=PATIENCE)[1] if process.poll() is not None else "")


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Its exit code and what it complained of."""
    _, complaints = process.communicate(timeout=PATIENCE)
    words = [line for line in complaints.splitlines() if not line.startswith("This plugin does not support")]
    return process.returncode, "\n".join(words)


def _end(process: "subprocess.Popen[str]") -> None:
    if process.poll() is None:
        process.kill()
    process.communicate()
