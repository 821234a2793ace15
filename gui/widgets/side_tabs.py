"""The left side of the window: a lesson, the settings, the list of runs, or that of cures."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from gui.style.text_size import factor, follow, scaled
from gui.widgets.tab_row import TabRow
from model.base.language import message, tr

TAUGHT, SET, LISTED, CURED = message("Lesson"), message("Settings"), message("Runs"), message("Cures")
WIDTH = 276  # pixels
TO_READ, NARROWEST, WIDEST = 360, 320, 560  # pixels of what is read
GRIP = 6


class SideTabs(QFrame):
    """A row of tabs above a stack of widgets; `contents` maps each tab's title to its widget and tooltip.

    The tabs called `later` are hidden until they are chosen for the first time; `first` shows at the beginning. Those
    called `wide` have a width of their own, which the mouse changes at the right edge. `chosen` carries the title of
    what shows, whoever chose it.
    """

    chosen = Signal(str)

    def __init__(
        self,
        contents: dict[str, tuple[QWidget, str]],
        later: Collection[str] = (),
        wide: Collection[str] = (),
        first: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName("side")
        self.stack = QStackedWidget()
        for content, _ in contents.values():
            self.stack.addWidget(content)
        self.wide, self.width_to_read = wide, TO_READ
        self.tabs = TabRow([(title, tr(title), tip) for title, (_, tip) in contents.items()])
        self.tabs.setContentsMargins(12, 8, 12, 0)
        self.tabs.chosen.connect(self.choose)
        self.buttons = self.tabs.buttons
        for title in later:
            self.buttons[title].hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.grip = Grip(self)
        self.choose(first or next(iter(contents)))
        follow(self._fit)

    @property
    def shown(self) -> str:
        """The title of what shows."""
        return list(self.buttons)[self.stack.currentIndex()]

    def choose(self, title: str) -> None:
        """Show the widget under this title; raises KeyError for an unknown one."""
        self.tabs.check(title)
        self.buttons[title].show()
        self.stack.setCurrentIndex(list(self.buttons).index(title))
        self._fit()
        self.chosen.emit(title)

    def turn(self) -> None:
        """Show the next widget but those to read, in a circle, and give it the keyboard focus."""
        titles = list(self.buttons)
        there = [title for title in titles if not self.buttons[title].isHidden() and title not in self.wide]
        later = [title for title in there if titles.index(title) > self.stack.currentIndex()]
        self.choose((later or there)[0])
        if content := self.stack.currentWidget():
            content.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_width_to_read(self, width: int) -> None:
        """Set how wide the tabs are that have a width of their own, within limits."""
        self.width_to_read = min(max(width, NARROWEST), WIDEST)
        self._fit()

    def _fit(self) -> None:
        wide = self.shown in self.wide
        self.setFixedWidth(scaled(self.width_to_read if wide else WIDTH))
        self.grip.setVisible(wide)
        self.grip.setGeometry(self.width() - GRIP, 0, GRIP, self.height())
        self.grip.raise_()

    def resizeEvent(self, event: object) -> None:
        self.grip.setGeometry(self.width() - GRIP, 0, GRIP, self.height())


class Grip(QWidget):
    """The right edge of the side, which the mouse pulls."""

    def __init__(self, side: SideTabs) -> None:
        super().__init__(side)
        self.side = side
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setToolTip(tr("Pull to make the lesson wider or narrower"))
        self._from: QPointF | None = None
        self._width = 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from, self._width = event.globalPosition(), self.side.width_to_read

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self.side.set_width_to_read(self._width + round((event.globalPosition().x() - self._from.x()) / factor()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None
