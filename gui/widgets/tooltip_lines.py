"""Lines of tooltips, broken where the language allows it: Qt breaks no plain tooltip by itself."""

from unicodedata import east_asian_width

from PySide6.QtCore import QTextBoundaryFinder

from gui.widgets.japanese_text import JOINER, in_phrases

COLUMNS = 64  # of Latin letters; a Japanese one takes two
WIDE = ("W", "F")


def in_lines(text: str) -> str:
    """A text in lines of at most COLUMNS, a longer word in one of its own; Japanese between phrases."""
    bound = in_phrases(text)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, bound)
    lines, begun, place = [""], 0, finder.toNextBoundary()
    while place != -1:
        piece = bound[begun:place].replace(JOINER, "")
        if lines[-1] and columns((lines[-1] + piece).rstrip()) > COLUMNS:
            lines.append("")
        lines[-1] += piece
        begun, place = place, finder.toNextBoundary()
    return "\n".join(line.rstrip() for line in lines)


def columns(text: str) -> int:
    """How wide a text is in Latin letters."""
    return sum(2 if east_asian_width(letter) in WIDE else 1 for letter in text)
