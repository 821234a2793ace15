"""Where the program lies, and where the system wants programs to keep the data of their users."""

import os
import sys
from pathlib import Path

FOLDER = "layerscope"
# The folder of `model`, `gui` and `resources`: the checkout, or the installed package.
ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"


def library_path() -> Path:
    """Where the library is unless another is named."""
    return data_folder() / FOLDER / "library.sqlite"


def data_folder() -> Path:
    """The folder that this platform keeps the data of all programs of a user in."""
    if sys.platform == "win32":
        return _named("APPDATA") or Path.home() / "AppData" / "Roaming"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return _named("XDG_DATA_HOME") or Path.home() / ".local" / "share"


def _named(variable: str) -> Path | None:
    path = Path(os.environ.get(variable, ""))
    return path if path.is_absolute() else None  # the XDG specification has relative ones ignored
