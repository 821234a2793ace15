"""What all tests share: one BLAS thread, no display, the data sets."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Before NumPy and Qt are imported: both read these only once.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", QT_QPA_PLATFORM="offscreen")
# Beside pytest's own: a folder named .hypothesis makes pytest warn, and warnings are errors.
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(Path(__file__).parent.parent / ".pytest_cache" / "hypothesis")

import hypothesis
import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.application import make_application
from gui.dashboard import Dashboard
from gui.export import export
from gui.settings import Settings
from gui.theme import LIGHT, apply_theme
from gui.timeline_bar import TimelineBar
from gui.window import MainWindow
from model.config import Config
from model.datasets import Dataset, load_dataset
from tests import idxfiles
from tests.gui_support import SMALL, TIMEOUT_MS, OpenWindow, dashboard_of, dispose
from tests.gui_time import run_of
from tests.gui_watch import Watch

# The same examples at every run: a test that fails today failed for whoever wrote the change.
hypothesis.settings.register_profile(
    "layerscope", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("layerscope")


@pytest.fixture(scope="session")
def mnist() -> Dataset:
    """The whole MNIST."""
    return load_dataset()


@pytest.fixture(scope="session")
def tiny() -> Dataset:
    """Three kinds of noisy 12 x 9 images, 240 to train on and 63 to test, that any network tells apart quickly."""
    rng = np.random.default_rng(2024)
    patterns = rng.integers(0, 256, (3, 12, 9)) * (rng.random((3, 12, 9)) < 0.4)
    patterns[:, :, :2] = 0

    def images(count: int) -> tuple[np.ndarray, np.ndarray]:
        labels = rng.integers(0, 3, count)
        noise = rng.integers(0, 120, (count, 12, 9)) * (rng.random((count, 12, 9)) < 0.3)
        pixels = np.clip(patterns[labels] + noise, 0, 255).astype(np.uint8)
        pixels[:, :, 0] = 0  # a margin that is never lit
        return pixels.reshape(count, -1), labels.astype(np.intp)

    return Dataset("tiny", *images(240), *images(63), (12, 9), 3)


@pytest.fixture(scope="session")
def folder(tiny: Dataset, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small data set as a folder that the program can open."""
    parts = (
        tiny.train_images.reshape(-1, *tiny.image_shape),
        tiny.train_labels.astype(np.uint8),
        tiny.test_images.reshape(-1, *tiny.image_shape),
        tiny.test_labels.astype(np.uint8),
    )
    files = {name: idxfiles.packed(part) for name, part in zip(idxfiles.NAMES, parts, strict=True)}
    return idxfiles.write(tmp_path_factory.mktemp("data") / "tiny", files)


def pytest_configure(config: pytest.Config) -> None:
    """Let Qt's warnings fail a test, but for those that say nothing of ours."""
    # The offscreen platform says so of smallest sizes, and when a menu opens; test_gui_real_window.py allows nothing.
    config.addinivalue_line(
        "qt_log_ignore", r"^This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"
    )


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it, in the light theme."""
    application = make_application()
    apply_theme(application, LIGHT)
    return application


@pytest.fixture(autouse=True)
def watch(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch | None]:
    """No test of the window leaves a thread or a timer behind, nor finds the user's own settings."""
    if "qapp" not in request.fixturenames:
        yield None
        return
    for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    watch = Watch(monkeypatch)
    yield watch
    left = watch.left_behind()
    assert not left, f"left behind: {', '.join(left)}"


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, folder: str) -> Iterator[OpenWindow]:
    """Opens windows on the small data set, and closes them after the test."""
    opened: list[MainWindow] = []

    def open_one(
        config: Config = SMALL, *, note: str = "", library: Path | None = None, ready: bool = True, **settings: Any
    ) -> MainWindow:
        data = config.data or folder
        path = tmp_path / f"settings-{len(opened)}.json"
        window = MainWindow(Settings(config=config.replace(data=data).to_json(), **settings), note, path, library)
        opened.append(window)
        window.show()
        if ready:
            window.complete()
            qtbot.waitUntil(lambda: window.session.ready, timeout=TIMEOUT_MS)
        return window

    yield open_one
    dispose(*opened)
    if any(window.theme is not LIGHT for window in opened):
        apply_theme(qapp, LIGHT)


@pytest.fixture
def board(qtbot: QtBot) -> Dashboard:
    """A dashboard without a window around it."""
    made = Dashboard(LIGHT)
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
def other(tmp_path: Path) -> str:
    """A data set of another shape: 7 x 5 pixels, 4 classes."""
    return idxfiles.write(tmp_path / "other", idxfiles.contents(90, 24, (7, 5), 4), zipped=True)


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """A data set whose test labels end too early."""
    files = idxfiles.contents()
    files[idxfiles.NAMES[3]] = files[idxfiles.NAMES[3]][:-5]
    return idxfiles.write(tmp_path / "broken", files)


@pytest.fixture
def picture(open_window: OpenWindow, tmp_path: Path, folder: str) -> Path:
    """A picture of another run than the window's."""
    config = Config(hidden=(7, 5), seed=3, iterations=40, data=folder)
    export(dashboard_of(open_window()), tmp_path / "run.png", 1, config)
    return tmp_path / "run.png"
