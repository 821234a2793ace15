"""Parses texts of lessons: Markdown with formulas, measured figures and places of the window in it.

$f'(u)$  $$…$$                        a formula, inline or on a line of its own
{measured: never.accuracy}            what the learner's own runs gave
{~ 9.7 % ± 2 = never.accuracy}        a figure of the author's, and how far any seed may be from it
{~ 1/1,340 × 1.1 = deep.slope_product}                  the same, within a factor
{= 95 %}                              a figure that is so by convention, which nothing measures
{label: learning-rate}                what the window calls a setting
[the curve](mark:slope)               a place that lights up; [](mark:slope) calls it what the window calls it
[late, not dead](lesson:5:3)          another lesson's step; lesson:5 is its first, lesson:05-relu:3 names it
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from model.base.errors import InputError
from model.base.number_format import spaced, with_percent
from model.config.every_setting import every_setting
from model.lessons.lesson_place import parse_lesson_place
from model.lessons.measures import parse_measure
from model.lessons.places import Place
from model.lessons.texts import Formula, LessonLink, LessonText, Piece, PlaceLink, StatedFigure, Words

LONGEST_FORMULA = 400  # letters
PIECE = re.compile(
    r"\$\$(?P<display>.+?)\$\$|\$(?P<inline>[^$\n]+?)\$|\{(?P<figure>[^{}]*)\}|\[(?P<label>[^\[\]\n]*)\]\((?P<link>[^()\s]*)\)",
    re.DOTALL,
)
STATED = re.compile(r"~(?P<text>.+?)(?P<sign>[±×])\s*(?P<room>[0-9.,]+)\s*=(?P<measure>[^=].*)", re.DOTALL)
NUMBER = re.compile(
    r"(?P<one>1/)?(?P<digits>-?[0-9]+(?:[, \u00a0\u202f][0-9]{3})*(?:\.[0-9]+)?)\s*(?:·10(?P<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
)
PERCENT = re.compile(r"(?<=[0-9])\s*%")
POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def parse_text(text: str, run: str = "", line: int = 0) -> LessonText:
    """Read a text, whose measures without an experiment are of `run`; raises InputError."""
    return LessonText(tuple(_pieces(text.strip(), run, line)), line)


def _pieces(text: str, run: str, line: int) -> Iterator[Piece]:
    end = 0
    for found in PIECE.finditer(text):
        if words := text[end : found.start()]:
            yield Words(spaced(words))
        end = found.end()
        if found["figure"] is not None and found["figure"].strip().startswith("label:"):
            yield Words(_label(found["figure"].partition(":")[2].strip()))
        elif found["figure"] is not None:
            figure = _figure(found["figure"].strip(), run)
            yield replace(figure, line=line + text.count("\n", 0, found.start()))
        elif found["label"] is not None:
            link = _link(found["label"], found["link"])
            at = line + text.count("\n", 0, found.start())
            yield replace(link, line=at) if isinstance(link, LessonLink) else link
        else:
            latex = (found["display"] or found["inline"]).strip()
            if len(latex) > LONGEST_FORMULA:
                raise InputError(
                    "A formula has at most {most} letters, not {number}.",
                    most=LONGEST_FORMULA,
                    number=f"{len(latex):,}",
                )
            yield Formula(latex, found["display"] is not None)
    if words := text[end:]:
        yield Words(spaced(words))


def _link(label: str, link: str) -> PlaceLink | LessonLink:
    kind, _, name = link.partition(":")
    if kind == "mark":
        place = Place.named(name.replace("_", " "))
        return PlaceLink(label or place.label, place)
    to = parse_lesson_place(name) if kind == "lesson" else None
    if not to:
        raise InputError(
            "A link leads to a place, as in [Loss](mark:loss), or to a lesson, as in [late](lesson:5:3), "
            "not to '{link}'.",
            link=link[:40],
        )
    if not label.strip():
        raise InputError(
            "A link to a lesson has words, as in [late, not dead](lesson:5:3), unlike '[]({link})'.", link=link[:40]
        )
    return LessonLink(label, to)


def _label(name: str) -> str:
    """What the window calls a setting; raises InputError where there is none."""
    labels = {setting.name.replace("_", "-"): setting.label for setting in every_setting()}
    key = name.replace("_", "-")
    if key not in labels:
        raise InputError("There is no setting '{name}'; there are {names}.", name=name[:40], names=", ".join(labels))
    return labels[key]


def _figure(inside: str, run: str) -> StatedFigure:
    if inside.startswith("measured:"):
        return StatedFigure(parse_measure(inside.removeprefix("measured:"), run))
    if inside.startswith("="):
        return StatedFigure(None, _as_written(inside.removeprefix("=").strip()))
    found = STATED.fullmatch(inside)
    if not found:
        raise InputError(
            "'{{{text}}}' is no figure; one is {{measured: never.accuracy}} or {{~ 9.7 % ± 2 = never.accuracy}}.",
            text=inside[:40],
        )
    text = found["text"].strip()
    value, room, unit = number_in(text), number_in(found["room"]), 0.01 if "%" in text else 1.0
    if found["sign"] == "×" and not (value > 0 and room >= 1):
        raise InputError("'{text}': only a positive figure is within a factor, of at least 1.", text=inside[:40])
    within = (value / room, value * room) if found["sign"] == "×" else (value - unit * room, value + unit * room)
    return StatedFigure(parse_measure(found["measure"], run), _as_written(text), *within, scaled=found["sign"] == "×")


def _as_written(typed: str) -> str:
    """A figure that somebody has typed, as the language of the text writes numbers and percentages."""
    return PERCENT.sub(with_percent(""), spaced(typed))


def number_in(text: str) -> float:
    """The only number in a text, a percentage as a share: 9.7 %, 1/1,340, 8.6·10⁻⁵; raises InputError."""
    numbers = list(NUMBER.finditer(text))
    if len(numbers) != 1:
        if not numbers:
            raise InputError("'{text}' has no number in it, not one.", text=text[:40])
        raise InputError("'{text}' has {number} numbers in it, not one.", text=text[:40], number=len(numbers))
    found = numbers[0]
    value = float(re.sub(r"[^-0-9.]", "", found["digits"]))
    if found["power"]:
        try:
            value *= 10.0 ** int(found["power"].translate(POWERS))
        except (ValueError, OverflowError):
            raise InputError("'{text}' is no number.", text=text[:40]) from None
    if found["one"]:
        if not value:
            raise InputError("'{text}' divides by 0.", text=text[:40])
        value = 1 / value
    return value / 100 if "%" in text else value
