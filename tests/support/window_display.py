"""What a window shows: its pages, the texts of its bars, its colours."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QPushButton, QToolButton

from gui.controls.status_line import StatusLine
from gui.controls.transport_bar import SPEEDS, TransportBar
from gui.pages.card_fill import CardFill
from gui.pages.dashboard.dashboard import Dashboard
from gui.pages.page import Page
from gui.plots.plot import Plot
from gui.style.theme import Theme
from gui.widgets.deferred_stack import settle_all
from gui.widgets.side_tabs import LISTED, SideTabs
from gui.window.presenter import Presenter
from model.config.views import PageKind, ViewKind
from model.diagnosis.verdict import Verdict
from tests.support.window_widget import WindowWidget
from tests.support.windows import visible


class WindowDisplay(WindowWidget):
    """The reading half of a window, and what brings other things into view."""

    @property
    def status_text(self) -> str:
        """What the line at the bottom says."""
        return self._parts.status.text.text()

    @property
    def hint_text(self) -> str:
        """What it would say without note and verdict."""
        return self._parts.status.lasting

    @property
    def condition_text(self) -> str:
        """The run's condition in a word, as it stands there; '' where nothing is said of a run."""
        condition = self._parts.status.condition
        return condition.text() if condition.isVisible() else ""

    @property
    def verdict(self) -> Verdict | None:
        """What it says of the run."""
        return self._parts.status.verdict

    @property
    def remedies(self) -> list[QPushButton]:
        """The buttons of the remedies that it offers."""
        return visible(self._parts.status, QPushButton)

    @property
    def status_line(self) -> StatusLine:
        """The line itself."""
        return self._parts.status

    @property
    def transport_bar(self) -> TransportBar:
        """The bar at the top."""
        return self._parts.transport

    def button(self, name: str) -> QPushButton:
        """A button of that bar: train, step, step10, reset or stop."""
        found = getattr(self._parts.transport, name)
        assert isinstance(found, QPushButton)
        return found

    @property
    def progress_text(self) -> str:
        """How far the run is, in words."""
        return self._parts.transport.figures.text()

    @property
    def progress(self) -> tuple[int, int]:
        """How far the run is, and where it ends."""
        return self._parts.transport.progress.value(), self._parts.transport.progress.maximum()

    @property
    def speed(self) -> float:
        """The iterations per second that are chosen; 0 is as many as possible."""
        return self._parts.transport.per_second

    @property
    def speed_text(self) -> str:
        """The same in words."""
        return self._parts.transport.speed_text.text()

    def set_speed(self, per_second: float) -> None:
        """Move the slider to one of its speeds."""
        self._parts.transport.speed.setValue(SPEEDS.index(per_second))

    @property
    def board(self) -> Dashboard:
        """The page of the run on the screen."""
        return self._parts.board

    @property
    def page(self) -> Page:
        """The page that shows, once it does."""
        settle_all(self._parts.stack)
        return self._parts.stack.current

    def shows(self, kind: PageKind) -> bool:
        """Whether this page shows."""
        return self._parts.viewed.page is kind

    def page_of(self, kind: PageKind) -> Page:
        """A page, made if it has not been looked at yet."""
        return self._parts.stack.page(kind)

    @property
    def pages_made(self) -> list[PageKind]:
        """The pages that have been looked at so far, in this order."""
        return list(self._parts.stack.pages)

    def tab(self, kind: PageKind) -> QToolButton:
        """The button that opens a page."""
        return self._parts.stack.buttons[kind]

    @property
    def page_tabs(self) -> list[QToolButton]:
        """The buttons that open the pages."""
        return list(self._parts.stack.buttons.values())

    def show_page(self, kind: PageKind) -> None:
        """Open a page from the menu, and wait for it to be there."""
        self.trigger(kind.label)
        settle_all(self._parts.stack)

    def show_view(self, view: ViewKind) -> None:
        """Open a tab of the run's page from the menu, and wait for it to be there."""
        self.trigger(view.label)
        settle_all(self._parts.stack)

    @property
    def side(self) -> SideTabs:
        """What is on the left."""
        return self._parts.side

    def side_tab(self, title: str = LISTED) -> QToolButton:
        """The button that opens the list of runs, or what else is on the left."""
        return self._parts.side.buttons[title]

    def go_to(self, iteration: int | None) -> None:
        """Show the moment of an iteration on the page, None for the newest."""
        self.page.go_to(iteration)
        self._parts.stack.finish()
        self.show_figures()

    def plots(self) -> list[Plot]:
        """Every plot of the run's page that shows now."""
        layers = self.board.activations.layers[: self.board.activations.shown]
        return [self.board.accuracy.plot, self.board.loss.plot, *(layer.plot for layer in layers)]

    def paths(self) -> Iterator[QPainterPath]:
        """Every path in these plots."""
        for plot in self.plots():
            for item in plot.view.scene().items():
                if isinstance(item, QGraphicsPathItem):
                    yield item.path()

    def frame(self) -> None:
        """Draw what is new, as the timer has it 30 times a second."""
        self._window.content.clock.frame()

    def stop_frames(self) -> None:
        """Let that timer ask for no more frames."""
        self._window.content.clock.stop()

    def draw_often(self, frames: int) -> None:
        """Have that timer ask for so many frames a second."""
        self._window.content.clock.start(round(1000 / frames))

    @property
    def frame_interval(self) -> int:
        """Milliseconds between the frames now."""
        return self._window.content.clock.interval

    def tell_texts(self, tell: Callable[[], object]) -> None:
        """Have `tell` called whenever texts are due."""
        self._window.content.clock.text_due.connect(tell)

    def ask_for_reduced_motion(self) -> None:
        """Do as if the system asked for it."""
        self._window.content.calm.system.found.emit()

    def count_frames(self, count: Callable[[], object]) -> None:
        """Have `count` called with each frame that the timer asks for from now on."""
        timer = self._window.content.clock.findChild(QTimer)
        assert timer
        timer.timeout.connect(count)

    def show_figures(self) -> None:
        """Bring all texts up to date, as the timer has it twice a second."""
        self._window.content.state.show_figures()

    def draw(self) -> None:
        """Draw what there is now, and have Qt paint it."""
        self._window.content.clock.frame()
        self._parts.stack.finish()
        self.show_figures()
        self._window.grab()

    @property
    def theme_name(self) -> str:
        """The theme that is chosen; '' follows the system."""
        return self._window.content.appearance.name

    @property
    def colors(self) -> Theme:
        """The theme that it wears."""
        return self._window.content.appearance.theme

    def choose_theme(self, name: str) -> None:
        """Choose a theme from the menu; '' follows the system."""
        self._theme_action(name).trigger()

    @property
    def text_size(self) -> float:
        """The text size that is chosen."""
        return self._window.content.appearance.text

    def choose_text(self, size: float) -> None:
        """Choose a text size, as some strokes of its keys do."""
        self._window.content.appearance.choose_text(size)
        self.draw()

    @property
    def fill(self) -> CardFill:
        """What lets a card fill the page."""
        return self._parts.stack.fill

    @property
    def presenter(self) -> Presenter:
        """Presenter mode."""
        return self._parts.presenter

    @property
    def scrolls(self) -> bool:
        """Whether the pages need more room than there is for them."""
        area = self._parts.stack.parentWidget()
        return area is not None and self._parts.stack.size() != area.size()

    @property
    def scrolls_sideways(self) -> bool:
        """Whether the pages are wider than the room that there is for them."""
        area = self._parts.stack.parentWidget()
        return area is not None and self._parts.stack.minimumSizeHint().width() > area.width()

    def is_theme_ticked(self, name: str) -> bool:
        """Whether the menu shows this theme as the chosen one."""
        return self._theme_action(name).isChecked()

    def _theme_action(self, name: str) -> QAction:
        return self.action(name.capitalize() or "As the system")
