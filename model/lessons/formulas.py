"""Pictures of formulas: rendered once by `run.py formulas`, kept beside the lessons, found by their LaTeX."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from model.base.errors import InputError
from model.lessons.lesson import Lesson
from model.lessons.texts import Formula, LessonText

FOLDER = "formulas"
EM = 24.0  # pixels of the font's size in the pictures
HIGHEST_INLINE = 1.35  # em: what is higher collides with the next line
LARGEST = 100.0  # em
WIDEST = 22.0  # em: the lesson is 360 pixels wide, and its letters 14 high
VIEW = re.compile(r'viewBox="(?P<left>\S+) (?P<top>\S+) (?P<width>\S+) (?P<height>\S+)"')
LATIN = re.compile(r"[\x20-\x7e\n]*")


@dataclass(frozen=True)
class FormulaSize:
    """Size of a formula's picture in em of its font: `depth` of the `height` is below the line of the text."""

    width: float
    height: float
    depth: float


def formula_path(lessons: Path, formula: Formula) -> Path:
    """Where the picture of a formula of the lessons in this folder is, whether it exists or not."""
    kind = "display" if formula.display else "inline"
    return lessons / FOLDER / f"{sha256(f'{kind} {formula.latex}'.encode()).hexdigest()[:16]}.svg"


def formula_size(svg: str) -> FormulaSize:
    """The size of a picture from its text; raises InputError where it has none."""
    found = VIEW.search(svg)
    if not found:
        raise InputError("The picture of a formula has no size.")
    try:
        top, width, height = (float(found[name]) / EM for name in ("top", "width", "height"))
    except ValueError:
        raise InputError("The picture of a formula has no size.") from None
    if not (0 < width < LARGEST and 0 < height < LARGEST):
        raise InputError("The picture of a formula is empty, or larger than any page.")
    return FormulaSize(width, height, top + height)


def check_formula(formula: Formula, svg: str) -> None:
    """Check that a formula can stand where it does, by its picture, '' for none; raises InputError."""
    if not LATIN.fullmatch(formula.latex):
        raise InputError(f"The formula '{formula.latex:.40}' has letters that its font lacks; write them in LaTeX.")
    size = formula_size(svg) if svg else FormulaSize(0, 0, 0)
    if size.width > WIDEST:
        raise InputError(f"The formula '{formula.latex:.40}' is too wide for the lesson: break it into lines.")
    if formula.display:
        return
    if "\\frac" in formula.latex or size.height > HIGHEST_INLINE:
        raise InputError(
            f"The formula '{formula.latex:.40}' is too high for a line of text: put it on its own between $$."
        )


def texts_of(lesson: Lesson) -> list[LessonText]:
    """All texts of a lesson in which there can be formulas, figures and places."""
    texts = [lesson.about, *(step.text for step in lesson.steps)]
    for bet in lesson.bets.values():
        texts += [bet.question, bet.after, *(text for option in bet.options for text in (option.text, option.why))]
    return texts


def formulas_of(lesson: Lesson) -> list[Formula]:
    """All formulas of a lesson, each once."""
    return list(dict.fromkeys(formula for text in texts_of(lesson) for formula in text.formulas))
