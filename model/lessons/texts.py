"""Texts of lessons: Markdown with formulas, measured figures and places of the window in it.

$f'(u)$  $$…$$                        a formula, inline or on a line of its own
{measured: never.accuracy}            what the learner's own runs gave
{~ 9.7 % ± 2 = never.accuracy}        a figure of the author's, and how far any seed may be from it
{~ 1/1,340 × 1.1 = deep.slope_product}                  the same, within a factor
{= 95 %}                              a figure that is so by convention, which nothing measures
{label: learning-rate}                what the window calls a setting
[the curve](mark:slope)               a place that lights up; [](mark:slope) calls it what the window calls it
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import inf

from model.base.errors import InputError
from model.config.every_setting import every_setting
from model.lessons.measures import Measure, parse_measure
from model.lessons.places import Place
from model.lessons.units import Value

LONGEST_FORMULA = 400  # letters
PIECE = re.compile(
    r"\$\$(?P<display>.+?)\$\$|\$(?P<inline>[^$\n]+?)\$|\{(?P<figure>[^{}]*)\}|\[(?P<label>[^\[\]\n]*)\]\((?P<link>[^()\s]*)\)",
    re.DOTALL,
)
STATED = re.compile(r"~(?P<text>.+?)(?P<sign>[±×])\s*(?P<room>[0-9.,]+)\s*=(?P<measure>[^=].*)", re.DOTALL)
NUMBER = re.compile(r"(?P<one>1/)?(?P<digits>-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)\s*(?:·10(?P<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?")
POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


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

    `line` is its line in the file. One that is only measured has '' and no bounds, one that is a convention,
    `{= 95 %}`, no measure.
    """

    measure: Measure | None
    text: str = ""
    low: float = -inf
    high: float = inf
    line: int = 0

    def holds(self, value: Value) -> bool:
        """Whether a measured value is within the bounds."""
        return isinstance(value, str) or self.low <= value <= self.high


@dataclass(frozen=True)
class PlaceLink:
    """Words that light a place of the window up."""

    label: str
    place: Place


Piece = Words | Formula | StatedFigure | PlaceLink


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
        case PlaceLink(label):
            return label
        case StatedFigure():
            return piece.text
        case Formula(latex):
            return latex


def _counted(piece: Piece) -> str:
    match piece:
        case Words(markdown):
            return markdown
        case PlaceLink(label):
            return label
        case StatedFigure():
            return "{"
        case Formula():
            return " "


def parse_text(text: str, run: str = "", line: int = 0) -> LessonText:
    """Read a text, whose measures without an experiment are of `run`; raises InputError."""
    return LessonText(tuple(_pieces(text.strip(), run, line)), line)


def _pieces(text: str, run: str, line: int) -> Iterator[Piece]:
    end = 0
    for found in PIECE.finditer(text):
        if words := text[end : found.start()]:
            yield Words(words)
        end = found.end()
        if found["figure"] is not None and found["figure"].strip().startswith("label:"):
            yield Words(_label(found["figure"].partition(":")[2].strip()))
        elif found["figure"] is not None:
            figure = _figure(found["figure"].strip(), run)
            yield replace(figure, line=line + text.count("\n", 0, found.start()))
        elif found["label"] is not None:
            kind, _, name = found["link"].partition(":")
            if kind != "mark":
                raise InputError(f"A link leads to a place, as in [Loss](mark:loss), not to '{found['link']:.40}'.")
            place = Place.named(name.replace("_", " "))
            yield PlaceLink(found["label"] or place.label, place)
        else:
            latex = (found["display"] or found["inline"]).strip()
            if len(latex) > LONGEST_FORMULA:
                raise InputError(f"A formula has at most {LONGEST_FORMULA} letters, not {len(latex):,}.")
            yield Formula(latex, found["display"] is not None)
    if words := text[end:]:
        yield Words(words)


def _label(name: str) -> str:
    """What the window calls a setting; raises InputError where there is none."""
    labels = {setting.name.replace("_", "-"): setting.label for setting in every_setting()}
    key = name.replace("_", "-")
    if key not in labels:
        raise InputError(f"There is no setting '{name:.40}'; there are {', '.join(labels)}.")
    return labels[key]


def _figure(inside: str, run: str) -> StatedFigure:
    if inside.startswith("measured:"):
        return StatedFigure(parse_measure(inside.removeprefix("measured:"), run))
    if inside.startswith("="):
        return StatedFigure(None, inside.removeprefix("=").strip())
    found = STATED.fullmatch(inside)
    if not found:
        raise InputError(
            f"'{{{inside:.40}}}' is no figure; one is {{measured: never.accuracy}} or {{~ 9.7 % ± 2 = never.accuracy}}."
        )
    text = found["text"].strip()
    value, room, unit = number_in(text), number_in(found["room"]), 0.01 if "%" in text else 1.0
    if found["sign"] == "×" and not (value > 0 and room >= 1):
        raise InputError(f"'{inside:.40}': only a positive figure is within a factor, of at least 1.")
    within = (value / room, value * room) if found["sign"] == "×" else (value - unit * room, value + unit * room)
    return StatedFigure(parse_measure(found["measure"], run), text, *within)


def number_in(text: str) -> float:
    """The only number in a text, a percentage as a share: 9.7 %, 1/1,340, 8.6·10⁻⁵; raises InputError."""
    numbers = list(NUMBER.finditer(text))
    if len(numbers) != 1:
        raise InputError(f"'{text:.40}' has {len(numbers) or 'no'} number{'s' * (len(numbers) > 1)} in it, not one.")
    found = numbers[0]
    value = float(found["digits"].replace(",", ""))
    if found["power"]:
        try:
            value *= 10.0 ** int(found["power"].translate(POWERS))
        except (ValueError, OverflowError):
            raise InputError(f"'{text:.40}' is no number.") from None
    if found["one"]:
        if not value:
            raise InputError(f"'{text:.40}' divides by 0.")
        value = 1 / value
    return value / 100 if "%" in text else value
