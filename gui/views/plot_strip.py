"""The scrolled strip of a view with a plot per layer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.widgets.focus_frame import FocusWhereItScrolls
from model.base.language import tr


class PlotStrip(QScrollArea):
    """Scrolls `content` to the right and left; `spare` pixels at the right end stay empty, where no whole plot fits.

    `resized` tells of another size, not of another `spare`.
    """

    resized = Signal()

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its plots have the keys
        self.setAccessibleName(tr("Plots of all layers"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._spare = self._told = 0
        self.focus = FocusWhereItScrolls(self)

    @property
    def whole(self) -> int:
        """Its width with what is spare."""
        return self.contentsRect().width()

    def leave(self, spare: int) -> None:
        """Leave so many pixels empty."""
        if spare != self._spare:
            self._spare = spare
            self.setViewportMargins(0, 0, spare, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.whole != self._told:
            self._told = self.whole
            self.resized.emit()
