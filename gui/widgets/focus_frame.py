"""A frame around what has the keyboard, for widgets that paint nothing of the kind themselves."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

WIDTH, ROUND = 2.0, 4.0  # pixels


class FocusFrame(QWidget):
    """Lies over `part` while that has the focus, and lets the mouse through."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self.part = part
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        part.installEventFilter(self)
        self.setVisible(part.hasFocus())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hide()  # the part may be going, and cannot be asked any more
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.Resize):
            self.setGeometry(self.part.rect())
            self.setVisible(self.part.hasFocus())
            self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), WIDTH))
            inside = WIDTH / 2
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inside, inside, -inside, -inside), ROUND, ROUND)


class FocusWhereItScrolls(QObject):
    """Makes a scroll area a stop for Tab, with a FocusFrame, as long as it has something to scroll."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self.area = area
        self.frame = FocusFrame(area)
        self.bars = (area.horizontalScrollBar(), area.verticalScrollBar())
        for bar in self.bars:
            bar.rangeChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the focus by Tab from now on, or no longer."""
        scrolls = any(bar.maximum() > bar.minimum() for bar in self.bars)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)
