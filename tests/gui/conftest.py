"""The fixtures of a window: one on the small data set, a dashboard alone, its timeline, a picture, a lesson."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.export.picture import export
from gui.pages.dashboard.dashboard import Dashboard
from gui.pages.timeline_bar import TimelineBar
from gui.runs.viewed import Viewed
from gui.style import text_size
from gui.style.style_sheet import apply_theme
from gui.style.theme import LIGHT
from gui.window.application import make_application
from model.base.language import ENGLISH, use
from model.config.config import Config
from tests.support.many_bets import many_bets
from tests.support.timed_runs import run_of
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS, dispose

SERVER = shutil.which("Xvfb")


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, folder: str) -> Iterator[OpenWindow]:
    """Opens windows on the small data set, and closes them after the test."""
    opened: list[WindowPage] = []

    def open_one(
        config: Config = SMALL, *, note: str = "", library: Path | None = None, ready: bool = True, **settings: Any
    ) -> WindowPage:
        data = config.data or folder
        path = tmp_path / f"settings-{len(opened)}.json"
        window = WindowPage.made(path, config.replace(data=data), note=note, library=library, **settings)
        opened.append(window)
        window.show()
        if ready:
            window.complete()
            qtbot.waitUntil(window.run.is_ready, timeout=TIMEOUT_MS)
        return window

    yield open_one
    dispose(*(window.widget for window in opened))
    if text_size.factor() != text_size.NORMAL or any(window.colors is not LIGHT for window in opened):
        text_size.set_factor(text_size.NORMAL)
        apply_theme(qapp, LIGHT)


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    """A folder with a lesson that has a bet of every kind."""
    folder = tmp_path / "kinds"
    folder.mkdir()
    return many_bets(folder)


@pytest.fixture
def board(qtbot: QtBot) -> Dashboard:
    """A dashboard without a window around it."""
    made = Dashboard(LIGHT, Viewed())
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def bar(board: Dashboard) -> TimelineBar:
    """The timeline of a run with 0..100 one by one, then every tenth to 1 000."""
    run_of(board, [*range(101), *range(110, 1_001, 10)])
    return board.timeline


@pytest.fixture
def picture(open_window: OpenWindow, tmp_path: Path, folder: str) -> Path:
    """A picture of another run than the window's."""
    config = Config(hidden=(7, 5), seed=3, iterations=40, data=folder)
    export(open_window().board, tmp_path / "run.png", 1, config)
    return tmp_path / "run.png"


@pytest.fixture
def display() -> Iterator[str]:
    """A display server of its own."""
    if SERVER is None:
        if os.environ.get("CI"):
            pytest.fail("Xvfb is not installed, and this is a check that may not be left out")
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    command = [SERVER, "-displayfd", str(write), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb has not started"
        yield f":{number}"
        server.terminate()


@pytest.fixture(params=[ENGLISH, "ja"])
def spoken(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Speaks each language in turn, as the application does when it starts; afterwards English again."""
    use(request.param)
    make_application()
    apply_theme(qapp, LIGHT)
    yield request.param
    use(ENGLISH)
    make_application()
    apply_theme(qapp, LIGHT)
