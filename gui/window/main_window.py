"""The main window: panel, transport and dashboard around one session."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from gui.controls.control_panel import ControlPanel
from gui.controls.status_line import StatusLine
from gui.controls.transport_bar import TransportBar
from gui.pages.page import Page
from gui.runs.session import Session
from gui.style.theme import Theme, apply_theme, theme_named
from gui.widgets.side_tabs import LISTED, SideTabs
from gui.window.menus import build_menus
from gui.window.pending_edits import PendingEdits
from gui.window.picture_commands import PictureCommands
from gui.window.preferences import Preferences, write_preferences
from gui.window.run_commands import RunCommands
from gui.window.verdict_presenter import VerdictPresenter
from model.config.config import Config
from model.config.views import PageKind, ViewKind
from model.data.datasets import Dataset

if TYPE_CHECKING:
    from gui.pages.dashboard.dashboard import Dashboard
    from gui.pages.page_stack import PageStack

FRAME_MS = 33
TEXT_EVERY = 15  # frames: twice a second


class MainWindow(QMainWindow):
    """Layerscope's window; `settings` and `note` come from read_settings, which read `path`.

    Runs are kept in the file `library`, or without one until the window closes.
    """

    completed = Signal()

    def __init__(self, settings: Preferences, note: str, path: Path, library: Path | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Layerscope")
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 620)
        self.path = path
        config, refused = settings.remembered()
        self.theme_name = settings.theme
        self.theme = theme_named(settings.theme)
        self.session = Session(config)
        self.panel = ControlPanel(config, self.theme)
        self.transport = TransportBar()
        self.status = StatusLine(self.theme)
        self.pictures = PictureCommands(self)
        self.commentary = VerdictPresenter(self)
        self.commands = RunCommands(self, library)
        self.edits = PendingEdits(self)
        self.dashboard: Dashboard | None = None
        self.pages: PageStack | None = None
        self._lay_out()
        self.theme_actions = build_menus(self)
        self.theme_actions[self.theme_name if self.theme_name in self.theme_actions else ""].setChecked(True)
        self._connect()
        if 0 <= settings.speed <= self.transport.speed.maximum():
            self.transport.speed.setValue(settings.speed)
        if not self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode("ascii", "ignore"))):
            self.resize(1280, 820)
        self._frames = 0
        self.frame_timer = QTimer(self, interval=FRAME_MS)
        self.frame_timer.timeout.connect(self.frame)
        self.place.installEventFilter(self)
        self.session.reset(config)
        self.transport.train.setFocus()
        self.show_state()
        if note or refused:
            self.status.note(note or refused)

    def _lay_out(self) -> None:
        self.place = QWidget()
        self.place.setObjectName("dashboard")
        self.place_column = QVBoxLayout(self.place)
        self.place_column.setContentsMargins(0, 0, 0, 0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.side = SideTabs(
            {
                "Settings": (self.panel, "What the next run will be"),
                LISTED: (self.commands.list, "Every run so far: show, compare, keep"),
            }
        )
        middle.addWidget(self.side)
        middle.addWidget(self.place, 1)
        self.content = QWidget()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.transport)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(self.content)

    def _connect(self) -> None:
        self.panel.changed.connect(self.edits.take)
        self.panel.refused.connect(self.status.note)
        self.panel.reset_wanted.connect(self.reset)
        self.transport.train_pressed.connect(self.train_or_pause)
        self.transport.step_pressed.connect(self.session.step)
        self.transport.reset_pressed.connect(self.reset)
        self.transport.stop_pressed.connect(self.session.stop)
        self.transport.speed_changed.connect(self.session.set_speed)
        self.status.remedy_wanted.connect(self.commentary.take_remedy)
        self.session.started.connect(self.show_run)
        self.session.begun_now.connect(self.commands.enlist)
        self.session.state_changed.connect(self.show_state)
        self.session.said.connect(self._say)
        self.session.data_loaded.connect(self._show_data)
        self.session.data_refused.connect(self._data_refused)
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The window is on the screen before pyqtgraph is imported, which takes longer than all the rest.
        if watched is self.place and event.type() == QEvent.Type.Paint and self.dashboard is None:
            self.place.removeEventFilter(self)
            QTimer.singleShot(0, self, self.complete)
        return False

    def complete(self) -> None:
        """Add the plots and begin to draw."""
        if self.dashboard is not None:
            return
        from gui.pages.dashboard.dashboard import Dashboard
        from gui.pages.page_stack import PageStack

        self.pages = PageStack({PageKind.RUN: Dashboard, **self.commands.pages.makers()}, self.theme)
        self.pages.made.connect(self._take_page)
        self.pages.changed.connect(self.show_figures)
        dashboard = self.pages.page(PageKind.RUN)
        assert isinstance(dashboard, Dashboard)
        self.dashboard = dashboard
        self.place_column.addWidget(self.pages)
        self.show_run()
        self.commands.show_overlays()
        self.frame_timer.start()
        handle = self.windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self.pages.fit_pens)
        if trouble := write_preferences(self.path, self._settings()):
            self.status.note(trouble)
        self.completed.emit()

    def frame(self) -> None:
        """Draw what the worker has left since the last frame."""
        self._frames += 1
        if self.pages is None:
            return
        self.pages.current.frame()
        if self._frames % TEXT_EVERY == 0:
            self.show_figures()

    def catch_up(self) -> None:
        """Draw all plots now, for a picture."""
        if self.pages:
            self.pages.current.finish()
        self.show_figures()

    def show_figures(self) -> None:
        """Bring all numbers up to date; a few times a second, so that they can be read."""
        if self.pages:
            self.pages.current.update_text()
            self.commands.refresh()
            self.commentary.show_verdict()
        self.commentary.show_hint()
        self._show_progress()

    def train_or_pause(self) -> None:
        """What the Train button does."""
        self.status.clear_note()
        if self.session.running:
            self.session.pause()
            return
        self.edits.settle()
        if self.session.ended:
            self.session.reset(self.panel.config)
        self.session.train()

    def reset(self) -> None:
        """Back to the initial weights, with the settings as the panel shows them."""
        self.edits.forget()
        self.status.clear_note()
        self.session.reset(self.panel.config)

    def take_config(self, config: Config) -> None:
        """Show and prepare a Config from elsewhere."""
        self.panel.show_config(config)
        self.reset()

    def choose_theme(self, name: str) -> None:
        """Light, dark, or '' for the system's."""
        self.theme_name = name
        self._dress(theme_named(name))

    def toggle_log(self) -> None:
        if self.dashboard:
            self.dashboard.loss.log.toggle()

    def show_view(self, view: ViewKind) -> None:
        """Open one of the tabs of the run on the screen."""
        if self.dashboard:
            self.show_page(PageKind.RUN)
            self.dashboard.detail.choose(view)

    def show_page(self, kind: PageKind) -> None:
        """Open one of the pages."""
        if self.pages:
            self.pages.choose(kind)

    @Slot(object)
    def _take_page(self, page: Page) -> None:
        page.menu_wanted.connect(self.pictures.card_menu)
        page.said.connect(self._say)

    def go_to(self, iteration: int | None) -> None:
        """Show the moment of an iteration on the page, None for the newest."""
        if self.pages:
            self.pages.current.go_to(iteration)
            self.catch_up()

    def show_automatic(self) -> None:
        """Undo all zooming."""
        if self.pages:
            self.pages.current.show_automatic()

    @Slot()
    def show_run(self) -> None:
        """Show the session's run as if nothing of it had been seen yet."""
        run_log = self.session.run_log
        if self.dashboard and run_log:
            recipe = self.session.recipe
            branched = recipe.start if recipe.branch else None
            self.dashboard.show_run(recipe.config, self.session.dataset, run_log, branched)
        self.commands.find_on_screen()
        self.transport.rate.restart(0)
        self.show_state()

    @Slot()
    def show_state(self) -> None:
        """Say what the buttons would do now, and bring all figures up to date."""
        session = self.session
        self.transport.show_state(ready=session.ready, running=session.running, finished=session.ended)
        self.panel.show_running(session.config if session.begun else None, ended=session.ended)
        self.show_figures()

    def _show_progress(self) -> None:
        run_log = self.session.run_log
        iteration = run_log.iteration if run_log else 0
        self.transport.show_progress(iteration, self.session.config.iterations, running=self.session.running)

    @Slot(object)
    def _show_data(self, dataset: Dataset) -> None:
        self.panel.show_dataset(dataset)

    @Slot(str)
    def _data_refused(self, why: str) -> None:
        if not self.session.ready and self.session.config.data:
            # The folder of the last session is gone: rather MNIST than nothing.
            self.take_config(self.panel.config.replace(data=""))
            self._say(f"{why} This is MNIST instead.")
            return
        self.panel.show_config(self.panel.config.replace(data=self.session.config.data))
        self.show_state()
        self._say(why)

    @Slot(str)
    def _say(self, text: str) -> None:
        self.status.note(text)

    @Slot()
    def _follow_system(self) -> None:
        if not self.theme_name:
            self._dress(theme_named(""))

    def _dress(self, theme: Theme) -> None:
        self.theme = theme
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(application, theme)
        self.panel.apply_theme(theme)
        self.status.apply_theme(theme)
        self.commands.apply_theme(theme)
        if self.pages:
            self.pages.apply_theme(theme)

    def _settings(self) -> Preferences:
        return Preferences(
            geometry=bytes(self.saveGeometry().toBase64().data()).decode(),
            config=self.panel.config.to_json(),
            theme=self.theme_name,
            speed=self.transport.speed.value(),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        dropped = next((Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()), None)
        if dropped and dropped.is_dir():
            self.take_config(self.panel.config.replace(data=str(dropped)))
        elif dropped:
            self.commands.files.open(dropped)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.frame_timer.stop()
        self.edits.forget()
        self.status.clear_note()
        self.session.close()
        self.commands.close()
        write_preferences(self.path, self._settings())
        event.accept()
