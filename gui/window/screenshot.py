"""Trains without a visible window and writes a picture of it."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from gui.export.picture import export
from gui.lessons.bets.level_editor import LevelEditor
from gui.style.style_sheet import apply_theme
from gui.style.theme import DARK, LIGHT
from gui.widgets.side_tabs import LISTED
from gui.window.application import make_application
from gui.window.central_widget import CentralWidget
from gui.window.main_window import MainWindow
from gui.window.preferences import Preferences
from gui.window.qt_startup import without_size_hints
from model.base.ending import Interruption
from model.base.errors import InputError
from model.cli.options import Picture
from model.config.config import Config
from model.config.views import PageKind
from model.lessons.lesson_place import LessonPlace

PATIENCE_MS = 20
LAYOUT_TURNS = 3  # the window's, the views' and the axes' layouts settle one after the other


def take_screenshot(out: Path, config: Config, picture: Picture, iterations: int | None = None) -> None:
    """Write a picture of the window after all that it shows has been trained; raises InputError.

    The lesson of a page beside the run's takes seed and data from `config`, and so many iterations.
    """
    application = make_application()
    theme = DARK if picture.dark else LIGHT
    apply_theme(application, theme)
    with TemporaryDirectory() as folder, without_size_hints():
        window = MainWindow(Preferences(config=config.to_json(), theme=theme.name), "", Path(folder) / "settings.json")
        try:
            window.build()
            content = window.content
            window.menuBar().hide()
            window.screen_fit.rest()
            window.setMinimumSize(0, 0)
            content.setMinimumSize(1, 1)  # the size asked for, even where the panels would rather have more
            window.resize(*picture.size)
            window.show()
            content.complete()
            _train(content, picture, iterations, application)
            shown = content.viewed.config if picture.lesson else config
            content.viewed.run_changed.emit()  # what was seen of it meanwhile would have widened the scales
            if picture.at is not None:
                content.pages.current.go_to(picture.at)
            for _ in range(LAYOUT_TURNS):
                application.processEvents()
                content.clock.frame()
                content.pages.finish()
                content.state.show_figures()
            content.status.clear_note()  # such as that a run diverged: its verdict says so, with remedies
            application.processEvents()
            export(content, out, picture.scale, shown if picture.page is PageKind.RUN else None)
        finally:
            window.close()


def _train(content: CentralWidget, picture: Picture, iterations: int | None, application: QApplication) -> None:
    """Have everything trained that the picture shows; raises InputError where that cannot be."""
    refused: list[str] = []
    for complaint in (content.session.data_refused, content.registry.said):
        complaint.connect(refused.append)
    with Interruption() as interruption:
        _begin(content, picture, iterations, refused.append)
        while not (refused or _idle(content, picture)):
            if interruption.wished:
                raise interruption.request
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, PATIENCE_MS)
    if refused:
        raise InputError(refused[0])


def _begin(content: CentralWidget, picture: Picture, iterations: int | None, refuse: Callable[[str], None]) -> None:
    if picture.lesson:
        _bet(content, picture.lesson, refuse)
        return
    if picture.page is PageKind.RUN:
        content.view_commands.show_view(picture.view)
        content.training.train_or_pause()
        return
    content.side.choose(LISTED)
    content.pages.choose(picture.page)
    content.pages.current.said.connect(refuse)
    content.pages.current.show_example(iterations)


def _bet(content: CentralWidget, place: LessonPlace, refuse: Callable[[str], None]) -> None:
    """Open a step of a lesson and bet anything: the first option, or where the ghost is."""
    content.lessons.said.connect(refuse)
    content.lessons.open_lesson(place.name, place.step)
    panel = content.lessons.made()
    page = panel.page
    if panel.flow is None:
        return  # it has been refused
    if isinstance(page.editor, LevelEditor):
        page.editor.pull(page.editor.level)
    elif page.editor:
        page.editor.choose_number(1)
    page.act()


def _idle(content: CentralWidget, picture: Picture) -> bool:
    flow = content.lessons.panel.flow if picture.lesson and content.lessons.panel else None
    if flow:
        return flow.told or flow.asks
    on_screen = content.viewed.page is PageKind.RUN
    return content.session.ended if on_screen else not content.pages.current.busy
