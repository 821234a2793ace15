"""Everything in the window below its menu bar: makes the parts, lays them out and connects them."""

from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.controls.control_panel import ControlPanel
from gui.controls.status_line import StatusLine
from gui.controls.transport_bar import TransportBar
from gui.cures.cure_finder import CureFinder
from gui.cures.cure_list import CureList
from gui.pages.page import Page
from gui.pages.page_stack import PageStack
from gui.run_list.run_list import RunList
from gui.runs.run_registry import RunRegistry
from gui.runs.run_state import RunState
from gui.runs.session import Session
from gui.runs.viewed import Viewed
from gui.style.theme import Theme
from gui.widgets.command import LazyMenu, Menu, MenuCommand
from gui.widgets.side_tabs import CURED, LISTED, SET, TAUGHT, SideTabs
from gui.window.animation_command import AnimationCommand
from gui.window.announcer import Announcer
from gui.window.appearance import Appearance
from gui.window.calm_drawing import CalmDrawing
from gui.window.clinic_commands import ClinicCommands
from gui.window.cure_commands import CureCommands
from gui.window.escape_order import Escape, EscapeOrder
from gui.window.help_commands import HelpCommands, lessons_of
from gui.window.layout_commands import LayoutCommands
from gui.window.lesson_commands import LessonCommands
from gui.window.lesson_scene import LessonScene
from gui.window.overlay_presenter import OverlayPresenter
from gui.window.page_factory import PageFactory
from gui.window.pages_area import PagesArea
from gui.window.pages_clock import PagesClock
from gui.window.picture_commands import PictureCommands, dashboard_of
from gui.window.preferences import Preferences
from gui.window.presenter import Presenter
from gui.window.run_commands import RunCommands
from gui.window.run_files import RunFiles
from gui.window.state_presenter import StatePresenter
from gui.window.training_commands import TrainingCommands
from gui.window.verdict_presenter import VerdictPresenter
from gui.window.view_commands import ViewCommands
from gui.window.vote_commands import VoteCommands
from model.base.language import tr
from model.config.config import Config
from model.config.views import PageKind


class CentralWidget(QWidget):
    """The central widget of `window`; `config` is what the panel begins with, `preferences` how it looks.

    Runs are kept in the file `library`, or without one until the window closes; the progress in lessons in `folder`.
    `completed` says that the plots are there, which are made once the rest has been painted.
    """

    completed = Signal()

    def __init__(
        self, window: QWidget, config: Config, preferences: Preferences, library: Path | None, folder: Path
    ) -> None:
        super().__init__(window)
        self.appearance = Appearance(preferences.theme, preferences.text)
        self.viewed = Viewed(config)
        self._make_parts(window, config, library, folder)
        self.layouts = LayoutCommands(self.pages, self.side, preferences.layout, window)
        self.calm = CalmDrawing(preferences.calm, self.clock, self.pages, self)
        self._lay_out()
        self._connect()
        self.menu_entries = self._declared(window)
        self.pages.installEventFilter(self)
        self.session.reset(config)
        self.transport.train.setFocus()
        self.state.show_state()

    def _make_parts(self, window: QWidget, config: Config, library: Path | None, folder: Path) -> None:
        viewed, theme = self.viewed, self.appearance.theme
        self.session = Session(viewed)
        self.registry = RunRegistry.open(library, viewed)
        self.panel = ControlPanel(config, theme)
        self.transport = TransportBar()
        self.status = StatusLine(theme)
        self.run_list = RunList(self.registry, theme)
        self.factory = PageFactory(self.registry, config)
        self.pages = PageStack({PageKind.RUN: self._make_dashboard, **self.factory.makers()}, viewed, theme)
        self.training = TrainingCommands(self.session, self.panel, self.transport)
        self.files = RunFiles(self.registry, viewed, window)
        self.commands = RunCommands(self.run_list, self.session, self.files)
        self.overlays = OverlayPresenter(self.registry, viewed, theme)
        self.pictures = PictureCommands(self.pages, viewed, self.registry, self._plain, window)
        self.animation = AnimationCommand(self.pages, viewed, self._plain, window)
        self.scrolling = PagesArea(self.pages)
        self.view_commands = ViewCommands(self.pages, self.scrolling.reveal)
        self.verdicts = VerdictPresenter(
            viewed, self.session, self.panel, self.status, lambda: self.lessons.hint or self.pages.hint
        )
        self.state = StatePresenter(self.session, self.panel, self.transport, self.pages, self.verdicts)
        self.announcer = Announcer(self.session, self.status)
        self._make_cures(theme)
        self._make_side(folder, theme)
        self.clock = PagesClock(self.pages, lambda: self.commands.busy() or self.cures.busy(), self)

    def _make_cures(self, theme: Theme) -> None:
        self.cure_list = CureList(CureFinder(self.factory.worker_pool, self), theme)
        self.cures = CureCommands(self.session, self.registry, self.factory.worker_pool, self.cure_list, self.status)

    def _make_side(self, folder: Path, theme: Theme) -> None:
        pool, training, commands = self.factory.worker_pool, self.training, self.commands
        self.lessons = LessonCommands(self.session, self.registry, pool, training, commands, folder, theme)
        self.side = SideTabs(
            {
                TAUGHT: (self.lessons.tab, tr("Lessons: read, place a bet, train, compare (F3)")),
                SET: (self.panel, tr("What the next run will be")),
                LISTED: (self.run_list, tr("Every run so far: show, compare, keep")),
                CURED: (self.cure_list, tr("What was tried to cure a run: open, keep")),
            },
            later=[CURED],
            wide=[TAUGHT],
            first=SET,
        )
        self.clinic = ClinicCommands(self.session, self.registry, pool, training, self.lessons, folder)
        scene = LessonScene(self.pages, self.side, self.transport, self.status, self.scrolling.reveal)
        self.lessons.connect_window(self.side, scene)
        self.presenter = Presenter(self.window(), self.side, self.appearance)
        self.votes = VoteCommands(self.presenter, self.lessons, self.side)

    def _declared(self, window: QWidget) -> list[MenuCommand | LazyMenu]:
        """Every command of the menu bar, as the parts declare them."""
        entries: list[MenuCommand | LazyMenu] = [
            *self.panel.commands(), *self.pictures.commands(), *self.files.commands(), *self.animation.commands(),
            MenuCommand(Menu.FILE, "quit", tr("Quit"), window.close, "Ctrl+Q", group=3),
            *self.training.commands(), *self.cures.commands(), *self.factory.commands(), *self.commands.commands(),
            MenuCommand(Menu.RUNS, "side", tr("Settings or runs"), self.side.turn, "F4", group=2),
            *self.view_commands.commands(), *self.appearance.commands(), *self.presenter.commands(),
            *self.layouts.commands(), *self.calm.commands(), *self.lessons.commands(), *self.votes.commands(),
            *self.clinic.commands(),
        ]  # fmt: skip
        self.help = HelpCommands(entries, lessons_of, window)
        return [*entries, *self.help.commands()]

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.side)
        middle.addWidget(self.scrolling, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.transport)
        column.addLayout(middle, 1)
        column.addWidget(self.status)

    def _connect(self) -> None:
        speakers = (self.session, self.registry, self.training, self.files, self.commands, self.factory, self.pictures,
                    self.cures, self.lessons, self.votes, self.clinic)  # fmt: skip
        for said in (*(part.said for part in speakers), self.animation.said, self.panel.refused):
            said.connect(self.status.note)
        for page_wanted in (self.commands.page_wanted, self.factory.page_wanted, self.clinic.page_wanted):
            page_wanted.connect(self.pages.choose)
        self.panel.shown.connect(self.factory.show_settings)
        self.training.acted.connect(self.status.clear_note)
        self.status.remedy_wanted.connect(self.training.take_remedy)
        self.session.begun.connect(self.registry.begin_viewed)
        self.session.data_loaded.connect(self.panel.show_dataset)
        self.factory.train_wanted.connect(self.training.train_config)
        self.factory.list_wanted.connect(partial(self.side.choose, LISTED))
        self.cures.list_wanted.connect(partial(self.side.choose, CURED))
        self.cures.run_wanted.connect(self.commands.open)
        self.cures.train_wanted.connect(self.factory.train)
        self.files.picture_dropped.connect(self.pictures.take_config)
        self.pictures.config_wanted.connect(self.training.take_config)
        self.commands.config_shown.connect(self.panel.show_config)
        self.run_list.repeats_wanted.connect(self.factory.repeat)
        self.run_list.against_wanted.connect(self.factory.repeat_against)
        self.pages.made.connect(self._page_made)
        self.clock.text_due.connect(self.state.show_figures)
        for part in (self.run_list, self.cures, self.lessons, self.clinic, self.announcer):
            self.state.refreshed.connect(part.update_text)
        self.lessons.hint_changed.connect(self.state.show_figures)
        self.completed.connect(self.lessons.plots_made)
        self.state.refreshed.connect(self.registry.look)
        self.appearance.changed.connect(self._apply_theme)
        animation = Escape(self.animation.escape, self.animation.give_up)
        filled = Escape(self.layouts.escape, self.pages.fill.leave)
        presented = Escape(self.presenter.escape, self.presenter.leave)
        self.escapes = EscapeOrder([animation, filled, presented], self)

    def _plain(self) -> AbstractContextManager[None]:
        return self.layouts.plain(self.appearance.at_normal_size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # All this is on the screen before pyqtgraph is imported, which takes longer than all the rest.
        if watched is self.pages and event.type() == QEvent.Type.Paint and not self.pages.started:
            self.pages.removeEventFilter(self)
            QTimer.singleShot(0, self, self.complete)
        return False

    def complete(self) -> None:
        """Add the plots and begin to draw."""
        if self.pages.started:
            return
        from gui.plots.pyqtgraph_import import import_pyqtgraph

        import_pyqtgraph()
        self.pages.start()
        self.overlays.overlays_changed.connect(dashboard_of(self.pages).show_overlays)
        self.overlays.start()
        self.clock.start()
        if (handle := self.window().windowHandle()) is not None:
            handle.screenChanged.connect(self.pages.fit_pens)
        self.completed.emit()

    @Slot()
    def read_ahead(self) -> None:
        """Start and import what the first pictures do not need and what is wanted after them."""
        if self.session.state is not RunState.CLOSED:
            self.session.evaluation.start()
            self.factory.read_ahead()
            self.calm.system.ask()

    def _make_dashboard(self, theme: Theme) -> Page:
        from gui.pages.dashboard.dashboard import Dashboard

        return Dashboard(theme, self.viewed)

    @Slot(object)
    def _page_made(self, page: Page) -> None:
        page.menu_wanted.connect(self.pictures.card_menu)
        page.said.connect(self.status.note)
        page.help_wanted.connect(self.help.show_card)

    @Slot(object)
    def _apply_theme(self, theme: Theme) -> None:
        for part in (self.panel, self.status, self.run_list, self.cure_list, self.overlays, self.pages, self.lessons):
            part.apply_theme(theme)

    def shut_down(self) -> None:
        """End all that goes on, and write what is not written yet, also where one of the parts cannot end."""
        with ExitStack() as ending:
            for part in (self.registry, self.factory, self.lessons, self.cures, self.training):
                ending.callback(part.close)
            for end in (self.clock.stop, self.calm.system.stop, self.presenter.leave):
                ending.callback(end)
