"""The language of the window: the system's or one's own choice, from the next start on; the command line in English."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from gui.style.style_sheet import apply_theme
from gui.style.theme import LIGHT
from gui.window.application import make_application
from gui.window.preferences import Preferences
from gui.window.window_language import LanguageCommands, name_of, speak, system_language
from model.base.language import ENGLISH, language, use
from model.base.user_paths import ROOT
from tests.support.screens import Screen, run_on

# The variables by which a Unix system tells its language (locale(7), gettext(1)).
TELLING = ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE")


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    yield
    use(ENGLISH)
    make_application()
    apply_theme(qapp, LIGHT)


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        (["ja-Jpan-JP", "ja-JP", "ja"], "ja"), (["en-US", "en", "ja"], "en"), (["de-DE", "de", "ja-JP"], "ja"),
        (["fr"], "en"), ([], "en"), (["C"], "en"),
    ],
)  # fmt: skip
def test_that_the_first_language_of_the_system_that_is_ours_is_spoken(
    monkeypatch: pytest.MonkeyPatch, wanted: list[str], spoken: str
) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _locale: wanted)
    assert system_language() == spoken
    speak("")
    assert language() == spoken


def test_that_a_choice_is_spoken_whatever_the_system_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _locale: ["ja"])
    speak(ENGLISH)
    assert language() == ENGLISH
    speak("of a later version")
    assert language() == ENGLISH


def test_that_languages_are_called_as_they_call_themselves() -> None:
    assert [name_of(code) for code in ("en", "ja", "qps")] == ["English", "日本語", "qps"]


def test_that_a_choice_is_kept_and_told() -> None:
    preferences, kept, told = Preferences(), list[str](), list[str]()
    commands = LanguageCommands(preferences, lambda: kept.append(preferences.language), told.append)
    entries = {each.name: each for each in commands.commands()}
    assert list(entries) == ["language-system", "language-en", "language-ja"]
    assert entries["language-system"].checked
    entries["language-ja"].slot()
    assert kept == ["ja"]
    assert told
    assert {each.name: each.checked for each in commands.commands()}["language-ja"]


SHOWN = """
import json, time
from gui.window.open_window import make_window
from gui.window.preferences import Preferences, write_preferences
from tests.support.patience import PATIENCE

def main():
    path = folder / "settings.json"
    write_preferences(path, Preferences(language={language!r}))
    window = make_window(path, folder / "library.db")
    window.show()
    end = time.monotonic() + PATIENCE
    while not window.filled:
        assert time.monotonic() < end
        application.processEvents()
    said = [window.content.transport.train.text(), application.font().families(), window.preferences.language]
    window.close()
    window.keep_preferences()
    print(json.dumps([*said, json.loads(path.read_text())["language"]]))

main()
"""


def test_that_the_window_begins_in_the_language_that_was_chosen(tmp_path: Path) -> None:
    train, families, *languages = run_on([Screen(1600, 1000)], tmp_path, SHOWN.format(language="ja"))
    assert "学習を開始" in train
    assert families == ["Inter", "Layerscope JP"]
    assert languages == ["ja", "ja"]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:ja:en"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LANGUAGE": "en:ja"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({}, "en"),
    ],
)  # fmt: skip
def test_that_the_system_is_understood_however_it_is_told(told: dict[str, str], wanted: str) -> None:
    said = "from gui.window.window_language import system_language; print(system_language())"
    result = subprocess.run(
        [sys.executable, "-c", said], cwd=ROOT, env=os.environ | dict.fromkeys(TELLING, "") | told,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    # On stderr Qt may say that the machine has no such locale; which language its user wants it knows all the same.
    assert (result.returncode, result.stdout) == (0, f"{wanted}\n"), result.stderr


@pytest.mark.parametrize(("wanted", "said"), [("ja", "学習を開始"), ("en", "Train")])
def test_that_the_window_begins_in_the_language_of_the_system(tmp_path: Path, wanted: str, said: str) -> None:
    # LANGUAGE names languages only: in the locale C.UTF-8, which every machine has, any of them can be wanted.
    locale = {**dict.fromkeys(TELLING, ""), "LC_ALL": "C.UTF-8", "LANGUAGE": wanted}
    train, *_ = run_on([Screen(1600, 1000)], tmp_path, SHOWN.format(language=""), **locale)
    assert said in train


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "main.py", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_that_a_picture_is_japanese_and_the_command_line_is_not(tmp_path: Path) -> None:
    picture = tmp_path / "window.svg"
    size = ("--iterations", "20", "--size", "1280x820", "--scale", "1")
    result = command("screenshot", str(picture), "--language", "ja", *size)
    assert result.returncode == 0, result.stderr
    assert "正答率" in picture.read_text("utf-8")
    result = command("screenshot", str(tmp_path / "none" / "a.svg"), "--language", "ja", *size)
    assert (result.returncode, result.stderr.isascii()) == (2, True)
    result = command("screenshot", str(picture), "--language", "tlh", *size)
    assert result.stderr == "layerscope: --language takes en, ja, not 'tlh'.\n"


def test_that_the_file_of_settings_may_name_any_language(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"language": "tlh"}))
    commands = LanguageCommands(Preferences(language="tlh"), lambda: None, print)
    assert next(each for each in commands.commands() if each.checked).name == "language-system"
