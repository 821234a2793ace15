"""Texts in a plot's area on a ground of their own, so that they can be read over lines and curves."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QGraphicsSimpleTextItem

from gui.plots.pens_and_paths import translucent
from gui.style.theme import Theme, font

OPACITY = 0.8  # of the ground: a curve below it shines through


class GroundedText(QGraphicsRectItem):
    """A text in the program's small font, and the rectangle behind it."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self.item = QGraphicsSimpleTextItem(self)
        self.item.setFont(font(11))

    def text(self) -> str:
        """The text written last."""
        return self.item.text()

    def size(self) -> QRectF:
        """Its width and height in pixels, from 0."""
        return self.item.boundingRect()

    def write(self, text: str) -> None:
        """Replace the text; '' leaves no ground either."""
        self.item.setText(text)
        self.setRect(self.size())
        self.setVisible(bool(text))

    def apply_theme(self, theme: Theme, color: str | QColor) -> None:
        """Set the colours of text and ground."""
        self.item.setBrush(QColor(color))
        self.setBrush(translucent(theme.card, OPACITY))
