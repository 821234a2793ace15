"""What a page of the window is: the run on the screen, runs compared, repeats, the map."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from gui.style.theme import Theme
from gui.widgets.elided_label import Caption

if TYPE_CHECKING:
    from gui.pages.timeline_bar import TimelineBar


class Page(QWidget):
    """A page; `name` is what a picture of it is called. Only the visible page is asked to draw."""

    menu_wanted = Signal(object, QPoint)
    said = Signal(str)
    name: str

    def __init__(self) -> None:
        super().__init__()
        self.caption = Caption()

    @property
    def hint(self) -> str:
        """What can be done here, for the line at the bottom; nothing where that speaks of the run on the screen."""
        return ""

    @property
    def bar(self) -> "TimelineBar | None":
        """What it goes back in time with."""
        return None

    @property
    def busy(self) -> bool:
        """Whether something that the page shows is still being computed."""
        return False

    def show_example(self, iterations: int | None = None) -> None:
        """Show the lesson that the page is for, with runs of so many iterations or as many as usual.

        Raises InputError where it cannot have so many.
        """

    def go_to(self, iteration: int | None) -> None:
        """Show the moment of an iteration, or with None the newest from now on."""

    def show_automatic(self) -> None:
        """Undo all zooming."""

    def frame(self) -> None:
        """Draw some of what has come since the last frame, in a few milliseconds; called 30 times a second."""

    def finish(self) -> None:
        """Draw all that there is, for a picture."""

    @contextmanager
    def posing(self) -> Iterator[None]:
        """As it should look in a picture."""
        with self.caption.uncovered():
            yield

    def update_text(self) -> None:
        """Show the newest figures; called twice a second."""

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""

    def fit_pens(self) -> None:
        """Make all lines as wide as they should be on the present screen."""
        from gui.plots.live_view import LiveView  # with pyqtgraph, which the window does not wait for

        for view in self.findChildren(LiveView):
            view.fit_pens(self.devicePixelRatio())
