"""The entry in a desktop's menu: what it starts, what it opens, and that nothing of it stays behind."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.window.application import make_application
from model.base.errors import InputError
from model.base.user_paths import FOLDER_NAME, RUN_SUFFIX
from model.cli.command import INSTALL, UNINSTALL
from model.cli.desktop import MIME_TYPE, ChangeDesktop, desktop_files, install_desktop, uninstall_desktop
from model.cli.main_parser import parse
from model.cli.open_window import Open

linux = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="desktops of freedesktop.org")
ENTRY = f"applications/{FOLDER_NAME}.desktop"
COMMAND = ["/opt/layer scope/layerscope"]
MIME_NAMESPACE = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}


def entry_of(folder: Path) -> dict[str, str]:
    """The values of the desktop entry as a desktop reads them, with escapes undone."""
    parser = configparser.RawConfigParser(delimiters="=", comment_prefixes="#", interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys have capitals
    parser.read_string((folder / ENTRY).read_text("utf-8"))
    return {key: value.replace("\\\\", "\\") for key, value in parser["Desktop Entry"].items()}


def started(entry: dict[str, str], file: str) -> list[str]:
    """What a desktop starts for a file: arguments in quotes have escapes, and two signs of percent stand for one."""
    found = re.findall(r'"((?:\\.|[^"\\])*)"|([^ ]+)', entry["Exec"])
    parts = [re.sub(r"\\(.)", r"\1", quoted) if quoted else plain for quoted, plain in found]
    return [file if part == "%f" else part.replace("%%", "%") for part in parts]


def tree(folder: Path) -> dict[str, bytes | None]:
    """All files and folders below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def test_that_the_entry_starts_the_program_with_the_file_that_was_clicked(tmp_path: Path) -> None:
    install_desktop(tmp_path, COMMAND)
    run = tmp_path / f"my run{RUN_SUFFIX}"
    run.touch()
    program, *arguments = started(entry_of(tmp_path), str(run))
    assert program == COMMAND[0]
    assert parse(arguments) == Open(str(run))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), min_size=1),
                min_size=1, max_size=3))  # fmt: skip
def test_that_any_printable_path_is_started_as_it_is(command: list[str]) -> None:
    content = desktop_files(command)[Path(ENTRY)].decode()
    line = next(line for line in content.splitlines() if line.startswith("Exec="))
    assert started({"Exec": line.removeprefix("Exec=").replace("\\\\", "\\")}, "F") == [*command, "F"]


def test_that_a_path_that_no_entry_can_hold_is_refused() -> None:
    with pytest.raises(InputError, match="unprintable"):
        desktop_files(["/opt/a\nb/layerscope"])


def test_that_the_kind_of_file_is_declared_for_the_suffix_of_runs(tmp_path: Path) -> None:
    install_desktop(tmp_path, COMMAND)
    kind = ElementTree.parse(tmp_path / "mime" / "packages" / f"{FOLDER_NAME}.xml").getroot().find("*")
    assert kind is not None
    assert kind.attrib["type"] == MIME_TYPE == entry_of(tmp_path)["MimeType"].removesuffix(";")
    pattern = kind.find("mime:glob", MIME_NAMESPACE)
    assert pattern is not None
    assert pattern.attrib["pattern"] == f"*{RUN_SUFFIX}"


def test_that_the_icon_is_there_under_the_name_that_entry_and_kind_give(tmp_path: Path) -> None:
    install_desktop(tmp_path, COMMAND)
    icon = entry_of(tmp_path)["Icon"]
    drawing = tmp_path / "icons" / "hicolor" / "scalable" / "apps" / f"{icon}.svg"
    assert ElementTree.parse(drawing).getroot().tag.endswith("svg")


@pytest.mark.usefixtures("qapp")
def test_that_windows_name_the_entry_so_that_its_icon_shows() -> None:
    assert f"applications/{make_application().desktopFileName()}.desktop" == ENTRY


def test_that_the_entry_passes_the_desktops_own_check(tmp_path: Path) -> None:
    if not (check := shutil.which("desktop-file-validate")):
        pytest.skip("desktop-file-validate is not installed")
    install_desktop(tmp_path, COMMAND)
    done = subprocess.run([check, tmp_path / ENTRY], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_that_a_second_time_changes_nothing(tmp_path: Path) -> None:
    install_desktop(tmp_path, COMMAND)
    first = tree(tmp_path)
    install_desktop(tmp_path, COMMAND)
    assert tree(tmp_path) == first
    uninstall_desktop(tmp_path)
    uninstall_desktop(tmp_path)
    assert tree(tmp_path) == {}


def test_that_taking_it_out_leaves_what_others_have_put_there(tmp_path: Path) -> None:
    others = {
        "applications/other.desktop": b"[Desktop Entry]\nType=Application\nName=Other\nExec=other\n",
        "mime/packages/other.xml": b'<?xml version="1.0"?><mime-info '
        b'xmlns="http://www.freedesktop.org/standards/shared-mime-info"/>',
        "icons/hicolor/scalable/apps/other.svg": b"<svg/>",
        f"{FOLDER_NAME}/library.sqlite": b"runs",
        "icons/hicolor/index.theme": b"[Icon Theme]\n",
    }
    for name, content in others.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    install_desktop(tmp_path, COMMAND)
    uninstall_desktop(tmp_path)
    left = tree(tmp_path)
    assert {name: left[name] for name in others} == others
    assert not [name for name in left if FOLDER_NAME in name and not name.startswith(FOLDER_NAME)]


def test_that_it_is_done_without_the_desktops_tools_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    install_desktop(tmp_path, COMMAND)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 3
    uninstall_desktop(tmp_path)
    assert tree(tmp_path) == {}


def test_that_a_tool_that_fails_keeps_nobody_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken"
    broken.write_text("not a program", "utf-8")
    broken.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(broken))
    install_desktop(tmp_path / "data", COMMAND)
    assert (tmp_path / "data" / ENTRY).is_file()


@linux
def test_that_the_command_line_does_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert parse([INSTALL]) == ChangeDesktop(install=True)
    assert ChangeDesktop(install=True).run() == 0
    program, *_ = started(entry_of(tmp_path), "F")
    assert os.access(program, os.X_OK)
    assert parse([UNINSTALL]) == ChangeDesktop(install=False)
    assert ChangeDesktop(install=False).run() == 0
    assert tree(tmp_path) == {}
    assert len(capsys.readouterr().out.splitlines()) == 2


@linux
def test_that_a_folder_that_cannot_be_written_costs_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "applications").write_bytes(b"no folder")
    with pytest.raises(InputError, match="cannot be made"):
        install_desktop(tmp_path, COMMAND)


@pytest.mark.parametrize("option", [INSTALL, UNINSTALL])
def test_that_the_options_take_nothing_else(option: str) -> None:
    with pytest.raises(InputError, match="takes nothing else"):
        parse([option, "x"])


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_that_other_systems_are_told(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(InputError, match="Linux"):
        ChangeDesktop(install=True).run()
