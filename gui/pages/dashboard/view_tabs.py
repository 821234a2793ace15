"""Detail area of the dashboard: a tab per view."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import Signal

from gui.style.theme import Theme
from gui.views.activations_view import ActivationsView
from gui.views.digit.digit_view import DigitView
from gui.views.gradients_view import GradientsView
from gui.views.ledger.ledger_view import LedgerView
from gui.views.moment import Moment, RunContext
from gui.views.over_time.over_time_view import OverTimeView
from gui.views.slope_view import SlopeView
from gui.views.view import View
from gui.views.weights_view import WeightsView
from gui.widgets.card import Card
from gui.widgets.deferred_stack import DeferredStack, settle_all
from gui.widgets.tab_row import TabRow
from model.config.views import ViewKind
from model.exports.plot_table import Tables

VIEWS: dict[ViewKind, type[View]] = {
    kind.view: kind
    for kind in (ActivationsView, GradientsView, SlopeView, WeightsView, LedgerView, OverTimeView, DigitView)
}


class ViewTabs(Card):
    """A card with one view at a time; each is created when first shown. `view_changed`: it is to be drawn anew."""

    layer_chosen = Signal(int)
    view_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(ViewKind.ACTIVATIONS.key, titled=False)
        self.theme = theme
        self.run: RunContext | None = None
        self.layer: int | None = None
        self.made: dict[ViewKind, View] = {}
        self.bare: set[ViewKind] = set()  # made, but not told yet what to show
        self.stack = DeferredStack()
        self.tabs = TabRow([(view, view.label, view.help) for view in VIEWS])
        self.tabs.chosen.connect(self.choose)
        self.header.insertWidget(0, self.tabs)
        self.body.addWidget(self.stack, 1)
        self.choose(ViewKind.ACTIVATIONS)

    @property
    def view(self) -> View:
        """The view that is chosen, ready to be drawn."""
        self._dress(self.kind)
        return self.made[self.kind]

    @property
    def wanted(self) -> frozenset[str]:
        """Histograms that the view needs."""
        return self.made[self.kind].wanted

    @property
    def plots(self) -> int:
        """Number of pieces that the view is drawn in."""
        return self.view.plots

    def choose(self, view: ViewKind) -> None:
        """Show a view, creating it if need be; emits `view_changed`."""
        self.kind = view
        self.show_name(view.key)
        self.tabs.check(view)
        if view not in self.made:
            self._make(view)
        self.stack.bring(self.made[view], partial(self._dress, view))
        self.view_changed.emit()

    def _make(self, view: ViewKind) -> None:
        made = self.made[view] = VIEWS[view](self.theme)
        made.menu_wanted.connect(self.menu_from_plot)
        made.layer_chosen.connect(self.layer_chosen)
        made.redraw_wanted.connect(self.view_changed)
        self.bare.add(view)

    def _dress(self, view: ViewKind) -> None:
        """Tell a view that has just been made what it is to show, unless somebody could not wait for that."""
        if view not in self.bare:
            return
        self.bare.remove(view)
        made = self.made[view]
        if self.run:
            made.show_run(self.run)
        made.apply_theme(self.theme)
        made.choose_layer(self.layer)
        self.view_changed.emit()

    def show_run(self, run: RunContext) -> None:
        """Draw another run from now on, in every view."""
        self.run = run
        for view in self.made.values():
            view.show_run(run)

    def draw_plot(self, index: int, moment: Moment | None) -> bool:
        """Draw a piece of the view that shows, empty before the first record; False if it needs another turn."""
        view = self.view
        if not view.prepare_plot(index):
            return False
        if moment:
            view.draw_plot(index, moment)
        return True

    def tables(self) -> Tables:
        return self.view.tables()

    def finish(self) -> None:
        """Complete what the view that shows computes a bit at a time."""
        self.view.finish()

    def update_text(self, moment: Moment | None) -> None:
        """Write the figures of a moment in the view that shows."""
        self.view.update_text(moment)

    def choose_layer(self, layer: int | None) -> None:
        """Highlight a layer in every view."""
        self.layer = layer
        for view in self.made.values():
            view.choose_layer(layer)

    def show_automatic(self) -> None:
        """Undo the user's zoom in every view."""
        for view in self.made.values():
            view.show_automatic()

    def apply_theme(self, theme: Theme) -> None:
        self.theme = theme
        for view in self.made.values():
            view.apply_theme(theme)

    @contextmanager
    def posing(self) -> Iterator[None]:
        settle_all(self)
        self.tabs.hide()
        self.view.title.show()
        self.body.activate()
        try:
            with self.view.posing():
                yield
        finally:
            self.view.title.hide()
            self.tabs.show()
            self.body.activate()
