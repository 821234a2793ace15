"""Data sets in the window: other folders, broken ones, and changes of mind while one is being read."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from model.data.datasets import load_dataset
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, SMALL, TIMEOUT_MS, collected, headless, same


def test_that_a_folder_of_another_size_and_class_count_is_trained_on(
    open_window: OpenWindow, qtbot: QtBot, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.settings.choose_folder(monkeypatch, other)
    records = collected(monkeypatch)
    window.train()
    qtbot.waitUntil(lambda: window.run.config.data == other and window.run.has_ended(), timeout=TIMEOUT_MS)
    window.draw()
    assert same(records, headless(SMALL, load_dataset(other)))
    assert window.settings.data_name == "other"
    assert "7 × 5 pixels, 4 classes" in window.settings.data_size
    assert "90 training, 24 test" in window.settings.data_size
    assert window.board.caption.text().startswith("35 – 8-6 – 4")
    assert window.settings.layers.ends == (35, 4)


def test_that_mnist_is_one_press_away(open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window()
    window.settings.return_to_mnist()
    qtbot.waitUntil(lambda: window.settings.data_name == "MNIST", timeout=TIMEOUT_MS)
    assert window.run.config.data == ""
    assert not window.settings.offers_mnist()
    assert "28 × 28 pixels, 10 classes" in window.settings.data_size


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
    run_log = window.run.log
    if begun:
        window.step(10)
        window.wait_until_reached(10, qtbot)
    if begun:
        window.settings.layers.changed.emit((5,))
    window.settings.choose_folder(monkeypatch, broken)
    if begun:
        window.reset()
    qtbot.waitUntil(lambda: "t10k-labels" in window.status_text, timeout=TIMEOUT_MS)
    assert "ends after" in window.status_text
    assert window.settings.config.data == folder
    assert window.run.config == LONG.replace(data=folder), "the run on the screen has not changed"
    assert window.run.log is run_log
    window.train()
    window.wait_until_reached(100, qtbot)
    window.stop()
    window.wait_until_ended(qtbot)


def test_that_a_remembered_folder_that_is_gone_gives_way_to_mnist(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(SMALL.replace(data=str(tmp_path / "gone"), iterations=1), ready=False)
    window.complete()
    qtbot.waitUntil(window.run.is_ready, timeout=TIMEOUT_MS)
    assert window.run.dataset.name == "MNIST"
    assert window.settings.config.data == ""
    assert window.status_text.endswith("This is MNIST instead.")
    assert "There is no folder" in window.status_text
    window.step(1)
    window.wait_until_reached(1, qtbot)
