"""Parses the command `lesson`: opens, lists, checks, begins and exports lessons."""

from dataclasses import dataclass

from model.base.console import program
from model.base.errors import InputError
from model.base.params import params
from model.cli.command import ParsedCommand, PrintText
from model.cli.lesson_tasks import CheckLessons, ExportLesson, ListLessons, NewLesson, OfLessons
from model.cli.open_lesson import names_a_lesson, parse_lesson_to_open
from model.config.option_parser import OptionParser, parsed

HELP = """\
usage: {program} lesson NAME[:STEP] [--folder FOLDER]
       {usages}

With the name or number of a lesson, opens the window on it. Else it works on the lessons of this program, or on those
in a FOLDER of your own; docs/writing-lessons.md says how to write one.

{helps}

`{program} lesson ACTION --help` explains an action's options."""


@dataclass(frozen=True)
class LessonAction:
    """Declaration of an action of `lesson`: its name, arguments, options, help and task."""

    name: str
    words: str
    options: str
    help: str
    task: type[OfLessons]

    @property
    def usage(self) -> str:
        """The usage line, with the program's name."""
        return " ".join(filter(None, (program(), "lesson", self.name, self.words, self.options)))

    def parse(self, arguments: list[str]) -> ParsedCommand:
        """Parse the arguments after the action's name; raises InputError."""
        parser = OptionParser(f"lesson {self.name}", f"{self.help[:1].upper()}{self.help[1:]}.", f"{self.words} ")
        optional = self.words.startswith("[")
        parser.add_argument("which", metavar=self.words.strip("[]"), nargs="?" if optional else None,
                            help=self.task.which_help)  # fmt: skip
        parser.offer(params(self.task))
        if parser.asked_for_help(arguments):
            return PrintText(parser.format_help().rstrip())
        given = parser.read(arguments)
        return self.task(which=given.get("which") or "", **parsed(params(self.task), given))


ACTIONS = (
    LessonAction("list", "[FOLDER]", "", "prints a table of the lessons", ListLessons),
    LessonAction(
        "check", "[FOLDER|NAME]", "[--jobs N]", "trains every experiment of the lessons and compares all that they say",
        CheckLessons,
    ),
    LessonAction("new", "NAME", "[--folder FOLDER]", "writes an example to begin a lesson with", NewLesson),
    LessonAction(
        "export", "NAME", "--out FILE.html [--folder FOLDER]", "writes a lesson with its figures as a page to print",
        ExportLesson,
    ),
)  # fmt: skip


def parse(arguments: list[str]) -> ParsedCommand:
    """Parse the arguments of `lesson`; raises InputError."""
    if not arguments or arguments[0] in ("-h", "--help"):
        return PrintText(_help())
    first, *rest = arguments
    for action in ACTIONS:
        if action.name == first:
            return action.parse(rest)
    if names_a_lesson(first):
        return parse_lesson_to_open(arguments)
    *names, last = (action.name for action in ACTIONS)
    raise InputError(f"'{program()} lesson' takes {', '.join(names)} or {last}, not '{first}'.")


def _help() -> str:
    return HELP.format(
        program=program(),
        usages="\n       ".join(action.usage for action in ACTIONS),
        helps="\n".join(f"  {action.name:<13}{action.help}" for action in ACTIONS),
    )
