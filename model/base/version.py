"""Version of the program."""

import tomllib
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

from model.base.user_paths import ROOT

PROJECT_FILE = ROOT / "pyproject.toml"


def version() -> str:
    """Read the version from the checkout's pyproject.toml, else from the installed package."""
    if PROJECT_FILE.is_file():
        return str(tomllib.loads(PROJECT_FILE.read_text("utf-8"))["project"]["version"])
    try:
        return installed_version("layerscope")
    except PackageNotFoundError:
        return "of unknown version"
