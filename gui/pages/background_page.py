"""Base of the pages that train runs in the background: Repeats and Map."""

from collections.abc import Sequence
from concurrent.futures import Executor
from functools import cached_property

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.pages.background_controls import BackgroundControls
from gui.pages.page import Page
from gui.runs.background_runner import BackgroundRunner
from gui.style.theme import Theme
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from model.config.config import Config
from model.sweeps.sweep import Result


class ResultsWidget(QWidget):
    """Shows what background runs have brought; its `cards` have the page's context menu."""

    cards: Sequence[Card]

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""
        raise NotImplementedError


class BackgroundPage(Page):
    """Controls above; below them the results, or an empty state before there are any.

    Subclasses call `assemble` with their parts, make in `results` what shows results, which is not before there are
    some: it takes as long as the rest of the page. They redraw in `frame` when `stale` is set.
    """

    def __init__(self, executor: Executor, controls: BackgroundControls, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("dashboard")
        self.executor, self.controls = executor, controls
        self.stale, self.begun = True, False  # begun: there is a result of what is asked for
        self.stack = QStackedWidget()
        self.runner = BackgroundRunner(self)

    def assemble(self, caption: str, empty: EmptyState) -> None:
        """Lay out the page and connect its parts."""
        self.stack.addWidget(empty)
        self.caption.tell(caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.caption)
        column.addWidget(self.controls)
        column.addWidget(self.stack, 1)
        self.controls.changed.connect(self._take_choice)
        self.controls.start_wanted.connect(self.start)
        self.controls.stop_wanted.connect(self.stop)
        self.controls.look_changed.connect(self._take_look)
        self.runner.arrived.connect(self._take_result)
        self.runner.failed.connect(self._take_failure)
        self.controls.menu_wanted.connect(self._ask_menu)

    def wanted(self) -> Sequence[Config]:
        """Configs of all runs that are asked for, each once, in the order of training."""
        raise NotImplementedError

    def missing(self) -> Sequence[Config]:
        """The wanted configs that have no result yet, in the same order."""
        raise NotImplementedError

    @property
    def busy(self) -> bool:
        return bool(self.runner.pending)

    def start(self) -> None:
        """Train the missing runs in the worker processes."""
        self.runner.want(self.missing(), self.executor)
        self._refresh()

    def stop(self) -> None:
        """Start no further runs and forget those under way."""
        self.runner.stop()
        self._refresh()

    def close_down(self) -> None:
        """Cancel everything, before the window closes."""
        self.runner.close()

    @Slot()
    def _take_choice(self) -> None:
        if self.busy:  # what is no longer wanted gives way to what is
            self.runner.want(self.missing(), self.executor)
        self._refresh()

    @Slot()
    def _take_look(self) -> None:
        raise NotImplementedError

    @Slot(object, object)
    def _take_result(self, config: Config, result: Result) -> None:
        raise NotImplementedError

    @Slot(str)
    def _take_failure(self, why: str) -> None:
        self.said.emit(why)
        self._refresh()

    def _refresh(self) -> None:
        self.stale = True
        self.update_text()

    def update_text(self) -> None:
        missing, wanted, pending = len(self.missing()), len(self.wanted()), len(self.runner.pending)
        self.begun = missing < wanted
        self.controls.show_state(missing=missing, wanted=wanted, pending=pending, seconds=self.runner.seconds_left())

    @cached_property
    def results(self) -> ResultsWidget:
        """Where results are shown; made when it is first wanted."""
        raise NotImplementedError

    @property
    def has_results(self) -> bool:
        """Whether `results` has been made."""
        return "results" in vars(self)

    def _show_stack(self) -> None:
        """Show the results if there are any or soon will be."""
        shown = self.begun or self.busy
        if shown and self.stack.indexOf(self.results) < 0:
            self.stack.addWidget(self.results)
            self.results.apply_theme(self.theme)
            for card in self.results.cards:
                card.menu_wanted.connect(self._ask_menu)
                card.help_wanted.connect(self.help_wanted)
                card.fill_wanted.connect(self.fill_wanted)
            self.results_made.emit()
            self.fit_pens()
        self.stack.setCurrentIndex(int(shown))

    def apply_theme(self, theme: Theme) -> None:
        self.theme = theme
        if self.has_results:
            self.results.apply_theme(theme)
            self.fit_pens()

    @Slot(object, QPoint)
    def _ask_menu(self, card: Card, position: QPoint) -> None:
        self.menu_wanted.emit(self, position)
