"""Pictures, folders and foreign things dropped on the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from gui.export.picture import config_in_picture
from tests.support import idx_files
from tests.support.lessons import TOML, written
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL, TIMEOUT_MS


def test_that_a_dropped_picture_brings_its_settings(open_window: OpenWindow, picture: Path) -> None:
    window = open_window()
    assert window.drop(QUrl.fromLocalFile(str(picture)))
    assert window.settings.config == window.run.config == config_in_picture(picture)
    assert "run.png" in window.status_text
    assert not window.run.has_begun()


def test_that_a_dropped_folder_is_opened_as_data(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window()
    data = idx_files.write(tmp_path / "dropped", idx_files.contents())
    assert window.drop(QUrl.fromLocalFile(data))
    qtbot.waitUntil(lambda: window.settings.data_name == "dropped", timeout=TIMEOUT_MS)


@pytest.mark.parametrize("dropped", ["folder", "01-short.toml", "en", "en/01-short.md"])
def test_that_dropped_lessons_are_opened_as_lessons(open_window: OpenWindow, tmp_path: Path, dropped: str) -> None:
    window = open_window()
    own = tmp_path / "own"
    own.mkdir()
    written(own)
    written(own, TOML.replace("minutes = 1", "minutes = 1 1"), name="02-broken")
    assert window.drop(QUrl.fromLocalFile(str(own if dropped == "folder" else own / dropped)))
    assert window.lessons.is_open()
    assert window.lessons.titles == ["A short run"]
    assert window.settings.config.data != str(own)
    if "short" in dropped:
        assert window.lessons.counter == "1 of 1"
    else:
        assert window.status_text.startswith("02-broken.toml, line 1: ")


def test_that_a_broken_lesson_that_is_dropped_costs_one_sentence(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window()
    written(tmp_path, TOML.replace("kind", "knid"))
    assert window.drop(QUrl.fromLocalFile(str(tmp_path / "01-short.toml")))
    assert window.status_text.startswith("01-short.toml, line 8: ")
    assert window.status_text.count(".toml, line") == 1


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n\0\0"])
def test_that_a_foreign_file_is_refused_and_changes_nothing(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    window = open_window()
    window.step(1)
    qtbot.waitUntil(window.run.has_begun, timeout=TIMEOUT_MS)
    before, run_log = window.settings.config, window.run.log
    (tmp_path / "odd.png").write_bytes(content)
    assert window.drop(QUrl.fromLocalFile(str(tmp_path / "odd.png")))
    assert window.status_text == "odd.png carries no Layerscope configuration."
    assert window.settings.config == before
    assert window.run.log is run_log


def test_that_only_local_files_are_taken(open_window: OpenWindow, picture: Path, folder: str) -> None:
    window = open_window()
    web = QUrl("https://example.org/run.png")
    assert not window.drop(web)
    assert window.settings.config == SMALL.replace(data=folder)
    assert window.drop(web, QUrl.fromLocalFile(str(picture)))
    assert window.settings.config == config_in_picture(picture)
