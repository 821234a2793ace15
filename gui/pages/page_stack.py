"""Stack of the window's pages; their tabs lie over the top right corner, beside the page's caption."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.pages.card_fill import CardFill
from gui.pages.page import Page
from gui.runs.viewed import Viewed
from gui.style.text_size import NORMAL, factor, follow, scaled
from gui.style.theme import Theme
from gui.widgets.deferred_stack import DeferredStack, settle_all
from gui.widgets.tab_row import TabRow
from model.base.language import tr
from model.config.views import PageKind

if TYPE_CHECKING:
    from gui.pages.timeline_bar import TimelineBar

READABLE_PIXELS = 560  # of a page's height, at the normal text size
Maker = Callable[[Theme], Page]


def page_tip(kind: PageKind, number: int) -> str:
    """What a page shows, and the key that leads there."""
    return tr("{help} ({key})", help=kind.help, key=f"Ctrl+Alt+{number}")


class PageStack(QWidget):
    """One page at a time, each created when first shown; `made` carries a new page, `changed`: another one shows."""

    made = Signal(object)

    def __init__(self, makers: Mapping[PageKind, Maker], viewed: Viewed, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("dashboard")
        self.viewed, self.theme = viewed, theme
        self.makers = makers
        self.pages: dict[PageKind, Page] = {}
        self.fill = CardFill(self, theme)
        self.stack = DeferredStack()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.stack, 0, 0)
        self.tabs = self._tabs()
        self.tabs.setParent(self)
        self._seen = 0
        follow(self.leave_height)

    def leave_height(self) -> None:
        """Keep pages of large text as tall as can be read well: they scroll."""
        self.setMinimumHeight(scaled(READABLE_PIXELS) if factor() > NORMAL else 0)

    def _tabs(self) -> TabRow[PageKind]:
        tabs = TabRow(
            [(kind, kind.label, page_tip(kind, number)) for number, kind in enumerate(self.makers, 1)],
            role="page",
        )
        tabs.setContentsMargins(0, 5, 12, 0)
        for kind, button in tabs.buttons.items():
            button.setAccessibleName(tr("Page {name}", name=kind.label))
        tabs.check(self.viewed.page)
        tabs.chosen.connect(self.choose)
        self.buttons = tabs.buttons
        return tabs

    def page(self, kind: PageKind) -> Page:
        """The page of this kind, created if need be."""
        if kind not in self.pages:
            made = self.pages[kind] = self.makers[kind](self.theme)
            self.stack.addWidget(made)
            made.fill_wanted.connect(partial(self.fill.toggle, made))
            self.made.emit(made)
            made.fit_pens()
        return self.pages[kind]

    @property
    def current(self) -> Page:
        """The page that shows."""
        return self.page(self.viewed.page)

    @property
    def started(self) -> bool:
        """Whether a page has been made: none is before the window is on the screen."""
        return bool(self.pages)

    def start(self) -> None:
        """Make the page that is viewed first."""
        self.stack.bring(self.current)
        self._leave_room()

    def choose(self, kind: PageKind) -> None:
        """Show a page, creating it if need be; emits `changed`."""
        if not self.started:
            return
        if kind is not self.viewed.page:
            self.fill.leave()
        self.viewed.show_page(kind)
        self.buttons[kind].setChecked(True)
        self.stack.bring(self.current)
        self.current.update_text()
        self._leave_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_room()

    def see(self, right: int) -> None:
        """Keep the tabs in sight: what is left of this pixel is, where a page is wider than the window has room."""
        self._seen = right
        self._leave_room()

    def _leave_room(self) -> None:
        right = min(self._seen, self.width()) if self._seen else self.width()
        width = min(self.tabs.sizeHint().width(), right)
        self.tabs.resize(width, self.tabs.height())  # it may break into two lines
        self.tabs.setGeometry(right - width, 0, width, self.tabs.sizeHint().height())
        self.tabs.raise_()
        if self.started:
            self.current.caption.leave_room(self.width() - right + width)

    def finish(self) -> None:
        """Draw all that there is on the page that shows, for a picture."""
        if self.started:
            settle_all(self)
            self.current.finish()
            self.current.update_text()

    def frame(self) -> bool:
        """Draw some of what has come since the last frame on the page that shows; False if nothing has."""
        return self.started and self.current.frame()

    @property
    def timeline(self) -> "TimelineBar | None":
        """What the page that shows goes back in time with."""
        return self.current.bar if self.started else None

    @property
    def hint(self) -> str:
        """What can be done on the page that shows, '' on that of the run."""
        return self.current.hint if self.started else ""

    def show_automatic(self) -> None:
        """Undo all zooming on the page that shows."""
        if self.started:
            self.current.show_automatic()

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours in every page."""
        self.theme = theme
        for page in self.pages.values():
            page.apply_theme(theme)
        self.fill.apply_theme(theme)
        self.fit_pens()
        self._leave_room()

    def fit_pens(self) -> None:
        """Scale all pens to the present screen's device pixel ratio."""
        for page in self.pages.values():
            page.fit_pens()
