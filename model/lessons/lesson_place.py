"""A step of a lesson as the command line, links in texts and whoever shares one name it."""

import re
from typing import NamedTuple

from model.base.errors import InputError

WRITTEN = re.compile(r"([0-9A-Za-z-]{1,60})(?::([1-9][0-9]?))?")


class LessonPlace(NamedTuple):
    """A lesson's name or number and a step of it, counted from 1, written 5:3."""

    name: str
    step: int = 1

    def __str__(self) -> str:
        return f"{self.name}:{self.step}"


def parse_lesson_place(value: object) -> LessonPlace | None:
    """Parse a step from '5:3', a lesson's first from '5'; None stands for none. Raises InputError."""
    if value is None or isinstance(value, LessonPlace):
        return value
    found = WRITTEN.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise InputError(
            "A step of a lesson is written such as 1, 5:3 or 05-relu:3, not {value}.", value=repr(str(value)[:60])
        )
    return LessonPlace(found[1], int(found[2] or 1))
