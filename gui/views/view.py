"""Base of the views, the tabs of the detail area."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.style.theme import Theme
from gui.views.moment import Moment, RunContext
from gui.widgets.card import label
from gui.widgets.elided_label import ElidedLabel
from model.config.views import ViewKind

if TYPE_CHECKING:
    from model.exports.plot_table import Tables


class View(QWidget):
    """A header line with a key and, in subclasses, tools; below it `body`.

    A view is drawn in `plots` pieces, in turns with other cards. While visible it is given moments whose pictures have
    the histograms `wanted` and, with `wants_weights`, a run log that has checkpoints. `redraw_wanted` asks for
    it to be drawn anew.
    """

    view: ClassVar[ViewKind]
    wanted: frozenset[str] = frozenset()
    wants_weights = False
    menu_wanted = Signal(QPointF)
    layer_chosen = Signal(int)
    redraw_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.run: RunContext | None = None
        self.plots = 0
        self.chosen: int | None = None
        self.title, self.key = label(self.view.label, "title"), ElidedLabel()
        self.title.hide()  # the tab says it, but in a picture of its own
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self.header.addWidget(self.title)
        self.header.addWidget(self.key, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(4)
        self.body.addLayout(self.header)

    def show_run(self, run: RunContext) -> None:
        """Draw another run from now on."""
        self.run = run

    def prepare_plot(self, index: int) -> bool:
        """Make what piece `index` is drawn in, where that was put off; False if it needs another turn for that."""
        return True

    def draw_plot(self, index: int, moment: Moment) -> None:
        """Draw a piece, from 0 to `plots` - 1."""

    def update_text(self, moment: Moment | None) -> None:
        """Write the figures of a moment, None before the first; called a few times a second at most."""

    def choose_layer(self, layer: int | None) -> None:
        """Highlight a layer by its index from 0, the output's last; None is none."""
        self.chosen = layer

    def show_automatic(self) -> None:
        """Undo the user's zoom."""

    def tables(self) -> "Tables":
        """What is shown as tables, by what they are of; each is made when it is wanted."""
        return {}

    def finish(self) -> None:
        """Complete what is computed a bit at a time, for a picture."""

    @contextmanager
    def posing(self) -> Iterator[None]:
        """Context in which the view looks as in an exported picture."""
        yield

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""
        self.theme = theme
