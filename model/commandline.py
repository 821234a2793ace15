"""The command line, built from the declarations: arguments in, what they ask for out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.config import Config, every_setting
from model.console import program
from model.errors import InputError
from model.files import check_target
from model.optimizers import Optimizer
from model.option_parser import OptionParser
from model.option_table import option_table, owners
from model.params import Param, params
from model.request import Output, Picture, Start
from model.version import version

SUFFIXES = (".png", ".svg", ".pdf")
RUN_SETTINGS = (*params(Start), *every_setting())
HELP = """\
usage: {0} [PICTURE.png]
       {0} train [--preset NAME] [--OPTION VALUE ...] [--json]
       {0} screenshot OUT.(png|svg|pdf) [--preset NAME] [--OPTION VALUE ...]
       {0} options

Layerscope shows why a deep network learns or fails to, layer by layer.

Without arguments the window opens; with a PNG that Layerscope made, on that run.
  train        trains without a window and prints every record
  screenshot   trains, then draws the window into a file; needs no display
  options      prints the table of all options, as Markdown
  --version    prints the version

`{0} train --help` and `{0} screenshot --help` explain the options.
"""


@dataclass(frozen=True)
class Show:
    """Print a text."""

    text: str


@dataclass(frozen=True)
class Open:
    """Open the window, on the run in a picture if there is one."""

    path: str


@dataclass(frozen=True)
class Train:
    """Train without a window."""

    config: Config
    as_json: bool


@dataclass(frozen=True)
class Screenshot:
    """Train, then draw the window into `out`."""

    out: Path
    config: Config
    picture: Picture


def parse(arguments: list[str]) -> Show | Open | Train | Screenshot:
    """What the arguments, at least one, ask for; raises InputError."""
    first, *rest = arguments
    if first in ("-h", "--help"):
        return Show(HELP.format(program()).rstrip())
    if first == "--version":
        return Show(f"Layerscope {version()}")
    if first == "train":
        return _train(rest)
    if first == "screenshot":
        return _screenshot(rest)
    if first == "options":
        _no_more(rest)
        return Show(option_table())
    if first.lower().endswith(".png"):
        _no_more(rest)
        if not Path(first).is_file():
            raise InputError(f"There is no picture '{first}' to open.")
        return Open(first)
    if first.startswith("-"):
        raise InputError(f"'{first}' needs a command before it, such as '{program()} train {first}'.")
    raise InputError(f"There is no command '{first}'; there are train, screenshot and options.")


def _train(arguments: list[str]) -> Show | Train:
    parser = OptionParser("train", "Trains without a window; progress goes to stderr, results to stdout.")
    parser.offer(RUN_SETTINGS)
    parser.offer(params(Output))
    if parser.asked_for_help(arguments):
        return Show(parser.format_help().rstrip())
    given = parser.read(arguments)
    return Train(_config(given), bool(given.get("json")))


def _screenshot(arguments: list[str]) -> Show | Screenshot:
    parser = OptionParser("screenshot", "Trains, then draws the window into a .png, .svg or .pdf file.", "OUT ")
    parser.add_argument("out", metavar="OUT", help="The file to write; its suffix chooses the format.")
    parser.offer(params(Picture))
    parser.offer(RUN_SETTINGS)
    if parser.asked_for_help(arguments):
        return Show(parser.format_help().rstrip())
    given = parser.read(arguments)
    picture = Picture(**_parsed(params(Picture), given))
    config = _config(given)
    out = Path(given["out"])
    if out.suffix.lower() not in SUFFIXES:
        raise InputError(f"The picture '{out}' must end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}.")
    if picture.at is not None and picture.at > config.iterations:
        raise InputError(f"--at {picture.at:,} is beyond the run's end at iteration {config.iterations:,}.")
    check_target(out)  # now, not after minutes of training
    return Screenshot(out, config, picture)


def _config(given: dict[str, str]) -> Config:
    """The preset, or the default run, with what was given in place of its own."""
    found = _parsed(RUN_SETTINGS, given)
    preset = found.pop("preset", None)
    base: Config = preset.config if preset else Config()
    kind: Optimizer = found.get("optimizer", base.optimizer)
    for setting in RUN_SETTINGS:
        kinds = owners(setting) if setting.name in found else []
        if kinds and type(kind) not in kinds:
            keys = ", ".join(other.key for other in kinds)
            hint = f"add --optimizer {kinds[0].key}"
            raise InputError(f"{setting.option} is a setting of {keys}, not of {kind.key}; {hint}.")
    if "optimizer" in found:
        found["optimizer"] = kind.key
    return base.replace(**found)


def _parsed(settings: Sequence[Param], given: dict[str, str]) -> dict[str, Any]:
    return {setting.name: setting.parse(given[setting.name]) for setting in settings if setting.name in given}


def _no_more(arguments: list[str]) -> None:
    if arguments:
        raise InputError(f"Nothing can follow here, but '{arguments[0]}' does.")
