"""Entry in a desktop's menu on Linux: a desktop entry, an icon and a MIME type for `.layerscope`, for one user.

Follows https://specifications.freedesktop.org: desktop-entry 1.5, shared-mime-info and icon-theme. All files are below
$XDG_DATA_HOME. The only program that claims a MIME type opens its files, so no list of defaults is touched.
"""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from model.base.console import say
from model.base.errors import InputError
from model.base.files import write_whole
from model.base.user_paths import FOLDER_NAME, FROZEN, RESOURCES, RUN_SUFFIX, data_folder, start_command
from model.cli.command import INSTALL, UNINSTALL, HeadlessCommand

MIME_TYPE = "application/x-layerscope"
ICON = RESOURCES / "icon.svg"
ICONS, APPLICATIONS, MIME = Path("icons/hicolor/scalable"), Path("applications"), Path("mime")
# Tools that make caches of a folder of these, what they make, and the folder whose files they read.
UPDATES = (
    ("update-mime-database", MIME, MIME / "packages"),
    ("update-desktop-database", APPLICATIONS, APPLICATIONS),
)
GENERATED = {
    MIME: (
        "XMLnamespaces", "aliases", "generic-icons", "globs", "globs2", "icons", "magic", "mime.cache", "subclasses",
        "treemagic", "types", "version", f"{MIME_TYPE}.xml",
    ),
    APPLICATIONS: ("mimeinfo.cache",),
}  # fmt: skip
TOOL_SECONDS = 60
LIBRARIES = "LD_LIBRARY_PATH"
# Characters that have to be quoted in an argument of Exec, and those that a quoted one still escapes.
RESERVED, ESCAPED = " \t\n\"'\\><~|&;$*?#()`", '"`$\\'
ENTRY = """\
[Desktop Entry]
Version=1.5
Type=Application
Name=Layerscope
GenericName=Deep learning laboratory
Comment=See why a deep network learns or fails to
Exec={command} %f
TryExec={program}
Icon={icon}
Terminal=false
StartupNotify=true
StartupWMClass={icon}
MimeType={mime};
Categories=Education;Science;ArtificialIntelligence;
Keywords=neural network;vanishing gradient;machine learning;
"""
MIME_INFO = """\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{mime}">
    <comment>Layerscope run</comment>
    <sub-class-of type="application/vnd.sqlite3"/>
    <icon name="{icon}"/>
    <glob pattern="*{suffix}" weight="60"/>
  </mime-type>
</mime-info>
"""


@dataclass(frozen=True)
class ChangeDesktop(HeadlessCommand):
    """Enter Layerscope into the desktop's menu, or take it out."""

    install: bool

    def run(self) -> int:
        if sys.platform in ("win32", "darwin"):
            raise InputError(f"{INSTALL} is for Linux and other systems with a freedesktop.org desktop.")
        if self.install:
            install_desktop(data_folder(), start_command())
            say(f"Layerscope is in the desktop's menu and opens {RUN_SUFFIX} files; {UNINSTALL} takes it out.")
        else:
            uninstall_desktop(data_folder())
            say("Layerscope is no longer in the desktop's menu; runs and settings are left as they are.")
        return 0


def desktop_files(command: list[str]) -> dict[Path, bytes]:
    """The files of the entry, relative to the data folder; `command` starts the program. Raises InputError."""
    broken = [part for part in command if any(not letter.isprintable() for letter in part)]
    if broken:
        raise InputError(f"A desktop cannot start a program whose path has unprintable characters: {broken[0]!r}.")
    entry = ENTRY.format(
        command=" ".join(map(_quoted, command)), program=_escaped(command[0]), icon=FOLDER_NAME, mime=MIME_TYPE
    )
    kind = MIME_INFO.format(mime=MIME_TYPE, icon=FOLDER_NAME, suffix=RUN_SUFFIX)
    return {
        APPLICATIONS / f"{FOLDER_NAME}.desktop": entry.encode(),
        MIME / "packages" / f"{FOLDER_NAME}.xml": kind.encode(),
        ICONS / "apps" / f"{FOLDER_NAME}.svg": ICON.read_bytes(),
    }


def install_desktop(folder: Path, command: list[str]) -> None:
    """Write the entry into a data folder, over one that is there; raises InputError."""
    for name, content in desktop_files(command).items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"The folder '{path.parent}' cannot be made: {error.strerror}.") from None
        write_whole(path, content)
    _update(folder)


def uninstall_desktop(folder: Path) -> None:
    """Remove the entry, and the folders that nothing else is in; raises InputError."""
    names = list(desktop_files([FOLDER_NAME]))
    try:
        for name in names:
            (folder / name).unlink(missing_ok=True)
        _update(folder)
        for _, place, sources in UPDATES:
            if not _has_sources(folder / sources):
                for generated in GENERATED[place]:
                    (folder / place / generated).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"'{error.filename}' cannot be removed: {error.strerror}.") from None
    for name in (*names, MIME / f"{MIME_TYPE}.xml"):
        for place in list(name.parents)[:-1]:
            with suppress(OSError):  # something else is in it
                (folder / place).rmdir()


def _has_sources(folder: Path) -> bool:
    return folder.is_dir() and any(path.suffix in (".xml", ".desktop") for path in folder.rglob("*"))


def _update(folder: Path) -> None:
    """Have the desktop's caches made anew where its tools are there; without them desktops look for themselves."""
    environment = _own_libraries()
    for tool, place, _ in UPDATES:
        program = shutil.which(tool)
        if program and (folder / place).is_dir():
            with suppress(OSError, subprocess.TimeoutExpired):
                command = [program, str(folder / place)]
                subprocess.run(command, env=environment, capture_output=True, timeout=TOOL_SECONDS, check=False)
    with suppress(OSError):  # a change of its time has icons looked for again
        os.utime(folder / ICONS.parent)


def _own_libraries() -> dict[str, str]:
    """The environment with the system's libraries: a standalone build has put its own before them."""
    found = dict(os.environ)
    if FROZEN:
        found.pop(LIBRARIES, None)
        if before := found.pop(f"{LIBRARIES}_ORIG", ""):
            found[LIBRARIES] = before
    return found


def _quoted(argument: str) -> str:
    """Quote an argument of Exec, as its section of the specification says."""
    if any(letter in RESERVED for letter in argument):
        argument = '"' + "".join(f"\\{letter}" if letter in ESCAPED else letter for letter in argument) + '"'
    return _escaped(argument.replace("%", "%%"))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\")
