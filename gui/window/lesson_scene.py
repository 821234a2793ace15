"""The window as lessons know it: what their places are called here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.controls.status_line import StatusLine
from gui.controls.transport_bar import TransportBar
from gui.pages.page_stack import PageStack
from gui.widgets.side_tabs import LISTED, SET, SideTabs
from model.config.views import CardKind, PageKind, ViewKind
from model.lessons.places import WindowPart

if TYPE_CHECKING:
    from gui.pages.dashboard.dashboard import Dashboard


class LessonScene:
    """Finds the widgets of a place, and opens pages and views; `scroll_to` brings a part of a page into sight."""

    def __init__(
        self, pages: PageStack, side: SideTabs, transport: TransportBar, status: StatusLine,
        scroll_to: Callable[[QWidget], None],
    ) -> None:  # fmt: skip
        self.pages, self.side, self.transport, self.status = pages, side, transport, status
        self.scroll_to = scroll_to

    @property
    def board(self) -> "Dashboard | None":
        """The page of the run, None while it is not there yet."""
        from gui.window.picture_commands import dashboard_of

        return dashboard_of(self.pages) if self.pages.started else None

    def show(self, page: PageKind, view: ViewKind | None) -> None:
        """Open a page, and one of the tabs of the run."""
        if (board := self.board) is not None:
            self.pages.choose(page)
            if view and board.detail.view.view is not view:
                board.detail.choose(view)

    def reveal(self, part: QWidget) -> None:
        """Bring a part into sight where the window is too low for the page."""
        if self.pages.isAncestorOf(part):
            self.scroll_to(part)

    def go_to(self, iteration: int) -> None:
        """Show an iteration of the run."""
        if (board := self.board) is not None:
            board.go_to(iteration)

    def parts(self, part: str) -> list[QWidget]:
        """What is called so, by the keys of cards, views and WindowPart; a layer of all cards is none by itself."""
        board = self.board
        outside: dict[str, QWidget] = {
            WindowPart.TRAIN.key: self.transport.train,
            WindowPart.PANEL.key: self.side.buttons[SET],
            WindowPart.RUNS.key: self.side.buttons[LISTED],
            WindowPart.VERDICT.key: self.status,
        }
        if part in outside or board is None:
            return [outside[part]] if part in outside else []
        cards: dict[str, QWidget] = {
            CardKind.ACCURACY.key: board.accuracy, CardKind.LOSS.key: board.loss, CardKind.SIGNAL.key: board.signal,
            **{view.key: board.detail for view in ViewKind},
            WindowPart.SLIDER.key: board.timeline,
        }  # fmt: skip
        return [cards[part]] if part in cards else []

    @property
    def plots(self) -> list[QWidget]:
        """What draws a run, on whichever page."""
        return [self.pages]

    @property
    def all_parts(self) -> list[QWidget]:
        """What can be dimmed; not the line at the bottom, which speaks to everybody."""
        board = self.board
        return [self.transport, *([*board.cards, board.timeline] if board else [])]
