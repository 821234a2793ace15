"""Where Qt cannot start: one line that says why, and exit code 2, whatever the reason."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui.window.qt_startup import (
    OFFSCREEN_LIBRARIES,
    WINDOW_LIBRARIES,
    explained_imports,
    go_offscreen,
    missing_display,
)
from model.base.errors import InputError
from model.base.user_paths import ROOT

NO_SERVER = ":7777"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays as Linux has them")

START = """
import sys
from gui.window.qt_startup import start_qt
start_qt(sys.argv[:1])
print("started")
"""


def environment(**variables: str) -> dict[str, str]:
    """This environment without a display, and with the variables."""
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return {name: value for name, value in os.environ.items() if name not in without} | variables


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in this checkout."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(**variables), capture_output=True, text=True, check=False)


def only_line(result: subprocess.CompletedProcess[str]) -> str:
    """The one line on stderr of a command that ended with code 2 and said nothing else."""
    assert result.returncode == 2, result.stderr
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("layerscope: ")
    return line


@linux
@pytest.mark.parametrize(
    ("variables", "missing"),
    [
        ({}, True),
        ({"DISPLAY": ""}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, True),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, True),
        ({"QT_QPA_PLATFORM": ""}, True),
        ({"DISPLAY": ":0"}, False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, False),
        ({"QT_QPA_PLATFORM": "xcb;offscreen"}, False),
    ],
)
def test_that_a_display_is_missed_where_qt_would_need_one(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], missing: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert bool(missing_display()) == missing


def test_that_no_display_is_missed_on_other_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert missing_display() == ""


@linux
def test_that_without_a_display_one_line_names_the_commands_that_need_none() -> None:
    line = only_line(run("main.py"))
    assert "main.py train" in line
    assert "main.py screenshot" in line


@linux
def test_that_the_answer_that_there_is_no_display_costs_no_heavy_import() -> None:
    heavy = {"numpy", "PySide6", "pyqtgraph", "argparse", "json"}
    script = f"import sys, main; main.main([]); print(sorted({heavy!r} & set(sys.modules)))"
    assert run("-c", script).stdout == "[]\n"


@linux
@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"DISPLAY": NO_SERVER}, f"could not connect to display {NO_SERVER}"),
        ({"WAYLAND_DISPLAY": "nowhere"}, "wayland"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "nonsense"),
    ],
)
@pytest.mark.parametrize("arguments", [("-c", START), ("main.py",)], ids=["start_qt", "main.py"])
def test_that_qt_ends_in_one_line_where_it_would_abort(
    tmp_path: Path, arguments: tuple[str, ...], variables: dict[str, str], reason: str
) -> None:
    line = only_line(run(*arguments, **variables, XDG_CONFIG_HOME=str(tmp_path)))
    assert reason in line
    assert f"apt install {OFFSCREEN_LIBRARIES} {WINDOW_LIBRARIES}" in line
    assert "main.py train" in line


@linux
@pytest.mark.parametrize("arguments", [("main.py",), ("main.py", "screenshot", "OUT")], ids=["window", "screenshot"])
def test_that_a_missing_library_ends_in_one_line_that_names_its_package(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "libEGL.so.1").touch()  # the loader finds this one first, and it is none
    named = [argument.replace("OUT", str(tmp_path / "out.png")) for argument in arguments]
    line = only_line(run(*named, DISPLAY=NO_SERVER, LD_LIBRARY_PATH=str(tmp_path)))
    assert "libEGL.so.1" in line
    assert "libegl1" in line
    assert ("libxcb-cursor0" in line) == ("screenshot" not in arguments)


def test_that_qt_starts_where_it_can_and_nothing_is_said() -> None:
    result = run("-c", START, QT_QPA_PLATFORM="offscreen")
    assert (result.stdout, result.stderr, result.returncode) == ("started\n", "", 0)


def test_that_pictures_are_drawn_offscreen_whatever_the_environment_asks_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    go_offscreen()
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


@pytest.mark.parametrize("name", ["PySide6", "PySide6.QtSvg", "pyqtgraph"])
def test_that_a_package_that_is_not_installed_is_named_with_the_way_to_get_it(name: str) -> None:
    with pytest.raises(InputError, match=rf"{name} is not installed; .*run\.py"), explained_imports():
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)


@pytest.mark.parametrize(
    "error",
    [
        ModuleNotFoundError("No module named 'gui.misspelt'", name="gui.misspelt"),
        ImportError(
            "cannot import name 'x' from 'gui.window.open_window'",
            name="gui.window.open_window",
            path="gui/window/open_window.py",
        ),
    ],
)
def test_that_a_mistake_of_our_own_is_not_blamed_on_the_system(error: ImportError) -> None:
    with pytest.raises(ImportError) as raised, explained_imports():
        raise error
    assert raised.value is error


def test_that_the_checks_install_the_libraries_that_are_declared() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert OFFSCREEN_LIBRARIES in script
    assert WINDOW_LIBRARIES in script
