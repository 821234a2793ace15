"""Which version this is."""

import tomllib
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

from model.base.user_paths import ROOT

PROJECT = ROOT / "pyproject.toml"


def version() -> str:
    """The version of this checkout, or of the installed package."""
    if PROJECT.is_file():
        return str(tomllib.loads(PROJECT.read_text("utf-8"))["project"]["version"])
    try:
        return installed_version("layerscope")
    except PackageNotFoundError:
        return "of unknown version"
