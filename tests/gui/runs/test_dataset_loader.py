"""Changes of mind while a data set is being read: the folder asked for last is the one that is trained on."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import gui.runs.dataset_loader
from model.data.datasets import Dataset, load_dataset
from model.data.orientation import Orientation
from tests.support import idx_files
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, SMALL, TIMEOUT_MS, click


def slow_load(patch: pytest.MonkeyPatch, folder: str, seconds: float) -> None:
    """Let one folder take long to read."""

    def load(name: str, orientation: Orientation) -> Dataset:
        if name == folder:
            time.sleep(seconds)
        return load_dataset(name, orientation)

    patch.setattr(gui.runs.dataset_loader, "load_dataset", load)


def test_that_a_run_goes_on_when_another_folder_was_wanted_only_for_a_moment(
    open_window: OpenWindow, qtbot: QtBot, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_load(monkeypatch, other, 0.3)
    window = open_window(LONG)
    config = window.run.config
    window.take_config(config.replace(data=other))
    window.take_config(config)
    run_log = window.run.log
    window.train()
    qtbot.waitUntil(window.run.has_idle_reader, timeout=TIMEOUT_MS)
    qtbot.wait(50)
    assert window.run.log is run_log, "the run was replaced by one that nobody asked for"
    assert window.run.is_running()


def test_that_train_pressed_while_the_data_is_read_begins_one_run_and_no_second(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(LONG, ready=False)
    window.complete()
    click(window.button("train"))
    assert not window.run.is_ready()
    time.sleep(0.2)  # the data has been read, but the window does not know yet
    click(window.button("train"))
    qtbot.waitUntil(window.run.is_running, timeout=TIMEOUT_MS)
    run_log = window.run.log
    qtbot.wait(300)
    assert window.run.log is run_log
    assert window.run.is_running()


def test_that_a_wish_to_train_is_forgotten_with_the_folder_it_was_made_for(
    open_window: OpenWindow, qtbot: QtBot, other: str, tmp_path: Path, folder: str
) -> None:
    window = open_window(LONG)
    window.take_config(LONG.replace(data=other))
    window.train()
    window.take_config(LONG.replace(data=folder))
    last = idx_files.write(tmp_path / "last", idx_files.contents())
    window.take_config(LONG.replace(data=last))
    qtbot.waitUntil(lambda: window.settings.data_name == "last", timeout=TIMEOUT_MS)
    qtbot.wait(50)
    assert not window.run.has_begun()


@pytest.mark.parametrize("first_is_broken", [False, True])
def test_that_the_folder_asked_for_last_is_shown(
    open_window: OpenWindow,
    qtbot: QtBot,
    other: str,
    broken: str,
    monkeypatch: pytest.MonkeyPatch,
    first_is_broken: bool,
    tmp_path: Path,
) -> None:
    first = broken if first_is_broken else other
    slow_load(monkeypatch, first, 0.2)
    last = idx_files.write(tmp_path / "last", idx_files.contents(40, 8, (3, 3), 2))
    window = open_window()
    window.take_config(SMALL.replace(data=first))
    window.take_config(SMALL.replace(data=last))
    window.train()
    qtbot.waitUntil(lambda: window.settings.data_name == "last", timeout=TIMEOUT_MS)
    window.wait_until_ended(qtbot)
    assert window.run.config.data == last
    assert "2 classes" in window.settings.data_size
    assert not window.run.is_loading()


def test_that_the_folder_asked_for_last_is_read_even_when_the_reader_is_about_to_end(
    open_window: OpenWindow, qtbot: QtBot, other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = gui.runs.dataset_loader.DatasetThread.run

    def run_and_linger(thread: gui.runs.dataset_loader.DatasetThread) -> None:
        run(thread)
        time.sleep(0.2)

    monkeypatch.setattr(gui.runs.dataset_loader.DatasetThread, "run", run_and_linger)
    window = open_window()
    last = idx_files.write(tmp_path / "last", idx_files.contents(40, 8, (3, 3), 2))
    window.take_config(SMALL.replace(data=other))
    time.sleep(0.1)  # the reader has done its work, but the window does not know yet
    window.take_config(SMALL.replace(data=last))
    qtbot.waitUntil(lambda: window.settings.data_name == "last", timeout=TIMEOUT_MS)
