"""Parses a command line without a command, which opens the window."""

from dataclasses import dataclass
from pathlib import Path

from model.base.errors import InputError
from model.base.params import params
from model.base.user_paths import RUN_SUFFIX
from model.cli.command import ParsedCommand
from model.cli.options import Shelf
from model.config.option_parser import OptionParser, parsed

OPENED = {".png": "picture", RUN_SUFFIX: "run"}


@dataclass(frozen=True)
class Open(ParsedCommand):
    """Open the window, with a `.layerscope` file's run, a picture's settings or a data set unless `file` is ''.

    `library` None is the platform's.
    """

    file: str = ""
    library: Path | None = None


def asks_to_open(first: str) -> bool:
    """Whether the first argument is a file or folder to open or an option of the window, not a command."""
    if Path(first).suffix.lower() in OPENED or first.partition("=")[0] in {each.option for each in params(Shelf)}:
        return True
    return not first.startswith("-") and _exists(first)


def _exists(text: str) -> bool:
    try:
        return bool(text) and Path(text).exists()
    except (OSError, ValueError):  # no path at all
        return False


def parse_open(arguments: list[str]) -> Open:
    """Parse the arguments of the window; raises InputError."""
    parser = OptionParser("", "Opens the window.", "[FILE] ")
    parser.add_argument("file", metavar="FILE", nargs="?", default="")
    parser.offer(params(Shelf))
    given = parser.read(arguments)
    file, shelf = str(given["file"]), Shelf(**parsed(params(Shelf), given))
    named = Path(file).suffix.lower() in OPENED
    if file and not named and not _exists(file):
        raise InputError(f"The window opens data sets and files that end in {' or '.join(OPENED)}, not '{file}'.")
    if named and not Path(file).is_file():
        raise InputError(f"There is no {OPENED[Path(file).suffix.lower()]} '{file}' to open.")
    return Open(file, shelf.library)
