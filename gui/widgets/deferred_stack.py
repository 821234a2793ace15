"""A stack that shows a widget that is new in a turn of the event loop of its own, after those in which it was made."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.widgets.turn_queue import TurnQueue


class DeferredStack(QStackedWidget):
    """One widget at a time; the one before stays in sight until a new one can be shown.

    To make a page and to show it, which styles, lays out and paints it, take about as long: in one turn of the event
    loop the window would wait for both.
    """

    def __init__(self) -> None:
        super().__init__()
        self._next: QWidget | None = None
        self._seen: set[QWidget] = set()
        self._turns = TurnQueue(self)

    def minimumSizeHint(self) -> QSize:
        """What the widget in sight needs; those out of sight may need more."""
        shown = self.currentWidget()
        return shown.minimumSizeHint().expandedTo(shown.minimumSize()) if shown else super().minimumSizeHint()

    def bring(self, widget: QWidget, *pieces: Callable[[], object]) -> None:
        """Show a widget at once; one that is new here after `pieces`, each of them in a turn of the event loop."""
        self._next = widget
        if self.indexOf(widget) < 0:
            self.addWidget(widget)
        if widget in self._seen or self.currentWidget() is widget:
            self._show(widget)
            return
        for piece in pieces:
            self._turns.add(piece)
        self._turns.add(partial(self._show, widget))

    def settle(self) -> None:
        """Do now what still waits for its turn."""
        self._turns.finish()

    def _show(self, widget: QWidget) -> None:
        if widget is self._next:
            self._seen.add(widget)
            self.setCurrentWidget(widget)
            self.updateGeometry()


def settle_all(widget: QWidget) -> None:
    """Do now what waits for its turn in any such stack within a widget, the outermost first."""
    for stack in widget.findChildren(DeferredStack):
        stack.settle()
