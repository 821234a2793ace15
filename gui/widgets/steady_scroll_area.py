"""Scroll areas of the settings: their content keeps its width, and shows what has the keyboard focus."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

MARGIN = 6  # pixels left above and below what is brought into view


class SteadyScrollArea(QScrollArea):
    """Scrolls `content` up and down. Its width does not change when the bar appears, nor is it a stop for Tab itself.

    What gets the focus by a key comes into view, also where Tab comes from outside, which Qt forgets.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().rangeChanged.connect(self._keep_width)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    @Slot()
    def _keep_width(self) -> None:
        bar = self.verticalScrollBar()
        gutter = bar.sizeHint().width()
        self.setViewportMargins(0, 0, 0 if bar.maximum() > bar.minimum() else gutter, 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # the bar has another width now
            self._keep_width()

    @Slot(QWidget, QWidget)
    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        # What the mouse presses must not move away below it.
        if now is not None and self.isAncestorOf(now) and not QApplication.mouseButtons():
            self.reveal(now)

    def reveal(self, part: QWidget) -> None:
        """Scroll as little as shows a part of the content, or its top where it is too tall."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top = part.mapTo(self.content, QPoint()).y()
        lowest = max(bar.value(), top + part.height() + MARGIN - room)
        bar.setValue(min(lowest, top - MARGIN))


class GreedyScrollArea(SteadyScrollArea):
    """Asks for as much height as its content has, and scrolls only where there is less."""

    def __init__(self, content: QWidget) -> None:
        super().__init__(content)
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return self.content.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
