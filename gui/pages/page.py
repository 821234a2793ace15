"""Base of the window's pages: dashboard, compare, repeats, map."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from gui.style.text_size import factor
from gui.style.theme import Theme
from gui.widgets.card import Card
from gui.widgets.elided_label import Caption

if TYPE_CHECKING:
    from gui.pages.timeline_bar import TimelineBar
    from model.exports.plot_table import Tables


class Page(QWidget):
    """A page of the window; `name` is the base of a picture's file name. Only the visible page is asked to draw.

    `fill_wanted` carries the card that shall fill the page, `results_made` says that there are further splits on it.
    """

    menu_wanted = Signal(object, QPoint)
    help_wanted = Signal(str, QWidget)
    fill_wanted = Signal(object)
    results_made = Signal()
    said = Signal(str)
    name: str

    def __init__(self) -> None:
        super().__init__()
        self.caption = Caption()

    @property
    def hint(self) -> str:
        """Sentence for the status line on how to use the page; '' where that line shows the run's verdict."""
        return ""

    @property
    def bar(self) -> "TimelineBar | None":
        """The page's timeline, if it has one."""
        return None

    @property
    def staying(self) -> "list[QWidget]":
        """What stays in sight while a card fills the page."""
        return [self.caption, *([self.bar] if self.bar is not None else [])]

    @property
    def busy(self) -> bool:
        """Whether anything on the page is still being computed."""
        return False

    def show_example(self, iterations: int | None = None) -> None:
        """Run the page's lesson with this number of iterations (None: the usual one); raises InputError if invalid."""

    def go_to(self, iteration: int | None) -> None:
        """Show an iteration of the past; None follows the newest."""

    def show_automatic(self) -> None:
        """Undo the user's zoom."""

    def frame(self) -> bool:
        """Draw a part of what is new, within a few milliseconds; False if nothing is. Called 30 times a second."""
        return False

    def tables(self) -> "Tables":
        """What the cards on the page show as tables, by what they are of; each is made when it is wanted."""
        cards = sorted((card for card in self.findChildren(Card) if card.isVisibleTo(self)), key=self._place)
        return {name: make for card in cards for name, make in card.tables().items()}

    def _place(self, card: Card) -> tuple[int, int]:
        """Where a card is, in the order of reading."""
        corner = card.mapTo(self, QPoint())
        return corner.y(), corner.x()

    def finish(self) -> None:
        """Draw everything, for a picture."""

    @contextmanager
    def posing(self) -> Iterator[None]:
        """Context in which the page looks as in an exported picture."""
        with self.caption.uncovered():
            yield

    def update_text(self) -> None:
        """Write the newest figures; called twice a second."""

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""

    def fit_pens(self) -> None:
        """Scale all pens to the present screen's device pixel ratio."""
        from gui.plots.live_view import LiveView  # with pyqtgraph, which the window does not wait for

        for view in self.findChildren(LiveView):
            view.fit_pens(self.devicePixelRatio() * factor(view))
