"""Head of a column: the run's line, name, test accuracy and verdict."""

from collections.abc import Iterable
from math import isnan

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath

from gui.pages.compare.layout import LINE, ROOMY_PIXELS, RULE
from gui.pages.compare.small_plots import pen
from gui.plots.canvas import Canvas
from gui.plots.word_breaks import shortened, wrapped
from gui.style.run_styles import RunLook
from gui.style.theme import Theme, font
from model.base import number_format
from model.diagnosis.verdict import Verdict

NARROW_PIXELS = 84.0  # what is narrower has smaller letters
MOST_LINES = 3


def name_font(width: float) -> QFont:
    """Font of the names in columns of this width in pixels."""
    return font(12, QFont.Weight.DemiBold) if width >= NARROW_PIXELS else font(10, QFont.Weight.Medium)


def lines_needed(names: Iterable[str], width: float) -> int:
    """Number of lines that the longest name takes: at most 2, or 3 in columns narrower than ROOMY_PIXELS."""
    metrics, most = QFontMetricsF(name_font(width)), 2 if width >= ROOMY_PIXELS else MOST_LINES
    return max((len(wrapped(name, width, most, metrics)) for name in names), default=1)


class ColumnHead:
    """The items of a head on the canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self.line = canvas.path(1)
        self.names = [canvas.text() for _ in range(MOST_LINES)]
        self.accuracy = canvas.text()
        self.verdict = canvas.text()
        self.width = 0.0

    def setVisible(self, visible: bool) -> None:
        self.line.setVisible(visible)
        for text in (*self.names, self.accuracy, self.verdict):
            text.setVisible(visible)

    def place(self, rect: QRectF, name: str, lines: int, *, roomy: bool) -> None:
        """Move the items into `rect` and wrap the name; `roomy` puts accuracy and verdict on one line."""
        self.width = rect.width()
        rule = QPainterPath()
        rule.moveTo(0, 0)
        rule.lineTo(rect.width(), 0)
        self.line.setPath(rule)
        self.line.setPos(rect.left(), rect.top() + 1.5)
        letters = name_font(rect.width())
        written = wrapped(name, rect.width(), lines, QFontMetricsF(letters))
        self.accuracy.item.setFont(font(15 if rect.width() >= NARROW_PIXELS else 12, QFont.Weight.DemiBold))
        self.verdict.item.setFont(font(11 if rect.width() >= NARROW_PIXELS else 10))
        for index, text in enumerate(self.names):
            text.item.setFont(letters)
            text.write(written[index] if index < len(written) else "")
            text.place(rect.left(), rect.top() + RULE + (index + 0.5) * LINE)
        top = rect.top() + RULE + lines * LINE
        self.accuracy.place(rect.left(), top + 12)
        if roomy:
            self.verdict.place(rect.right(), top + 13, 1.0)
        else:
            self.verdict.place(rect.left(), top + 29)

    def write(self, accuracy: float, verdict: Verdict | None) -> None:
        """Write test accuracy, from 0 to 1 or NaN, and verdict."""
        self.accuracy.write("–" if isnan(accuracy) else number_format.percent(accuracy))
        metrics = QFontMetricsF(self.verdict.item.font())
        self.verdict.write(shortened(verdict.condition.label, self.width, metrics) if verdict else "")

    def apply_theme(self, theme: Theme, look: RunLook) -> None:
        """Set the run's colour and dashes."""
        self.line.setPen(pen(look.color, 3, look.dashes))
        for text in (*self.names, self.accuracy):
            text.color(theme.text)
        self.verdict.color(theme.muted)
