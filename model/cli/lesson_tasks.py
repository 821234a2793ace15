"""The tasks of the command `lesson`: list, check, new, export."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from model.base.console import say
from model.base.errors import InputError
from model.base.files import check_target, write_whole
from model.base.params import check_params, param
from model.cli.command import HeadlessCommand
from model.cli.options import Workers, parse_path

FAULTY = 1  # exit code of a check that found something
OWN_FOLDER = "The lessons' folder; this program's own lessons when left out."


@dataclass(frozen=True)
class OfLessons(HeadlessCommand):
    """Base class of the tasks of `lesson`; `which` is a folder or a lesson's name, '' for this program's lessons."""

    which: str = ""
    which_help: ClassVar[str] = OWN_FOLDER

    def __post_init__(self) -> None:
        check_params(self)


@dataclass(frozen=True)
class ListLessons(OfLessons):
    """Print the lessons of a folder as a table."""

    language: str = param("en", "Language", "The language of the titles, where a lesson has it.")

    def run(self) -> int:
        from model.lessons.lesson_folder import read_lessons
        from model.lessons.report import lesson_table

        say(lesson_table(read_lessons(folder_of(self.which), self.language)))
        return 0


@dataclass(frozen=True)
class CheckLessons(OfLessons, Workers):
    """Train all that lessons claim, and print what does not hold."""

    which_help: ClassVar[str] = (
        "A folder of lessons, or one by its name, number or file; left out, all of this program."
    )

    def run(self) -> int:
        """Returns 0 where all holds, however narrowly, FAULTY, or the code of the signal; raises InputError."""
        from model.base.arithmetic import single_threaded
        from model.base.ending import Interruption
        from model.cli.sweep import RunsProgress
        from model.cli.worker_processes import worker_pool
        from model.lessons.check import LessonCheck, train_all
        from model.lessons.lesson_folder import named_files
        from model.lessons.report import check_report

        check = LessonCheck.of(named_files(self.which))
        progress = RunsProgress(len(check.plan))

        def pulse(done: int) -> bool:
            progress.show(done)
            return interruption.wished

        with Interruption() as interruption, worker_pool(self.jobs) as pool:
            try:
                finished = train_all(check, pool.executor, pulse)
            finally:
                progress.end(len(check.plan))
        if not finished:
            say("Interrupted.")
            return interruption.code
        check.judge()
        say(check_report(check, single_threaded()))
        return FAULTY if check.complaints else 0


@dataclass(frozen=True)
class NewLesson(OfLessons):
    """Write an example of a lesson."""

    which_help: ClassVar[str] = "What its files are to be called, in small letters, digits and hyphens."
    folder: Path | None = param(None, "Folder", "Where to; the present folder when left out.", reads=parse_path)

    def run(self) -> int:
        from model.lessons.example import write_example

        for path in write_example(self.folder or Path(), self.which):
            say(f"Wrote '{path}'.")
        return 0


@dataclass(frozen=True)
class ExportLesson(OfLessons, Workers):
    """Write a lesson as one HTML file, with the figures of its runs."""

    which_help: ClassVar[str] = "The name of a lesson, such as 01-never-learns, or its number."
    folder: Path | None = param(None, "Folder", OWN_FOLDER, reads=parse_path)
    language: str = param("en", "Language", "The language, where the lesson has it.")
    out: Path | None = param(None, "Out", "The .html file to write.", reads=parse_path)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.out is None or self.out.suffix.lower() not in (".html", ".htm"):
            raise InputError("An export needs --out FILE.html to be written to.")
        check_target(self.out)

    def run(self) -> int:
        """Returns 0, or the code of the signal; raises InputError."""
        from model.base.ending import Interruption
        from model.cli.sweep import RunsProgress
        from model.cli.worker_processes import worker_pool
        from model.lessons.handout import Handout, train_experiments
        from model.lessons.lesson_folder import read_named

        assert self.out is not None
        lesson = read_named(self.which, folder_of(str(self.folder or "")), self.language)
        count = sum(experiment.repeats for experiment in lesson.experiments.values())
        progress = RunsProgress(count)

        def pulse(done: int) -> bool:
            progress.show(done)
            return interruption.wished

        with Interruption() as interruption, worker_pool(self.jobs) as pool:
            try:
                runs = train_experiments(lesson, pool, pulse)
            finally:
                progress.end(count)
        if runs is None:
            return interruption.code
        write_whole(self.out, Handout(lesson, runs).html().encode())
        say(f"{lesson.title}: '{self.out}'.")
        return 0


def folder_of(text: str) -> Path:
    """The folder of lessons that is named, or this program's own for ''."""
    from model.lessons.lesson_folder import OWN_LESSONS

    return Path(text) if text else OWN_LESSONS
