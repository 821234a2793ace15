"""The table of all options, made from their declarations, for the docs."""

from model.base.errors import InputError
from model.base.params import Param, params
from model.cli.command import PrintText
from model.cli.cure import Curing
from model.cli.data import Telling
from model.cli.options import (
    Comparison,
    Forking,
    Output,
    Picture,
    Sheet,
    Shelf,
    Spread,
    Training,
    Workers,
)
from model.config.every_setting import every_setting
from model.config.option_text import defaults, notes, values
from model.config.run_options import PresetOption


def parse(arguments: list[str]) -> PrintText:
    """Parse the arguments of `options`, which takes none; raises InputError."""
    if arguments:
        raise InputError(f"Nothing can follow here, but '{arguments[0]}' does.")
    return PrintText(option_table())


def own_params(owner: type, *bases: type) -> list[Param]:
    """The settings of `owner` that none of `bases` has."""
    return [setting for setting in params(owner) if not any(setting in params(base) for base in bases)]


def option_table() -> str:
    """Write every option of every command as a Markdown table."""
    lines = ["| Option | Default | Values | What it does |", "|---|---|---|---|"]
    for command, settings in (
        ("", [*params(PresetOption), *every_setting()]),
        ("`train` and `fork`. ", params(Output)),
        ("`train` only. ", own_params(Training, Output)),
        ("`fork` only. ", own_params(Forking, Output, Shelf)),
        ("`screenshot` and `compare`. ", params(Sheet)),
        ("`screenshot` only. ", own_params(Picture, Sheet)),
        ("`compare` only. ", own_params(Comparison, Sheet, Shelf)),
        ("`fork`, `compare`, `runs` and the window. ", params(Shelf)),
        ("`sweep` and `cure`. ", params(Workers)),
        ("`cure` only. ", own_params(Curing, Workers)),
        ("`data` only. ", params(Telling)),
        ("`sweep` only. ", own_params(Spread, Workers)),
    ):
        for setting in settings:
            live = " **Live.**" if setting.live else ""
            about = command + setting.help + notes(setting) + live
            cells = (f"`{setting.option}`", _code(defaults(setting)), values(setting), about)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*lines, "", "**Live** settings may change in the window while training runs."])


def _code(text: str) -> str:
    return f"`{text}`" if text and " " not in text else text
