"""Formulas of the lessons: their pictures are those that their LaTeX makes."""

import pytest

from model.base.errors import InputError
from model.lessons.formulas import check_formula, formula_path, formula_size
from model.lessons.lesson_folder import OWN_LESSONS
from model.lessons.texts import Formula
from tests.formulas.rendering import INK, kept, render, rendered


def test_that_every_picture_is_what_its_formula_makes_and_none_is_left_over() -> None:
    assert kept(OWN_LESSONS) == rendered(OWN_LESSONS), "`python3 run.py formulas --write` writes them"


def test_that_a_picture_has_one_colour_and_nothing_that_qt_does_not_draw() -> None:
    for svg in kept(OWN_LESSONS).values():
        assert "<symbol" not in svg
        assert "<use" not in svg
        assert svg.count("fill=") == svg.count(f'fill="{INK}"')


def test_that_the_size_of_a_formula_is_that_of_its_letters() -> None:
    x, y = (formula_size(render(Formula(latex, display=False))) for latex in ("x", "y"))
    assert 0 < x.height < 1
    assert x.depth < 0.1 < y.depth  # y goes below the line
    assert x.width < 1


def test_that_the_same_latex_has_two_pictures_inline_and_alone() -> None:
    inline, display = (formula_path(OWN_LESSONS, Formula("x", display=alone)) for alone in (False, True))
    assert inline != display
    assert inline.parent == OWN_LESSONS / "formulas"


def test_that_a_formula_wider_than_the_lesson_costs_one_sentence() -> None:
    wide = "+".join(["x"] * 20)
    render(Formula("x+x", display=True))
    with pytest.raises(InputError, match="too wide"):
        render(Formula(wide, display=True))


@pytest.mark.parametrize("latex", ["\\frac12", "\\sum_{i=1}^n x_i", "\\text{和}", "\\begin{broken}"])
def test_that_a_formula_that_does_not_fit_its_line_costs_one_sentence(latex: str) -> None:
    with pytest.raises(InputError, match="The formula"):
        render(Formula(latex, display=False))


@pytest.mark.parametrize("svg", ["", "<svg/>", 'viewBox="a b c d"', 'viewBox="0 0 9 -9"', 'viewBox="0 0 nan 9"'])
def test_that_a_picture_without_a_size_costs_one_sentence(svg: str) -> None:
    with pytest.raises(InputError):
        formula_size(svg)
    if svg:
        with pytest.raises(InputError):
            check_formula(Formula("x", display=False), svg)
