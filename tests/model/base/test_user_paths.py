"""Where the library lies, on each platform."""

import sys
from pathlib import Path

import pytest

from model.base.user_paths import library_path


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
