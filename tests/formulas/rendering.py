"""Renders formulas as SVG that Qt can draw on any ground."""

from pathlib import Path
from warnings import catch_warnings, simplefilter

from model.base.errors import InputError
from model.lessons.formulas import EM, FOLDER, check_formula, formula_path, formulas_of
from model.lessons.lesson_folder import languages_of, lesson_files, read_lesson
from model.lessons.texts import Formula

with catch_warnings():
    simplefilter("ignore", DeprecationWarning)  # of the way in which ziafont 0.11 finds its own font
    from ziamath.config import config
    from ziamath.zmath import Latex

# The theme's text takes its place; black itself would be left out of the file.
INK = "#000001"


def render(formula: Formula) -> str:
    """The picture of a formula; raises InputError where its LaTeX cannot be read, or it is too high for its line."""
    config.svg2 = False  # whose symbols QtSvg does not draw
    try:
        svg = Latex(formula.latex, size=EM, color=INK, inline=not formula.display).svg()
    except Exception as error:  # its parsers raise of all kinds
        raise InputError(f"The formula '{formula.latex:.60}' cannot be drawn: {error}") from None
    check_formula(formula, svg)
    return f"{svg}\n"


def rendered(folder: Path) -> dict[Path, str]:
    """The pictures of all formulas of the lessons in a folder, in all their languages, by their paths."""
    lessons = [read_lesson(path, language) for path in lesson_files(folder) for language in languages_of(path)]
    found = dict.fromkeys(formula for lesson in lessons for formula in formulas_of(lesson))
    return {formula_path(folder, formula): render(formula) for formula in found}


def kept(folder: Path) -> dict[Path, str]:
    """The pictures that the folder has, by their paths."""
    return {path: path.read_text("utf-8") for path in (folder / FOLDER).glob("*.svg")}
