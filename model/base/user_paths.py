"""Paths of the program's own files and of the user's data."""

import os
import sys
from pathlib import Path

FOLDER_NAME = "layerscope"
# The folder of `model`, `gui` and `resources`: the checkout, or the installed package.
ROOT = Path(__file__).resolve().parents[2]
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


def _named(variable: str) -> Path | None:
    path = Path(os.environ.get(variable, ""))
    return path if path.is_absolute() else None  # the XDG specification has relative ones ignored
