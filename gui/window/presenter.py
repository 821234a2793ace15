"""Presenter mode: text that the last row can read, no panel but a lesson, the whole screen."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gui.widgets.command import Menu, MenuCommand
from gui.widgets.side_tabs import TAUGHT, SideTabs
from gui.window.appearance import Appearance
from model.base.language import tr

TIMES = 1.6  # the chosen text size


class Presenter(QObject):
    """Presenter mode of `window`; `active` says whether it is on, `changed(active)` tells.

    Of `side` it leaves the lesson, where that shows.
    """

    changed = Signal(bool)

    def __init__(self, window: QWidget, side: SideTabs, appearance: Appearance) -> None:
        super().__init__(window)
        self.window, self.side, self.appearance = window, side, appearance
        self.active = False
        self._state, self._geometry = window.windowState(), window.geometry()
        self.escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self.escape.setEnabled(False)
        self.escape.activated.connect(self.leave)
        side.chosen.connect(self._fit_side)

    @Slot()
    def toggle(self) -> None:
        """Begin to present, or leave it."""
        if self.active:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Hide the panel unless it is a lesson, fill the screen and magnify the text."""
        if self.active:
            return
        self._state, self._geometry = self.window.windowState(), self.window.geometry()
        self._tell(active=True)
        self.window.setWindowState(self._state | Qt.WindowState.WindowFullScreen)

    @Slot()
    def leave(self) -> None:
        """Bring all back as it was."""
        if not self.active:
            return
        self._tell(active=False)
        self.window.setWindowState(self._state)
        if self._state == Qt.WindowState.WindowNoState:
            self.window.setGeometry(self._geometry)

    def _tell(self, *, active: bool) -> None:
        self.active = active
        self.escape.setEnabled(active)
        self._fit_side()
        self.appearance.magnify(TIMES if active else 1.0)
        self.changed.emit(active)

    @Slot()
    def _fit_side(self) -> None:
        self.side.tabs.setHidden(self.active)
        self.side.setHidden(self.active and self.side.shown != TAUGHT)

    def commands(self) -> list[MenuCommand]:
        """The entry of the menu View."""
        tip = tr("Larger text, a lesson but no panel, the whole screen; F11 or Esc leaves it")
        return [MenuCommand(Menu.VIEW, "presenter", tr("Presenter mode"), self.toggle, "F11", tip, group=5)]
