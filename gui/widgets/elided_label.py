"""Labels of one line that end in … where there is too little room."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

GAP_PIXELS = 8  # before the tabs


class ElidedLabel(QLabel):
    """A one-line label that is shortened with … in a narrow window; `text()` is always the whole text."""

    def __init__(self, text: str = "", role: str = "muted") -> None:
        super().__init__(text)
        self.setObjectName(role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def room(self) -> QRect:
        """Rectangle for the text, in the label's pixels."""
        return self.contentsRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.room.width())
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.room, self.alignment(), text)


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
