"""Where a window keeps its parts. Of the tests only this, window_display and window_page know MainWindow by name."""

from typing import TYPE_CHECKING

from gui.controls.control_panel import ControlPanel
from gui.controls.status_line import StatusLine
from gui.controls.transport_bar import TransportBar
from gui.run_list.run_list import RunList
from gui.runs.run_registry import RunRegistry
from gui.runs.session import Session
from gui.runs.viewed import Viewed
from gui.widgets.side_tabs import SideTabs
from gui.window.animation_command import AnimationCommand
from gui.window.lesson_commands import LessonCommands
from gui.window.main_window import MainWindow
from gui.window.picture_commands import PictureCommands, dashboard_of
from gui.window.presenter import Presenter
from gui.window.run_files import RunFiles

if TYPE_CHECKING:  # a benchmark of the start looks at the window through this, and plots come after the first paint
    from gui.pages.dashboard.dashboard import Dashboard
    from gui.pages.page_stack import PageStack
    from model.workers.pool import WorkerPool


class WindowParts:
    """The parts of one window."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    @property
    def viewed(self) -> Viewed:
        """Which run, moment and page it shows."""
        return self.window.content.viewed

    @property
    def session(self) -> Session:
        """Trains the run on the screen."""
        return self.window.content.session

    @property
    def panel(self) -> ControlPanel:
        """The settings, on the left."""
        return self.window.content.panel

    @property
    def side(self) -> SideTabs:
        """The tabs above settings and list."""
        return self.window.content.side

    @property
    def lessons(self) -> LessonCommands:
        """What opens lessons."""
        return self.window.content.lessons

    @property
    def transport(self) -> TransportBar:
        """The bar at the top."""
        return self.window.content.transport

    @property
    def status(self) -> StatusLine:
        """The line at the bottom."""
        return self.window.content.status

    @property
    def has_plots(self) -> bool:
        """Whether the pages are there, which come after the window."""
        return self.window.content.pages.started

    @property
    def board(self) -> "Dashboard":
        """The page of the run on the screen, which is there by now."""
        return dashboard_of(self.window.content.pages)

    @property
    def stack(self) -> "PageStack":
        """All pages, which are there by now."""
        return self.window.content.pages

    @property
    def registry(self) -> RunRegistry:
        """All runs there are."""
        return self.window.content.registry

    @property
    def run_list(self) -> RunList:
        """Their list, on the left."""
        return self.window.content.run_list

    @property
    def files(self) -> RunFiles:
        """Opens, saves and exports runs."""
        return self.window.content.files

    @property
    def pool(self) -> "WorkerPool":
        """The worker processes."""
        return self.window.content.factory.pool

    @property
    def animation(self) -> AnimationCommand:
        """Exports animations."""
        return self.window.content.animation

    @property
    def pictures(self) -> PictureCommands:
        """Exports pictures."""
        return self.window.content.pictures

    @property
    def presenter(self) -> Presenter:
        """Presenter mode."""
        return self.window.content.presenter
