"""The pages of the window, of which one shows; their tabs lie over the top right corner, beside its caption."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from gui.pages.page import Page
from gui.style.theme import Theme
from gui.widgets.tab_row import TabRow
from model.config.views import PageKind

Maker = Callable[[Theme], Page]


class PageStack(QWidget):
    """One page at a time; each is made when it is first looked at. `made` tells of it, `changed` that another shows."""

    made = Signal(object)
    changed = Signal()

    def __init__(self, makers: Mapping[PageKind, Maker], theme: Theme) -> None:
        super().__init__()
        self.setObjectName("dashboard")
        self.theme = theme
        self.makers = makers
        self.pages: dict[PageKind, Page] = {}
        self.stack = QStackedWidget()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.stack, 0, 0)
        self.tabs = self._tabs()
        grid.addWidget(self.tabs, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)

    def _tabs(self) -> TabRow[PageKind]:
        tabs = TabRow(
            [(kind, kind.label, f"{kind.help} (Ctrl+Alt+{number})") for number, kind in enumerate(self.makers, 1)],
            role="page",
        )
        tabs.row.setContentsMargins(0, 5, 12, 0)
        for kind, button in tabs.buttons.items():
            button.setAccessibleName(f"Page {kind.label}")
        self.kind = next(iter(self.makers))
        tabs.check(self.kind)
        tabs.chosen.connect(self.choose)
        self.buttons = tabs.buttons
        return tabs

    def page(self, kind: PageKind) -> Page:
        """The page of this kind, made if it has not been looked at yet."""
        if kind not in self.pages:
            made = self.pages[kind] = self.makers[kind](self.theme)
            self.stack.addWidget(made)
            self.made.emit(made)
            made.fit_pens()
        return self.pages[kind]

    @property
    def current(self) -> Page:
        """The page that shows."""
        return self.page(self.kind)

    def choose(self, kind: PageKind) -> None:
        """Show another page."""
        self.kind = kind
        self.buttons[kind].setChecked(True)
        self.stack.setCurrentWidget(self.current)
        self.current.update_text()
        self._leave_room()
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_room()

    def _leave_room(self) -> None:
        self.current.caption.leave_room(self.tabs.sizeHint().width())

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        for page in self.pages.values():
            page.apply_theme(theme)
            page.fit_pens()

    def fit_pens(self) -> None:
        """Make all lines as wide as they should be on the present screen."""
        for page in self.pages.values():
            page.fit_pens()
