"""What the window remembers, and that no settings file, however broken, keeps it from opening."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import gui.runs.dataset_loader
import gui.window.open_window
from gui.controls.transport_bar import SPEEDS
from gui.style.style_sheet import apply_theme
from gui.style.theme import DARK, LIGHT
from gui.window.preferences import Preferences, preferences_path, read_preferences, write_preferences
from model.base.errors import InputError
from model.base.user_paths import ROOT
from model.config.config import Config
from model.data.datasets import Dataset
from model.lessons.progress import FILE_NAME, LearnerProgress, write_progress
from tests.support.patience import PATIENCE
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS, dispose

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
KEYS = st.sampled_from(["geometry", "config", "theme", "speed", "unfolded", "colour"])
NEARLY = st.dictionaries(KEYS, JSON | st.dictionaries(st.sampled_from(["hidden", "seed", "init", "data"]), JSON))
per_example = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def opened(path: Path) -> tuple[Config, str, str]:
    """Open a window from a settings file and close it: its config, theme and what it says."""
    window = WindowPage.started(path)
    found = window.settings.config, window.theme_name, window.status_text
    window.show()
    dispose(window.widget)
    return found


def no_data(*source: object) -> Dataset:
    """Stands in for load_dataset where only settings matter."""
    raise InputError("There is no data.")


def test_that_the_window_comes_back_as_it_was_left(open_window: OpenWindow, folder: str) -> None:
    window = open_window()
    window.resize(960, 650)
    window.choose_theme("dark")
    window.set_speed(SPEEDS[3])
    window.settings.edit("activation", "tanh")
    window.trigger("Add a layer")
    window.close()
    again = WindowPage.started(window.settings_path)
    try:
        assert again.size == (960, 650)
        assert again.settings.config == SMALL.replace(activation="tanh", hidden=[8, 6, 6], data=folder)
        assert again.run.config == again.settings.config
        assert again.theme_name == "dark"
        assert again.colors is DARK
        assert again.is_theme_ticked("dark")
        assert again.speed == SPEEDS[3]
        assert again.run.per_second == again.speed > 0
    finally:
        again.show()
        dispose(again.widget)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(application, LIGHT)


def test_that_the_first_start_has_defaults_and_no_note(qapp: object, tmp_path: Path) -> None:
    config, theme, said = opened(tmp_path / "none" / "settings.json")
    assert (config, theme) == (Config(), "")
    assert "setting" not in said
    kept, note = read_preferences(tmp_path / "none" / "settings.json")
    assert (kept.config, note) == (Config().to_json(), "")


@per_example
@given(st.binary(max_size=40) | st.text().map(str.encode) | JSON.map(json.dumps).map(str.encode))
@example(b"[" * 100_000)
@example(b"9" * 5000)
@example(b"\xff\xfe")
@example(b"null")
@example(b'"theme"')
def test_that_a_file_of_any_bytes_means_defaults_and_a_note(qapp: object, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    kept, note = read_preferences(path)
    if note:
        assert kept == Preferences()
        assert str(path) in str(note)
        assert "defaults" in str(note)


@per_example
@given(NEARLY)
@example({"config": {"hidden": [0]}})
@example({"config": {"optimizer": "none"}})
@example({"geometry": "\ud800", "theme": "\ud800", "speed": -(2**70)})
@example({"geometry": "AdnQywADAAAAAAAA", "speed": 99, "theme": "purple"})
@example({"config": {"data": "\ud800\0"}})
@example({"unfolded": ["data", "less", None, {}]})
def test_that_a_window_opens_whatever_its_settings_say(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, values: dict[str, Any]
) -> None:
    monkeypatch.setattr(gui.runs.dataset_loader, "load_dataset", no_data)
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(values), "utf-8")
    config, _, said = opened(path)
    _, note = read_preferences(path)
    assert note == "", "what is kept on closing can be read again"
    if "colour" in values:
        assert "could not be read" in said
        assert config == Config()
    apply_theme(qapp, LIGHT)


def test_that_a_config_that_is_refused_leaves_the_rest_and_says_why(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "dark", "config": {"batch_size": 0}}), "utf-8")
    config, theme, said = opened(path)
    assert (config, theme) == (Config(), "dark")
    assert "--batch-size takes 1 to 10,000" in said
    apply_theme(qapp, LIGHT)


def test_that_settings_that_cannot_be_kept_are_said_once_and_stop_nothing(
    open_window: OpenWindow, tmp_path: Path, qapp: QApplication
) -> None:
    (tmp_path / "file").touch()
    window = WindowPage.made(tmp_path / "file" / "settings.json", Config())
    window.show()
    window.complete()
    assert window.status_text.startswith("Settings are not remembered: ")
    dispose(window.widget)
    assert write_preferences(tmp_path, Preferences()) != ""


def test_that_the_users_own_settings_are_where_the_system_keeps_them(qapp: object, tmp_path: Path) -> None:
    assert preferences_path().is_relative_to(tmp_path), "tests never touch the real ones"
    assert preferences_path().name == "settings.json"
    assert "layerscope" in str(preferences_path())


def test_that_the_settings_are_found_before_there_is_an_application(tmp_path: Path) -> None:
    """Whether it is the first start is asked before Qt is there: somebody who has settings is not welcomed again."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from gui.window.preferences import preferences_path;"
        "before = preferences_path(); from gui.window.application import make_application; make_application();"
        "print(before == preferences_path(), before)"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", program, str(ROOT)], env=environment, capture_output=True, text=True, check=False
    )
    assert result.stdout.split() == ["True", str(tmp_path / "layerscope" / "settings.json")], result.stderr


def test_that_a_mistake_of_ours_in_a_slot_is_reported_and_said(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []

    def run() -> int:
        qtbot.waitUntil(lambda: any(each.is_visible() for each in WindowPage.alive()), timeout=TIMEOUT_MS)
        (window,) = [each for each in WindowPage.alive() if each.is_visible()]
        hook(ZeroDivisionError, ZeroDivisionError("on purpose"), None)
        said.append(window.status_text)
        dispose(window.widget)
        return 7

    def hook(*error: Any) -> None:
        sys.excepthook(*error)

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # so that it is put back afterwards
    monkeypatch.setattr(type(qapp), "exec", lambda *_: run())
    try:
        assert gui.window.open_window.open_window() == 7
    finally:
        signal.signal(signal.SIGINT, before)
    assert said == ["Something went wrong in Layerscope itself: ZeroDivisionError: on purpose"]
    assert "ZeroDivisionError: on purpose" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
def test_that_ctrl_c_closes_the_window_and_keeps_the_settings(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import gui.window.open_window; from PySide6.QtCore import QTimer;"
        "gui.window.open_window.make_application(); QTimer.singleShot(0, lambda: print('up', flush=True));"
        "sys.exit(gui.window.open_window.open_window())"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    write_progress(tmp_path / "layerscope" / FILE_NAME, LearnerProgress(started=True))  # not the first start
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(ROOT)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "up\n"
    kept = tmp_path / "layerscope" / "settings.json"
    until = time.monotonic() + PATIENCE
    while not kept.exists() and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert json.loads(kept.read_text("utf-8"))["config"] == Config().to_json()
