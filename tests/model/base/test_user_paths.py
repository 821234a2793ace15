"""Where the library lies, on each platform, and what starts the program again."""

import sys
from pathlib import Path

import pytest

from model.base import user_paths
from model.base.user_paths import ROOT, library_path, start_command


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, ".local/share/layerscope/library.sqlite"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/layerscope/library.sqlite"),
        ("linux", {"XDG_DATA_HOME": ""}, ".local/share/layerscope/library.sqlite"),
        ("linux", {"XDG_DATA_HOME": "relative"}, ".local/share/layerscope/library.sqlite"),
        ("darwin", {"XDG_DATA_HOME": "/data"}, "Library/Application Support/layerscope/library.sqlite"),
        ("win32", {"APPDATA": "/roaming"}, "/roaming/layerscope/library.sqlite"),
        ("win32", {}, "AppData/Roaming/layerscope/library.sqlite"),
    ],
)
def test_that_the_library_lies_in_the_platforms_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, variables: dict[str, str], expected: str
) -> None:
    for name in ("XDG_DATA_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert library_path() == tmp_path / expected


def test_that_a_script_of_the_programs_name_starts_it_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "layerscope"
    script.touch()
    monkeypatch.setattr(sys, "argv", [str(script), "--install-desktop"])
    assert start_command() == [str(script)]


def test_that_a_checkout_is_started_with_its_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["main.py"])
    assert start_command() == [sys.executable, str(ROOT / "main.py")]


def test_that_a_standalone_build_is_its_own_command_and_a_package_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["x"])
    monkeypatch.setattr(user_paths, "ROOT", Path("/nowhere"))
    assert start_command() == [sys.executable, "-m", "layerscope"]
    monkeypatch.setattr(user_paths, "FROZEN", True)
    assert start_command() == [sys.executable]
