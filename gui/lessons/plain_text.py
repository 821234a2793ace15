"""Texts of lessons in plain letters, for names, lists and marks on plots."""

import re

from gui.lessons.lesson_document import WriteFigure, unmeasured
from model.lessons.texts import Formula, LessonLink, LessonText, Piece, PlaceLink, StatedFigure, Words

LETTERS = {"delta": "δ", "sigma": "σ", "gamma": "γ", "beta": "β", "partial": "∂", "sum": "Σ", "cdot": "·", "sqrt": "√"}


def plain(text: LessonText, write: WriteFigure = unmeasured) -> str:
    """The text in one line, without emphasis; formulas as near as letters come."""

    def piece(each: Piece) -> str:
        match each:
            case Words(markdown):
                return re.sub(r"[*`]", "", markdown)
            case PlaceLink(label) | LessonLink(label):
                return label
            case StatedFigure():
                return write(each)
            case Formula(latex):
                return _letters(latex)

    return " ".join(text.written(piece).split())


def _letters(latex: str) -> str:
    hatted = re.sub(r"\\hat *\{?(\w)\}?", "{\\1\u0302}", latex)
    named = re.sub(r"\\([a-zA-Z]+)", lambda found: LETTERS.get(found[1], found[1]), hatted)
    return re.sub(r"\\[,;!]|[{}]", "", named)
