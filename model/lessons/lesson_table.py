"""Tables of a lesson's TOML file, which know their line; each value is checked when it is read."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import isnan, nan
from typing import Any, TypeVar

from model.base.choices import Choice
from model.base.errors import InputError
from model.base.language import Message, message

ENTRY = re.compile(r"\s*(?P<key>[A-Za-z0-9_-]+)\s*=")
# What a value is, in the sentences on one that is something else.
IT_IS = message("'{key}' is {what}.")
A_TEXT, A_NUMBER, A_WHOLE_NUMBER = message("a text"), message("a number"), message("a whole number")
TRUE_OR_FALSE = message("true or false")
A_TABLE, A_LIST_OF_TABLES = message("a table"), message("a list of tables")
WHOLE_NUMBERS, PLACE_NAMES = message("a list of whole numbers"), message("a list of places")
MOST_TABLES = 30  # experiments, and bets, of a lesson
ID = re.compile(r"\bid\s*=\s*[\"'](?P<id>[^\"']*)[\"']")

LOCATED = message("{file}, line {line}: {error}")

Member = TypeVar("Member", bound=Choice)
T = TypeVar("T")


class LocatedError(InputError):
    """What is wrong at a line of a file, as one line: what it quotes may go over several."""

    def __str__(self) -> str:
        """The sentence."""
        return " ".join(super().__str__().split())


@contextmanager
def at_line(file: str, line: int) -> Iterator[None]:
    """Context that puts file and line before the message of an InputError that does not name them yet."""
    try:
        yield
    except LocatedError as error:
        if error.figures["file"] == file:
            raise
        raise LocatedError(LOCATED, file=file, line=line, error=error) from None
    except InputError as error:
        raise LocatedError(LOCATED, file=file, line=line, error=error) from None


class LineIndex:
    """Finds lines of a TOML file, which the parser of the standard library does not tell.

    Good for files that are laid out as lessons are, one header or key a line; elsewhere it may name a line nearby.
    """

    def __init__(self, text: str) -> None:
        self._found: dict[tuple[str, ...], int] = {}
        table: tuple[str, ...] = ()
        key, numbers = "", dict[str, int]()
        for number, line in enumerate(text.splitlines(), 1):
            name = _header(line)
            if name:
                table, key = tuple(part.strip(" \"'") for part in name.split(".")), ""
                if line.lstrip().startswith("[["):
                    numbers[name] = numbers.get(name, -1) + 1
                    table = (*table, str(numbers[name]))
                self._found.setdefault(table, number)
            elif entry := ENTRY.match(line):
                key = entry["key"]
                self._found.setdefault((*table, key), number)
            if key:
                for inside in ID.finditer(line):
                    self._found.setdefault((*table, key, inside["id"]), number)

    def line(self, *path: str) -> int:
        """Line of a table or key, or else of what it is in."""
        while path and path not in self._found:
            path = path[:-1]
        return self._found.get(path, 1)


def _header(line: str) -> str:
    """The name in a line such as [bet.end] or [[step]], '' for another line."""
    name, end, rest = line.strip().lstrip("[").partition("]")
    rest = rest.lstrip("]").strip()
    plain = not rest or rest.startswith("#")
    return name.strip() if line.lstrip().startswith("[") and end and plain and "," not in name else ""


class LessonTable:
    """A table of a TOML file; raises InputError with file and line for what it lacks or has of another kind."""

    def __init__(self, file: str, values: Mapping[str, Any], lines: LineIndex, path: tuple[str, ...] = ()) -> None:
        self.file, self.values, self._lines, self.path = file, values, lines, path

    @property
    def line(self) -> int:
        """Its line in the file."""
        return self._lines.line(*self.path)

    def located(self, key: str) -> Any:
        """Context that puts file and line of `key` before the message of an InputError."""
        return at_line(self.file, self._lines.line(*self.path, key))

    def only(self, *keys: str) -> None:
        """Check that it has no other keys."""
        for key in self.values:
            if key not in keys:
                with self.located(key):
                    raise InputError(
                        "There is no '{name}' here; there are {names}.", name=key[:40], names=", ".join(keys)
                    )

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default there must be one."""
        return str(self._value(key, str, A_TEXT, default))

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number between two others."""
        value = self._value(key, int, A_WHOLE_NUMBER, default)
        with self.located(key):
            if isinstance(value, bool) or not low <= value <= high:
                raise InputError(
                    "'{key}' is a whole number from {low} to {high}.", key=key, low=f"{low:,}", high=f"{high:,}"
                )
        return int(value)

    def optional_whole(self, key: str, high: int) -> int | None:
        """A whole number from 0 on, None where there is none."""
        return self.whole(key, 0, high) if key in self.values else None

    def number(self, key: str, default: float) -> float:
        """A number; `inf` is one."""
        value = self._value(key, (int, float), A_NUMBER, default)
        with self.located(key):
            try:
                found = float(value)
            except OverflowError:
                found = nan
            if isinstance(value, bool) or isnan(found):
                raise InputError(IT_IS, key=key, what=Message(A_NUMBER))
        return found

    def flag(self, key: str) -> bool:
        """true or false, which is the default."""
        return bool(self._value(key, bool, TRUE_OR_FALSE, default=False))

    def items(self, key: str, kind: type[T], what: str) -> tuple[T, ...]:
        """A list of values of one kind, () where there is none; `what` is a message, "a list of places"."""
        values = self._value(key, list, what, [])
        with self.located(key):
            if not all(type(value) is kind for value in values):
                raise InputError(IT_IS, key=key, what=Message(what))
        return tuple(values)

    def member(self, key: str, kind: type[Member]) -> Member | None:
        """A member of an Enum by its key, None where there is none."""
        if key not in self.values:
            return None
        with self.located(key):
            return kind.named(self.text(key))

    def tables(self, key: str) -> "dict[str, LessonTable]":
        """The tables in one, by name."""
        found = self._value(key, dict, A_TABLE, {})
        with self.located(key):
            if len(found) > MOST_TABLES:
                raise InputError(
                    "A lesson has at most {most} of these, not {number}.", most=MOST_TABLES, number=f"{len(found):,}"
                )
            if not all(isinstance(value, dict) for value in found.values()):
                raise InputError("'{key}' is made of tables, such as [{key}.name].", key=key)
        return {
            name: LessonTable(self.file, values, self._lines, (*self.path, key, name)) for name, values in found.items()
        }

    def inner(self, key: str) -> "LessonTable | None":
        """The table in one, None where there is none."""
        if key not in self.values:
            return None
        return LessonTable(self.file, self._value(key, dict, A_TABLE, None), self._lines, (*self.path, key))

    def rows(self, key: str) -> "list[LessonTable]":
        """The tables of a list."""
        values = self._value(key, list, A_LIST_OF_TABLES, [])
        with self.located(key):
            if not all(isinstance(value, dict) for value in values):
                raise InputError(IT_IS, key=key, what=Message(A_LIST_OF_TABLES))
        names = (str(value.get("id", number)) if key != "step" else str(number) for number, value in enumerate(values))
        return [
            LessonTable(self.file, value, self._lines, (*self.path, key, name))
            for name, value in zip(names, values, strict=True)
        ]

    def _value(self, key: str, kind: type | tuple[type, ...], what: str, default: Any) -> Any:
        if key not in self.values:
            if default is None:
                with at_line(self.file, self.line):
                    raise InputError("'{key}' is missing; it is {what}.", key=key, what=Message(what))
            return default
        value = self.values[key]
        with self.located(key):
            if not isinstance(value, kind):
                raise InputError(IT_IS, key=key, what=Message(what))
        return value


def read_tables(file: str, text: str) -> LessonTable:
    """Parse a TOML file called `file`; raises InputError with its line."""
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.fullmatch(r"(?P<what>.*) \(at line (?P<line>[0-9]+), column [0-9]+\)", str(error), re.DOTALL)
        lines = text.count("\n") + 1
        with at_line(file, int(found["line"]) if found else lines):
            if found:
                raise InputError("{reason}.", reason=found["what"]) from None
            raise InputError("It cannot be read as TOML.") from None
    return LessonTable(file, values, LineIndex(text))
