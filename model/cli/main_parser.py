"""The top-level parser: the table of commands, the help, and the dispatch to each command's parser."""

from model.base.console import program
from model.base.errors import InputError
from model.cli.command import INSTALL, UNINSTALL, Command, ParsedCommand, PrintText

HELP = """\
usage: {program} [FILE.layerscope | PICTURE.png | DATA-SET] [--library FILE]
{usages}

Layerscope shows why a deep network learns or fails to, layer by layer.
Without a command the window opens, with a saved run, a PNG's settings or a data set.
Another library FILE keeps its runs elsewhere.
{helps}
`{program} COMMAND --help` explains a command's options. By themselves: --version, {install}, {uninstall}."""


COMMANDS = (
    Command(
        "train",
        "[--preset NAME] [--OPTION VALUE ...] [--json]",
        "trains without a window and prints every record",
    ),
    Command(
        "cure",
        "[--preset NAME] [--OPTION VALUE ...] [--trials N] [--json]",
        "tries which change of a run that does not learn makes it learn",
    ),
    Command(
        "fork",
        "RUN --at N [--scale LAYER=FACTOR] [--OPTION VALUE ...] [--json]",
        "trains a branch of a run that is kept: from iteration N, with other settings",
    ),
    Command(
        "screenshot",
        "OUT.(png|svg|pdf) [--preset NAME] [--OPTION VALUE ...]",
        "trains, then draws the window into a file; needs no display",
    ),
    Command(
        "sweep",
        "--out FILE.csv [--vary NAME=V1,V2,... ...] [--seeds N] [--OPTION VALUE ...]",
        "trains every combination of settings with several seeds, and compares them",
    ),
    Command(
        "runs",
        "list|show|export|delete|restore|library [--OPTION VALUE ...]",
        "lists the runs that are kept, shows, exports or deletes them, and says what space they take",
    ),
    Command(
        "compare",
        "OUT.(png|svg|pdf) RUN... [--lesson] [--OPTION VALUE ...]",
        "draws runs side by side into a file; needs no display",
    ),
    Command(
        "data",
        "[FOLDER-OR-FILE] [--orientation NAME] [--json]",
        "prints what of a data set would be read: files, images, classes, what is done to them",
    ),
    Command(
        "lesson",
        "NAME|list|check|new|export [--OPTION VALUE ...]",
        "opens a lesson in the window, or lists lessons, checks them by training, begins new ones, writes handouts",
    ),
    Command("options", "", "prints the table of all options, as Markdown", "option_table"),
)


def parse(arguments: list[str]) -> ParsedCommand:
    """Parse the command line, at least one argument, without the program's name; raises InputError."""
    first, *rest = arguments
    if first in ("-h", "--help"):
        return PrintText(_help())
    if first == "--version":
        from model.base.version import version

        return PrintText(f"Layerscope {version()}")
    if first in (INSTALL, UNINSTALL):
        return _desktop(first, rest)
    for command in COMMANDS:
        if first == command.name:
            return command.parse(rest)
    from model.cli.open_window import asks_to_open, parse_open

    if asks_to_open(first):
        return parse_open(arguments)
    if first.startswith("-"):
        raise InputError(f"'{first}' needs a command before it, such as '{program()} train {first}'.")
    *names, last = (command.name for command in COMMANDS)
    raise InputError(f"There is no command '{first}'; there are {', '.join(names)} and {last}.")


def _desktop(option: str, rest: list[str]) -> ParsedCommand:
    if rest:
        raise InputError(f"{option} takes nothing else, not '{rest[0]}'.")
    from model.cli.desktop import ChangeDesktop

    return ChangeDesktop(install=option == INSTALL)


def _help() -> str:
    return HELP.format(
        program=program(),
        install=INSTALL,
        uninstall=UNINSTALL,
        usages="\n".join(f"       {program()} {command.name} {command.usage}".rstrip() for command in COMMANDS),
        helps="\n".join(f"  {command.name:<13}{command.help}" for command in COMMANDS),
    )
