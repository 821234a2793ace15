"""The frame of a card: its name, its "?", its context menu, and what has it fill the page."""

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from gui.widgets.card_button import FillButton
from gui.widgets.card_help import HelpButton
from gui.widgets.card_texts import CARD_TEXTS


class CardFrame(QFrame):
    """A framed area with a context menu; `name` is the base of an exported picture's file name.

    The card of a `name` in CARD_TEXTS has a "?" and a button that has it fill the page. `menu_wanted` carries the card
    and a screen position, `help_wanted` the name and the "?", `fill_wanted` the card.
    """

    menu_wanted = Signal(object, QPoint)
    help_wanted = Signal(str, QWidget)
    fill_wanted = Signal(object)
    help: HelpButton
    fill: FillButton

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(title)
        self.name = name
        if self.fills:
            self.help, self.fill = HelpButton(), FillButton()
            self.help.clicked.connect(lambda: self.help_wanted.emit(self.name, self.help))
            self.fill.clicked.connect(lambda: self.fill_wanted.emit(self))
            self.show_name(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu_at)

    @property
    def fills(self) -> bool:
        """Whether it can fill the page: it can if it shows something that is explained."""
        return self.name in CARD_TEXTS

    def show_name(self, name: str) -> None:
        """Take another name in CARD_TEXTS, with another "?"."""
        self.name = name
        self.help.tell(name)
        self.fill.tell(CARD_TEXTS[name].title, filling=self.fill.filling)

    def tell_filling(self, *, filling: bool) -> None:
        """Say that it fills the page, or no longer does."""
        self.fill.tell(CARD_TEXTS[self.name].title, filling=filling)

    def is_title(self, place: QPoint) -> bool:
        """Whether a place in the card belongs to its title."""
        raise NotImplementedError

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.fills and event.button() == Qt.MouseButton.LeftButton and self.is_title(event.position().toPoint()):
            self.fill_wanted.emit(self)
        else:
            super().mouseDoubleClickEvent(event)

    def _menu_at(self, position: QPoint) -> None:
        self.menu_wanted.emit(self, self.mapToGlobal(position))

    def menu_from_plot(self, position: QPointF) -> None:
        """Forward a plot's request for the context menu; `position` in screen coordinates."""
        self.menu_wanted.emit(self, position.toPoint())
