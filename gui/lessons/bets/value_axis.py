"""An axis with two marks: what was said and what was measured."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.style.text_size import factor, follow
from gui.style.theme import Theme, font
from model.base.language import tr

HEIGHT, LINE, MARGIN, DOT = 58, 29, 10, 4.0  # pixels at the normal text size, as all here


class ValueAxis(QWidget):
    """Hidden until there is something to compare."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.guess, self.value = 0.0, 0.0
        self.said, self.found = "", ""
        follow(self.setFixedHeight, HEIGHT)
        self.hide()

    def compare(self, guess: float, value: float, said: str, found: str) -> None:
        """Show a guess and what was measured; `said` and `found` are both in figures."""
        self.guess, self.value, self.said, self.found = guess, value, said, found
        self.setAccessibleName(tr("You said {guess}, measured {found}", guess=said, found=found))
        self.show()
        self.update()

    @property
    def _wide(self) -> float:
        return self.width() / factor()

    def places(self) -> tuple[float, float]:
        """x in pixels of the guess and of the measured value."""
        low, high = min(self.guess, self.value, 0.0), max(self.guess, self.value, 0.0)
        room = self._wide - 2 * MARGIN
        span = (high - low) * 1.15 or 1.0
        return MARGIN + (self.guess - low) / span * room, MARGIN + (self.value - low) / span * room

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, (yours, measured) = self.theme, self.places()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(factor(), factor())
            painter.setFont(font(11))
            painter.setPen(QPen(QColor(theme.edge), 1))
            painter.drawLine(QLineF(MARGIN, LINE, self._wide - MARGIN, LINE))
            self._mark(painter, yours, tr("you {value}", value=self.said), theme.muted, above=True)
            self._mark(painter, measured, tr("measured {value}", value=self.found), theme.accent, above=False)

    def _mark(self, painter: QPainter, x: float, text: str, color: str, *, above: bool) -> None:
        painter.setPen(QPen(QColor(color), 1.5))
        painter.setBrush(QColor(self.theme.panel if above else color))
        painter.drawEllipse(QPointF(x, LINE), DOT, DOT)
        wide = painter.fontMetrics().horizontalAdvance(text) + 2
        left = min(max(x - wide / 2, 0.0), max(self._wide - wide, 0.0))
        where = QRectF(left, LINE - 22 if above else LINE + 7, wide, 15)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        self.update()
