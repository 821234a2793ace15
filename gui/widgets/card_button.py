"""Small buttons in the title of a card, which pictures leave out."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolButton

from gui.style.text_size import factor, follow
from model.base.language import tr

SIDE = 20  # pixels
# The corners of the mark, away from the middle and toward it, in pixels of the button.
OUTWARD = (((8.5, 5.5), (5.5, 5.5), (5.5, 8.5)), ((11.5, 14.5), (14.5, 14.5), (14.5, 11.5)))
INWARD = (((5.0, 8.5), (8.5, 8.5), (8.5, 5.0)), ((15.0, 11.5), (11.5, 11.5), (11.5, 15.0)))
STROKES = ((5.5, 5.5), (8.5, 8.5)), ((14.5, 14.5), (11.5, 11.5))


class CardButton(QToolButton):
    """A square button."""

    def __init__(self) -> None:
        super().__init__()
        follow(self.setFixedSize, SIDE, SIDE)


class FillButton(CardButton):
    """Has its card fill the page, or shows all cards again; `filling` says which of both it would end."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("fill")
        self.title, self.filling = "", False

    def tell(self, title: str, *, filling: bool) -> None:
        """Say which card it belongs to, and whether that fills the page now."""
        self.title, self.filling = title, filling
        if filling:
            self.setAccessibleName(tr("Show all cards of the page again"))
            self.setToolTip(tr("Show all cards of the page again (F10, Esc, or a double-click on the title)"))
        else:
            self.setAccessibleName(tr("{card}: fill the page", card=title))
            self.setToolTip(tr("Fill the page with this card (F10, or a double-click on its title)"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(factor(self), factor(self))
            painter.setPen(QPen(self.palette().color(self.foregroundRole()), 1.3))
            for corner in INWARD if self.filling else OUTWARD:
                painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in corner]))
            for start, end in STROKES:
                painter.drawLine(QPointF(*start), QPointF(*end))
