"""Folders of lessons: which there are, in which languages, and reading one; the files are anybody's and not trusted."""

import stat
from pathlib import Path

from model.base.errors import InputError
from model.base.language import language as language_in_use
from model.base.language import speaking
from model.base.user_paths import RESOURCES
from model.lessons.lesson import Lesson
from model.lessons.lesson_place import LessonPlace
from model.lessons.read_lesson import parse_lesson

OWN_LESSONS = RESOURCES / "lessons"
LANGUAGE = "en"
MOST_BYTES = 200_000  # of a file
MOST_LESSONS = 100
IDX_FILES = "*idx?-ubyte*"  # a data set may have a .toml beside it


def lesson_files(folder: Path) -> list[Path]:
    """The TOML files of the lessons in a folder, in order of their names; raises InputError where there are none."""
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except (OSError, ValueError):
        raise InputError("The folder '{folder}' cannot be read.", folder=folder) from None
    if not found:
        raise InputError(
            "The folder '{folder}' has no lessons, .toml files; 1 to {most}.", folder=folder, most=MOST_LESSONS
        )
    if len(found) > MOST_LESSONS:
        raise InputError(
            "The folder '{folder}' has {number} lessons, .toml files; 1 to {most}.",
            folder=folder,
            number=len(found),
            most=MOST_LESSONS,
        )
    return found


def languages_of(path: Path) -> tuple[str, ...]:
    """The languages that the lesson with this TOML file is written in, in order."""
    return tuple(sorted(found.parent.name for found in path.parent.glob(f"*/{_plain(path.stem)}.md")))


def _plain(name: str) -> str:
    if not name.replace("-", "").isalnum():
        raise InputError("The name of a lesson has letters, digits and hyphens, unlike '{name}'.", name=name[:40])
    return name


def read_lesson(path: Path, language: str = "") -> Lesson:
    """Read a lesson from its TOML file and the text of a language, '' for that in use; without one, of another.

    Raises InputError, with file and line where it is in a line.
    """
    languages = languages_of(path)
    if not languages:
        raise InputError(
            "{file} has no text; it belongs into {text}.", file=path.name, text=f"{LANGUAGE}/{path.stem}.md"
        )
    wanted = language or language_in_use()
    chosen = wanted if wanted in languages else LANGUAGE if LANGUAGE in languages else languages[0]
    markdown = path.parent / chosen / f"{path.stem}.md"
    toml, text = (file_text(file, path.parent) for file in (path, markdown))
    with speaking(chosen):  # its numbers, and what the window calls places and settings
        return parse_lesson(path, toml, chosen, languages, text)


def read_lessons(folder: Path = OWN_LESSONS, language: str = "") -> list[Lesson]:
    """Read all lessons of a folder, in order of their names; raises InputError for the first that is broken."""
    return [read_lesson(path, language) for path in lesson_files(folder)]


def named_files(text: str) -> list[Path]:
    """The TOML files of a folder, of one file, or of this program's lesson with this name or number; '' is all of them.

    Raises InputError where there is none.
    """
    path = Path(text)
    if not text or path.is_dir():
        return lesson_files(path if text else OWN_LESSONS)
    return [path] if path.suffix == ".toml" and path.is_file() else [_named(text, OWN_LESSONS)]


def read_named(name: str, folder: Path = OWN_LESSONS, language: str = "") -> Lesson:
    """Read the lesson with this name or number; raises InputError where there is none."""
    return read_lesson(_named(name, folder), language)


def _named(name: str, folder: Path) -> Path:
    for path in lesson_files(folder):
        number = path.stem.partition("-")[0]
        if name == path.stem or (name.isdecimal() and number.isdecimal() and int(name) == int(number)):
            return path
    names = ", ".join(path.stem for path in lesson_files(folder))
    raise InputError("There is no lesson '{name}'; there are {names}.", name=name[:40], names=names)


def linked_lesson(to: LessonPlace, folder: Path, language: str = "") -> Lesson:
    """Read the lesson that a link leads to: of the folder, or else of this program.

    Raises InputError where there is none, or it has no such step.
    """
    try:
        lesson = read_named(to.name, folder, language)
    except InputError:
        lesson = read_named(to.name, OWN_LESSONS, language)
    check_step(lesson, to.step)
    return lesson


def check_step(lesson: Lesson, step: int) -> None:
    """Check that a lesson has a step with this number, from 1; raises InputError."""
    if not 1 <= step <= len(lesson.steps):
        raise InputError(
            "The lesson {lesson} has {steps} steps, not {step}.", lesson=lesson.key, steps=len(lesson.steps), step=step
        )


def dropped_lessons(path: Path) -> tuple[Path, str] | None:
    """The folder of lessons that a path means, and the name of one, '' for all; None where it means none.

    That is a folder with .toml files, or the folder of a language in one; a .toml file, or its text.
    """
    if path.is_dir():
        folders = (path, path.parent) if any(path.glob("*.md")) else (path,)
        data = any(path.glob(IDX_FILES))
        return next(((folder, "") for folder in folders if any(folder.glob("*.toml")) and not data), None)
    if path.suffix == ".toml":
        return path.parent, path.stem
    beside = path.parent.parent / f"{path.stem}.toml"
    return (beside.parent, path.stem) if path.suffix == ".md" and beside.is_file() else None


def file_text(path: Path, folder: Path) -> str:
    """Read a small text file that lies in `folder`; raises InputError for any other."""
    name = path.relative_to(folder)
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            raise InputError("'{file}' leads out of the folder of the lesson.", file=name)
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError("'{file}' is no file.", file=name)
        if found.st_size > MOST_BYTES:
            raise InputError(
                "'{file}' has {bytes} bytes; a file of a lesson has at most {most}.",
                file=name,
                bytes=f"{found.st_size:,}",
                most=f"{MOST_BYTES:,}",
            )
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("'{file}' is no text in UTF-8.", file=name) from None
    except (OSError, RuntimeError):
        raise InputError("'{file}' cannot be read.", file=name) from None
