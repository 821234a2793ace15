"""Data sets in the window: other folders, broken ones, and changes of mind while one is being read."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.window.main_window import MainWindow
from model.data.datasets import load_dataset
from tests.support.windows import (
    LONG,
    SMALL,
    TIMEOUT_MS,
    OpenWindow,
    click,
    collected,
    dashboard_of,
    drawn,
    ended,
    headless,
    reached,
    run_log_of,
    same,
)


def choose(patch: pytest.MonkeyPatch, window: MainWindow, folder: str) -> None:
    """Open a folder as the user does."""
    patch.setattr(QFileDialog, "getExistingDirectory", lambda *_: folder)
    click(window.panel.data_choice)


def test_that_a_folder_of_another_size_and_class_count_is_trained_on(
    open_window: OpenWindow, qtbot: QtBot, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    choose(monkeypatch, window, other)
    records = collected(monkeypatch)
    window.train_or_pause()
    qtbot.waitUntil(lambda: window.session.config.data == other and window.session.ended, timeout=TIMEOUT_MS)
    drawn(window)
    assert same(records, headless(SMALL, load_dataset(other)))
    assert window.panel.data_name.text() == "other"
    assert "7 × 5 pixels, 4 classes" in window.panel.data_size.text()
    assert "90 training, 24 test" in window.panel.data_size.text()
    assert dashboard_of(window).caption.text().startswith("35 – 8-6 – 4")
    assert window.panel.layers.ends == (35, 4)


def test_that_mnist_is_one_press_away(open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window()
    click(window.panel.data_mnist)
    qtbot.waitUntil(lambda: window.panel.data_name.text() == "MNIST", timeout=TIMEOUT_MS)
    assert window.session.config.data == ""
    assert not window.panel.data_mnist.isVisible()
    assert "28 × 28 pixels, 10 classes" in window.panel.data_size.text()


@pytest.mark.parametrize("begun", [False, True])
def test_that_a_broken_folder_is_explained_and_the_run_before_stays_usable(
    open_window: OpenWindow,
    qtbot: QtBot,
    broken: str,
    folder: str,
    monkeypatch: pytest.MonkeyPatch,
    begun: bool,
) -> None:
    window = open_window(LONG)
    run_log = run_log_of(window)
    if begun:
        window.session.step(10)
        reached(window, 10, qtbot)
    window.panel.layers._set((5,)) if begun else None
    choose(monkeypatch, window, broken)
    if begun:
        window.reset()
    qtbot.waitUntil(lambda: "t10k-labels" in window.status.text.text(), timeout=TIMEOUT_MS)
    assert "ends after" in window.status.text.text()
    assert window.panel.config.data == folder
    assert window.session.config == LONG.replace(data=folder), "the run on the screen has not changed"
    assert run_log_of(window) is run_log
    window.train_or_pause()
    reached(window, 100, qtbot)
    window.session.stop()
    ended(window, qtbot)


def test_that_a_remembered_folder_that_is_gone_gives_way_to_mnist(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(SMALL.replace(data=str(tmp_path / "gone"), iterations=1), ready=False)
    window.complete()
    qtbot.waitUntil(lambda: window.session.ready, timeout=TIMEOUT_MS)
    assert window.session.dataset is not None
    assert window.session.dataset.name == "MNIST"
    assert window.panel.config.data == ""
    assert window.status.text.text().endswith("This is MNIST instead.")
    assert "There is no folder" in window.status.text.text()
    window.session.step(1)
    reached(window, 1, qtbot)
