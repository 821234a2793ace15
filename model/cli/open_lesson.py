"""Parses `lesson NAME`, which opens the window on a lesson."""

from dataclasses import dataclass, replace
from pathlib import Path

from model.base.errors import InputError
from model.base.params import check_params, param, params
from model.cli.command import ParsedCommand
from model.cli.lesson_tasks import folder_of
from model.cli.options import Shelf, parse_path
from model.config.option_parser import OptionParser, parsed
from model.lessons.lesson_place import parse_lesson_place

MOST_STEPS = 40
HELP = "Opens the window on a lesson."


@dataclass(frozen=True)
class OpenLesson(ParsedCommand, Shelf):
    """Open the window on the lesson with this name or number; `library` None is the platform's."""

    which: str = ""
    step: int = param(1, "Step", "The step, counted from 1.", low=1, high=MOST_STEPS)
    folder: Path | None = param(
        None, "Folder", "The lessons' folder; this program's own lessons when left out.", reads=parse_path
    )

    def __post_init__(self) -> None:
        check_params(self)


def names_a_lesson(first: str) -> bool:
    """Whether an argument can be the name or number of a lesson, or a step of it such as 3:2."""
    name, _, rest = first.partition("-")
    return name.isdigit() or bool((rest or ":" in first) and not first.startswith("-"))


def parse_lesson_to_open(arguments: list[str]) -> OpenLesson:
    """Parse the arguments after `lesson`; raises InputError, also for a lesson that is not there."""
    from model.lessons.lesson_folder import check_step, read_named

    parser = OptionParser("lesson", HELP, "NAME ")
    parser.add_argument("which", metavar="NAME", help="A lesson's name, such as 01-never-learns, or its number; 3:2 is "
                        "the second step of the third.")  # fmt: skip
    parser.offer(params(OpenLesson))
    given = parser.read(arguments)
    asked = OpenLesson(which=str(given["which"]), **parsed(params(OpenLesson), given))
    if ":" in asked.which:
        if asked.step > 1:
            raise InputError(f"'{asked.which:.60}' names a step already; leave out --step.")
        place = parse_lesson_place(asked.which)
        assert place
        asked = replace(asked, which=place.name, step=place.step)
    lesson = read_named(asked.which, folder_of(str(asked.folder or "")))
    check_step(lesson, asked.step)
    return asked
