"""Cards, the framed areas of a page, and the small marks and labels in their headers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.style.text_size import follow, scaled
from gui.widgets.card_frame import CardFrame
from gui.widgets.card_texts import CARD_TEXTS
from gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from model.exports.plot_table import Tables


class Card(CardFrame):
    """A card with a header line; one of a `name` in CARD_TEXTS has its title, others are given one."""

    def __init__(self, name: str, subtitle: str = "", *, title: str = "", titled: bool = True) -> None:
        title = title or CARD_TEXTS[name].title
        super().__init__(name, title)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        if titled:
            self.header.addStrut(24)
            self.header.addWidget(label(title, "title"))
        # The first to give way in a narrow window, which must not grow for the sake of a text.
        self.subtitle = ElidedLabel(subtitle)
        self.header.addWidget(self.subtitle, 1)
        for button in (self.help, self.fill) if self.fills else ():
            self.header.insertWidget(self.header.count() - 1 if titled else -1, button)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 8, 12, 8)
        self.body.setSpacing(4)
        self.body.addLayout(self.header)

    def is_title(self, place: QPoint) -> bool:
        return place.y() <= self.header.geometry().bottom()

    def tables(self) -> "Tables":
        """What is shown as tables, by what they are of; each is made when it is wanted."""
        return {}

    @contextmanager
    def posing(self) -> Iterator[None]:
        """Context in which the card looks as in an exported picture, for example with a legend."""
        yield


class LineSample(QWidget):
    """A legend's piece of a curve's line; `dashes` in line widths."""

    def __init__(self, dashes: Sequence[float] = ()) -> None:
        super().__init__()
        self.dashes = dashes
        self.color = QColor()

    def sizeHint(self) -> QSize:
        return QSize(scaled(18, self), scaled(12, self))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            pen = QPen(self.color, 2)
            if self.dashes:
                pen.setDashPattern(list(self.dashes))
            painter.setPen(pen)
            painter.drawLine(QPointF(0, self.height() / 2), QPointF(self.width(), self.height() / 2))


class Swatch(QWidget):
    """A small rounded square in a layer's colour."""

    def __init__(self, color: QColor) -> None:
        super().__init__()
        self.color = color
        follow(self.setFixedSize, 10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.color)
            painter.drawRoundedRect(QRectF(self.rect()), 2, 2)


class Dot(QWidget):
    """A small round mark, filled or a ring."""

    def __init__(self) -> None:
        super().__init__()
        self.color, self.hollow = QColor(), False
        follow(self.setFixedSize, 10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.color, 2))
            painter.setBrush(QColor(0, 0, 0, 0) if self.hollow else self.color)
            painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))


class Figures(QWidget):
    """Lines of text that change with every frame without a new layout, which would cost more than the frame."""

    def __init__(self) -> None:
        super().__init__()
        self._label = label("", "small")
        self._label.setParent(self)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lines = 0
        follow(self.fit)

    def fit(self) -> None:
        """Be as tall as the lines are at the present text size."""
        self.setFixedHeight(self._lines * self._label.fontMetrics().lineSpacing() + 1)

    def text(self) -> str:
        return self._label.text()

    def set_lines(self, lines: list[str]) -> None:
        """Show these lines; the layout changes only if their number does."""
        if len(lines) != self._lines:
            self._lines = len(lines)
            self.fit()
        self._label.setText("\n".join(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._label.setFixedSize(self.size())


def figure(width: int) -> QLabel:
    """Make a header label of `width` pixels for a number; fixed in size for the same reason as Figures."""
    made = label("", "title")
    follow(made.setFixedSize, width, 18)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def label(text: str, role: str = "", buddy: QWidget | None = None) -> QLabel:
    """Make a plain-text label; `role` is its object name in the style sheet: title, muted, heading, note.

    A field that it names is its `buddy`, by which a screen reader knows.
    """
    made = QLabel(text)
    made.setObjectName(role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if buddy is not None:
        made.setBuddy(buddy)
    return made


def rule() -> QFrame:
    """Make a horizontal line."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made
