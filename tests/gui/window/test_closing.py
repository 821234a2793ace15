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

from gui.controls.transport_bar import SPEEDS
from gui.export.picture import export
from model.base.user_paths import ROOT
from model.config.config import Config
from tests.support.leak_watch import LeakWatch
from tests.support.patience import AT_ONCE, PATIENCE
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import LONG

EVALUATING = Config(hidden=(200, 100), iterations=100_000, record_every=1)  # on MNIST: a test pass at each step


def loading(window: WindowPage, random: Random, folder: Path) -> None:
    window.take_config(Config())


def loading_to_train(window: WindowPage, random: Random, folder: Path) -> None:
    window.take_config(Config())
    window.train()


def idle(window: WindowPage, random: Random, folder: Path) -> None:
    pass


def training(window: WindowPage, random: Random, folder: Path) -> None:
    window.train()


def paused(window: WindowPage, random: Random, folder: Path) -> None:
    window.train()
    window.pause()


def slow(window: WindowPage, random: Random, folder: Path) -> None:
    window.set_speed(SPEEDS[random.randrange(3)])
    window.train()


def evaluating(window: WindowPage, random: Random, folder: Path) -> None:
    window.take_config(EVALUATING)
    window.train()


def exporting(window: WindowPage, random: Random, folder: Path) -> None:
    window.train()
    window.draw()
    export(window.board, folder / "picture.png", 2, window.run.config)


def with_a_menu_open(window: WindowPage, random: Random, folder: Path) -> None:
    window.train()
    window.export.open_card_menu(window.board.loss, QPoint(10, 10))


def about_to_take_an_edit(window: WindowPage, random: Random, folder: Path) -> None:
    window.choose_preset("relu-gauss")


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
    assert monotonic() - began < AT_ONCE
    assert not window.is_visible()
    for _ in range(3):
        QApplication.processEvents()
    assert watch.left_behind() == [], "something began after the window was closed"
    assert not [thread for thread in threading.enumerate() if "evaluation" in thread.name]
    assert json.loads(window.settings_path.read_text("utf-8"))["config"] == window.settings.config.to_json()
    assert not list(tmp_path.glob("*.tmp"))


def test_that_a_window_closed_before_its_plots_came_leaves_nothing(open_window: OpenWindow) -> None:
    window = open_window(ready=False)
    window.close()
    for _ in range(5):
        QApplication.processEvents()
    assert not window.run.has_thread()


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
import gui.window.open_window
from gui.window.application import make_application

def close():
    (window,) = [each for each in QApplication.topLevelWidgets() if each.inherits("QMainWindow")]
    if sys.argv[3] != "frame" and not window.filled:
        QTimer.singleShot(0, close)
        return
    if sys.argv[3] == "train":
        (train,) = [each for each in window.findChildren(QAction) if each.text() == "Train or pause"]
        train.trigger()
    QTimer.singleShot(int(sys.argv[4]), window, window.close)

application = make_application()
QTimer.singleShot(int(sys.argv[2]), close)
sys.exit(gui.window.open_window.open_window())
"""


@pytest.mark.parametrize(
    ("start", "what", "end"), [(0, "frame", 0), (0, "train", 0), (0, "idle", 40), (250, "train", 500)]
)
def test_that_the_program_ends_with_code_0_and_without_a_word(tmp_path: Path, start: int, what: str, end: int) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(ROOT), str(start), what, str(end)],
        env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    allowed = "This plugin does not support propagateSizeHints()"
    words = [line for line in result.stderr.splitlines() if line != allowed]
    assert (result.returncode, result.stdout, words) == (0, "", [])
