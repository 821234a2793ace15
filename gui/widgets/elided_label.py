"""Labels of one line that leave out whole parts where there is too little room, and end in … where one is too long."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

GAP_PIXELS = 8  # before the tabs
PARTS = "  ·  "  # what stands between parts of a text that make sense by themselves


def fitting(text: str, width: int, metrics: QFontMetrics) -> str:
    """As many of the first parts of a text as fit into so many pixels; of a sentence too long its first words."""
    parts, kept = text.split(PARTS), text
    # Not by horizontalAdvance, which rounds: of a text of two typefaces the end could be cut that it says fits.
    while (cut := metrics.elidedText(kept, Qt.TextElideMode.ElideRight, width)) != kept and len(parts) > 1:
        parts.pop()
        kept = PARTS.join(parts)
    return cut if cut == kept or " " in cut.rstrip("… ") else ""


class ElidedLabel(QLabel):
    """A one-line label that is shortened in a narrow window; `text()` is always the whole text.

    Without a tooltip of its own it has the whole text there while not all of it shows.
    """

    def __init__(self, text: str = "", role: str = "muted") -> None:
        super().__init__(text)
        self.setObjectName(role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def room(self) -> QRect:
        """Rectangle for the text, in the label's pixels."""
        return self.contentsRect()

    @property
    def shown(self) -> str:
        """What of the text shows."""
        return fitting(self.text(), self.room.width(), self.fontMetrics())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            if self.shown != self.text():
                QToolTip.showText(event.globalPos(), self.text(), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.room, self.alignment(), self.shown)


class Caption(ElidedLabel):
    """The caption above a page's plots: its right end lies under the page tabs, its tooltip has the whole text."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(4, 0, 4, 0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the plots decide the width
        self.covered = 0

    @property
    def room(self) -> QRect:
        return self.contentsRect().adjusted(0, 0, -self.covered, 0)

    def tell(self, text: str) -> None:
        """Set text and tooltip."""
        self.setText(text)
        self.setToolTip(text)

    def leave_room(self, width: int) -> None:
        """Keep `width` pixels free at the right end, and a gap before them."""
        self.covered = width + GAP_PIXELS if width else 0
        self.update()

    @contextmanager
    def uncovered(self) -> Iterator[None]:
        """Context in which the text has the full width, for pictures without page tabs."""
        covered, self.covered = self.covered, 0
        try:
            yield
        finally:
            self.covered = covered
