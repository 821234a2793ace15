"""Parses the command `runs`: lists, shows, exports, deletes and restores the runs of a library, and frees space."""

from dataclasses import dataclass

from model.base.console import program
from model.base.errors import InputError
from model.base.params import params
from model.cli.command import ParsedCommand, PrintText
from model.cli.runs_library import MeasureLibrary
from model.cli.runs_tasks import DeleteRuns, ExportRun, ListRuns, OfRuns, RestoreRuns, ShowRuns
from model.config.option_parser import OptionParser, parsed

HELP = """\
usage: {usages}

Works on the runs that the window keeps in its library, or on those in another FILE.

{helps}

RUN is a run's number in the list, its name, at least four letters of its id or, to show or export it, a .layerscope
file. `{program} runs ACTION --help` explains an action's options."""


@dataclass(frozen=True)
class Action:
    """Declaration of an action of `runs`: its name, arguments, options, help and task."""

    name: str
    words: str
    options: str
    help: str
    task: type[OfRuns]

    @property
    def usage(self) -> str:
        """The usage line, with the program's name."""
        return " ".join(filter(None, (program(), "runs", self.name, self.words, self.options, "[--library FILE]")))

    def parse(self, arguments: list[str]) -> ParsedCommand:
        """Parse the arguments after the action's name; raises InputError."""
        about = f"{self.help[:1].upper()}{self.help[1:]}."
        parser = OptionParser(f"runs {self.name}", about, f"{self.words} " if self.words else "")
        if self.words:
            name, _, more = self.words.partition(" ")
            what = f"'{program()} runs --help' says how runs are named."
            parser.add_argument("which", metavar=name, nargs="+" if more else 1, help=what)
        parser.offer(params(self.task))
        if parser.asked_for_help(arguments):
            return PrintText(parser.format_help().rstrip())
        given = parser.read(arguments)
        return self.task(**parsed(params(self.task), given), which=tuple(given.get("which", ())))


ACTIONS = (
    Action("list", "", "[--json]", "prints a table of all runs", ListRuns),
    Action("show", "RUN ...", "", "prints what a run is, what came of it, and how to make it again", ShowRuns),
    Action("export", "RUN", "--out FILE [--as FORMAT] [--at N]", "writes a run for other programs", ExportRun),
    Action("delete", "RUN ...", "", "takes runs off the list", DeleteRuns),
    Action("restore", "ID ...", "", "brings deleted runs back, within a day", RestoreRuns),
    Action(
        "library",
        "",
        "[--budget GB] [--free] [--json]",
        "prints what the library takes on the disk and keeps it within a budget",
        MeasureLibrary,
    ),
)


def parse(arguments: list[str]) -> ParsedCommand:
    """Parse the arguments of `runs`; raises InputError."""
    if not arguments or arguments[0] in ("-h", "--help"):
        return PrintText(_help())
    first, *rest = arguments
    for action in ACTIONS:
        if action.name == first:
            return action.parse(rest)
    *names, last = (action.name for action in ACTIONS)
    raise InputError(f"'{program()} runs' takes {', '.join(names)} or {last}, not '{first}'.")


def _help() -> str:
    return HELP.format(
        program=program(),
        usages="\n       ".join(action.usage for action in ACTIONS),
        helps="\n".join(f"  {action.name:<13}{action.help}" for action in ACTIONS),
    )
