"""The command `screenshot`: what it takes. Drawing needs the window, which main.py opens."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from model.base.errors import InputError
from model.base.files import check_target
from model.base.params import params
from model.cli.command import ParsedCommand, PrintText
from model.cli.options import Picture
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.option_parser import RUN_SETTINGS, OptionParser, config_of, parsed
from model.config.views import PageKind

SUFFIXES = (".png", ".svg", ".pdf")


@dataclass(frozen=True)
class Screenshot(ParsedCommand):
    """The command `screenshot`: train `config`, then draw the window into `out`.

    `iterations` is for the lesson of a page; None leaves the lesson's own.
    """

    out: Path
    config: Config
    picture: Picture
    iterations: int | None = None


def parse(arguments: list[str]) -> PrintText | Screenshot:
    """Parse the arguments of `screenshot`; raises InputError."""
    parser = OptionParser("screenshot", "Trains, then draws the window into a .png, .svg or .pdf file.", "OUT ")
    parser.add_argument("out", metavar="OUT", help="The file to write; its suffix chooses the format.")
    parser.offer(params(Picture))
    parser.offer(RUN_SETTINGS)
    if parser.asked_for_help(arguments):
        return PrintText(parser.format_help().rstrip())
    given = parser.read(arguments)
    picture = Picture(**parsed(params(Picture), given))
    _check_page(picture.page, given)
    _check_lesson(given)
    config = config_of(given)
    out = Path(given["out"])
    if out.suffix.lower() not in SUFFIXES:
        raise InputError(f"The picture '{out}' must end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}.")
    if picture.at is not None and picture.at > config.iterations:
        raise InputError(f"--at {picture.at:,} is beyond the run's end at iteration {config.iterations:,}.")
    check_target(out)  # now, not after minutes of training
    return Screenshot(out, config, picture, config.iterations if "iterations" in given else None)


def _check_lesson(given: Collection[str]) -> None:
    """Raise InputError for options that a lesson's step decides itself."""
    decided = ["page", "view", "at", *(setting.name for setting in RUN_SETTINGS)]
    if "lesson" in given and (wrong := [name for name in decided if name in given]):
        option = wrong[0].replace("_", "-")
        raise InputError(f"--lesson decides what the run is and how it is looked at: it takes no --{option}.")


def _check_page(page: PageKind, given: Collection[str]) -> None:
    """Raise InputError for options that the page would ignore."""
    if "at" in given and not page.value.in_time:
        pages = " and ".join(kind.key for kind in PageKind if kind.value.in_time)
        raise InputError(f"--at is for the pages {pages}; on the page {page.key} there is no going back in time.")
    if page is PageKind.RUN:
        return
    if "view" in given:
        raise InputError(f"--view is for the page {PageKind.RUN.key}; the page {page.key} has no tabs.")
    allowed = [setting for setting in every_setting() if setting.lesson_option]
    *options, last = (setting.option for setting in allowed)
    for setting in RUN_SETTINGS:
        if setting.name in given and setting not in allowed:
            raise InputError(
                f"The page {page.key} shows its lesson, of which {', '.join(options)} and {last} can be set, "
                f"not {setting.option}."
            )
