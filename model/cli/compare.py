"""Parses the command `compare`. It is drawn with Qt, which main.py starts."""

from dataclasses import dataclass
from pathlib import Path

from model.base.errors import InputError
from model.base.files import check_target
from model.base.params import params
from model.cli.command import ParsedCommand, PrintText
from model.cli.options import Comparison
from model.cli.screenshot import SUFFIXES
from model.config.option_parser import OptionParser, parsed
from model.config.presets import LESSON

MOST_RUNS = 12
ABOUT = (
    "Draws runs side by side on the same axes into a .png, .svg or .pdf file. A RUN is a .layerscope file, a saved run "
    "by its number, its name or the beginning of its id, or a preset's name, which is then trained."
)


@dataclass(frozen=True)
class Compare(ParsedCommand):
    """The command `compare`: draw `runs` (names, numbers or files) side by side into the file `out`."""

    out: Path
    runs: tuple[str, ...]
    options: Comparison


def parse(arguments: list[str]) -> PrintText | Compare:
    """Parse the arguments of `compare`; raises InputError."""
    parser = OptionParser("compare", ABOUT, "OUT RUN... ")
    parser.add_argument("out", metavar="OUT", help="The file to write; its suffix chooses the format.")
    parser.add_argument("runs", metavar="RUN", nargs="*", help=f"A run to show; at most {MOST_RUNS}.")
    parser.offer(params(Comparison))
    if parser.asked_for_help(arguments):
        return PrintText(parser.format_help().rstrip())
    given = parser.read(arguments)
    out = Path(given["out"])
    options = Comparison(
        **parsed([setting for setting in params(Comparison) if setting.type is not bool], given),
        lesson=bool(given.get("lesson")),
    )
    runs = (*given["runs"], *(preset.name for preset in LESSON if options.lesson))
    if out.suffix.lower() not in SUFFIXES:
        raise InputError(f"The picture '{out}' must end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}.")
    if not runs:
        raise InputError("There are no runs to compare; name some, or add --lesson for the lesson's six.")
    if len(runs) > MOST_RUNS:
        raise InputError(f"At most {MOST_RUNS} runs can be compared in one picture, not {len(runs):,}.")
    check_target(out)  # now, not after minutes of training
    return Compare(out, runs, options)
