"""The window may be closed at any moment: it goes at once, no thread stays, and the settings are kept."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from random import Random
from time import monotonic

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.export.picture import export
from gui.window.main_window import MainWindow
from model.base.user_paths import ROOT
from model.config.config import Config
from tests.support.leak_watch import LeakWatch
from tests.support.windows import LONG, OpenWindow, dashboard_of, drawn

EVALUATING = Config(hidden=(200, 100), iterations=100_000, record_every=1)  # on MNIST: a test pass at each step


def loading(window: MainWindow, random: Random, folder: Path) -> None:
    window.session.reset(Config())


def loading_to_train(window: MainWindow, random: Random, folder: Path) -> None:
    window.take_config(Config())
    window.train_or_pause()


def idle(window: MainWindow, random: Random, folder: Path) -> None:
    pass


def training(window: MainWindow, random: Random, folder: Path) -> None:
    window.train_or_pause()


def paused(window: MainWindow, random: Random, folder: Path) -> None:
    window.train_or_pause()
    window.train_or_pause()


def slow(window: MainWindow, random: Random, folder: Path) -> None:
    window.transport.speed.setValue(random.randrange(3))
    window.train_or_pause()


def evaluating(window: MainWindow, random: Random, folder: Path) -> None:
    window.take_config(EVALUATING)
    window.train_or_pause()


def exporting(window: MainWindow, random: Random, folder: Path) -> None:
    window.train_or_pause()
    drawn(window)
    export(dashboard_of(window), folder / "picture.png", 2, window.session.config)


def with_a_menu_open(window: MainWindow, random: Random, folder: Path) -> None:
    window.train_or_pause()
    window.pictures.card_menu(dashboard_of(window).loss, QPoint(10, 10))


def about_to_take_an_edit(window: MainWindow, random: Random, folder: Path) -> None:
    window.panel.take_preset("relu-gauss")


MOMENTS = [
    loading, loading_to_train, idle, training, paused, slow, evaluating, exporting,
    with_a_menu_open, about_to_take_an_edit,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("moment", MOMENTS)
def test_that_the_window_closes_at_any_moment(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, watch: LeakWatch, moment: object, seed: int
) -> None:
    random = Random(f"{moment} {seed}")
    window = open_window(LONG)
    assert callable(moment)
    moment(window, random, tmp_path)
    qtbot.wait(random.randrange(1, 250))
    began = monotonic()
    window.close()
    assert monotonic() - began < 3
    assert not window.isVisible()
    for _ in range(3):
        QApplication.processEvents()
    assert watch.left_behind() == [], "something began after the window was closed"
    assert not [thread for thread in threading.enumerate() if "evaluation" in thread.name]
    assert json.loads(window.path.read_text("utf-8"))["config"] == window.panel.config.to_json()
    assert not list(tmp_path.glob("*.tmp"))


def test_that_a_window_closed_before_its_plots_came_leaves_nothing(open_window: OpenWindow) -> None:
    window = open_window(ready=False)
    window.close()
    for _ in range(5):
        QApplication.processEvents()
    assert window.session.thread_ is None or not window.session.thread_.isRunning()


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import gui.window.app
from gui.window.main_window import MainWindow

def close():
    (window,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
    if sys.argv[3] == "train":
        window.train_or_pause()
    QTimer.singleShot(int(sys.argv[4]), window, window.close)

application = gui.window.app.make_application()
QTimer.singleShot(int(sys.argv[2]), close)
sys.exit(gui.window.app.open_window())
"""


@pytest.mark.parametrize(("start", "what", "end"), [(0, "train", 0), (0, "idle", 40), (250, "train", 500)])
def test_that_the_program_ends_with_code_0_and_without_a_word(tmp_path: Path, start: int, what: str, end: int) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(ROOT), str(start), what, str(end)],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    allowed = "This plugin does not support propagateSizeHints()"
    words = [line for line in result.stderr.splitlines() if line != allowed]
    assert (result.returncode, result.stdout, words) == (0, "", [])
