"""Paths of the program's own files and of the user's data."""

import os
import sys
from pathlib import Path

FOLDER_NAME = "layerscope"
# Whether this is a standalone build, which keeps its modules in an archive and needs no Python.
FROZEN = bool(getattr(sys, "frozen", False))
# The folder of `model` and `resources`: the checkout, the installed package, or the sources within a standalone build.
ROOT = (
    Path(sys.executable).resolve().parent / "_internal" / "sources" if FROZEN else Path(__file__).resolve().parents[2]
)
RESOURCES = ROOT / "resources"
RUN_SUFFIX = ".layerscope"  # of a file with one run


def library_path() -> Path:
    """Default path of the library file."""
    return data_folder() / FOLDER_NAME / "library.sqlite"


def unpacked_mnist_folder() -> Path:
    """Folder for MNIST's files unpacked, beside the library."""
    return data_folder() / FOLDER_NAME / "mnist"


def data_folder() -> Path:
    """Folder for user data of all programs on this platform (%APPDATA%, Application Support, $XDG_DATA_HOME)."""
    if sys.platform == "win32":
        return _named("APPDATA") or Path.home() / "AppData" / "Roaming"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return _named("XDG_DATA_HOME") or Path.home() / ".local" / "share"


def start_command() -> list[str]:
    """Command that starts this program again, with absolute paths: by the user's own name of it, if it has one.

    A standalone build is its own executable, an installed package a script called layerscope or a module.
    """
    if FROZEN:
        return [sys.executable]
    script = Path(sys.argv[0]).absolute()
    if script.name.startswith(FOLDER_NAME) and script.is_file():
        return [str(script)]
    if (ROOT / "main.py").is_file():
        return [sys.executable, str(ROOT / "main.py")]
    return [sys.executable, "-m", FOLDER_NAME]


def _named(variable: str) -> Path | None:
    path = Path(os.environ.get(variable, ""))
    return path if path.is_absolute() else None  # the XDG specification has relative ones ignored
