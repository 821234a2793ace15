"""Texts of lessons in their pieces: words, formulas, measured figures, links to places and lessons."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import inf, sqrt

from model.lessons.lesson_place import LessonPlace
from model.lessons.measures import Measure
from model.lessons.places import Place
from model.lessons.units import Value


@dataclass(frozen=True)
class Words:
    """Markdown without formulas, figures and places."""

    markdown: str


@dataclass(frozen=True)
class Formula:
    """LaTeX, on a line of its own or inline."""

    latex: str
    display: bool


@dataclass(frozen=True)
class StatedFigure:
    """A figure in a text: `text` is what the author wrote, `low` to `high` what may be measured.

    The bounds are a factor away if it is `scaled`. `line` is its line in the file. One that is only measured has '' and
    no bounds, one that is a convention, `{= 95 %}`, no measure.
    """

    measure: Measure | None
    text: str = ""
    low: float = -inf
    high: float = inf
    scaled: bool = False
    line: int = 0

    def holds(self, value: Value, share: float = 1.0) -> bool:
        """Whether a measured value is within the bounds, or within a share of the room that they leave."""
        if isinstance(value, str) or share == 1.0:
            return isinstance(value, str) or self.low <= value <= self.high
        if self.scaled:
            middle = sqrt(self.low * self.high)
            room = sqrt(self.high / self.low) ** share
            return bool(middle / room <= value <= middle * room)
        middle = (self.low + self.high) / 2
        return middle + share * (self.low - middle) <= value <= middle + share * (self.high - middle)


@dataclass(frozen=True)
class PlaceLink:
    """Words that light a place of the window up."""

    label: str
    place: Place


@dataclass(frozen=True)
class LessonLink:
    """Words that open a step of a lesson; `line` is theirs in the file."""

    label: str
    to: LessonPlace
    line: int = 0


Piece = Words | Formula | StatedFigure | PlaceLink | LessonLink


@dataclass(frozen=True)
class LessonText:
    """A text in its pieces, in order; `line` is the first one's in its file."""

    pieces: tuple[Piece, ...] = ()
    line: int = 0

    def __bool__(self) -> bool:
        return bool(self.pieces)

    @property
    def figures(self) -> tuple[StatedFigure, ...]:
        """Its figures."""
        return tuple(piece for piece in self.pieces if isinstance(piece, StatedFigure))

    @property
    def links(self) -> tuple[LessonLink, ...]:
        """Its links to steps of lessons."""
        return tuple(piece for piece in self.pieces if isinstance(piece, LessonLink))

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """Its formulas."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Formula))

    def written(self, write: Callable[[Piece], str]) -> str:
        """The whole text, each piece as `write` has it."""
        return "".join(map(write, self.pieces))

    @property
    def plain(self) -> str:
        """In one line without Markdown, formulas as LaTeX, figures as they are written."""
        return " ".join(re.sub(r"[*`]", "", self.written(_plain)).split())

    @property
    def words(self) -> int:
        """How many words it has; a figure counts as one, a formula as none."""
        return len(re.findall(r"[\w{]+(?:[’'.,-]\w+)*", self.written(_counted)))


def _plain(piece: Piece) -> str:
    match piece:
        case Words(markdown):
            return markdown
        case PlaceLink(label) | LessonLink(label):
            return label
        case StatedFigure():
            return piece.text
        case Formula(latex):
            return latex


def _counted(piece: Piece) -> str:
    match piece:
        case Words(markdown):
            return markdown
        case PlaceLink(label) | LessonLink(label):
            return label
        case StatedFigure():
            return "{"
        case Formula():
            return " "
