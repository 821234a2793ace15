"""Lines of text that end in … where they are cut, and the one above a page's plots."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

GAP_PIXELS = 8  # before the tabs


class ElidedLabel(QLabel):
    """A text in one line, which gives way in a narrow window; `text()` is the whole of it."""

    def __init__(self, text: str = "", role: str = "muted") -> None:
        super().__init__(text)
        self.setObjectName(role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def room(self) -> QRect:
        """Where it is written."""
        return self.contentsRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.room.width())
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.room, self.alignment(), text)


class Caption(ElidedLabel):
    """The line above a page's plots, whose right end the tabs of the pages cover; its tooltip has it whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(4, 0, 4, 0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the plots decide the width
        self.covered = 0

    @property
    def room(self) -> QRect:
        return self.contentsRect().adjusted(0, 0, -self.covered, 0)

    def tell(self, text: str) -> None:
        """Show this."""
        self.setText(text)
        self.setToolTip(text)

    def leave_room(self, width: int) -> None:
        """Leave so many pixels free at the right end, and a gap before them."""
        self.covered = width + GAP_PIXELS if width else 0
        self.update()

    @contextmanager
    def uncovered(self) -> Iterator[None]:
        """For a picture, in which there are no tabs."""
        covered, self.covered = self.covered, 0
        try:
            yield
        finally:
            self.covered = covered
