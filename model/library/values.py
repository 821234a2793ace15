"""Values of a library's columns, checked: anybody may have written them. Everything raises InputError."""

from typing import Any, TypeVar

from model.base.errors import InputError
from model.base.params import params
from model.config.config import Config

MOST_ITERATIONS = int(next(setting.high or 0 for setting in params(Config) if setting.name == "iterations"))
Value = TypeVar("Value")


def of_kind(kind: type[Value], value: Any) -> Value:
    """Check the type of a value."""
    if not isinstance(value, kind):
        raise InputError("a value in it is of another kind than it should be")
    return value


def whole(value: Any, most: int = MOST_ITERATIONS) -> int:
    """Check a whole number from 0 to `most`."""
    if not 0 <= of_kind(int, value) <= most:
        raise InputError("a number in it is out of range")
    return int(value)


def text(value: Any, most: int) -> str:
    """Check a text of at most so many characters."""
    if len(of_kind(str, value)) > most:
        raise InputError("a text in it is too long")
    return str(value)
