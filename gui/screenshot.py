"""Trains without a visible window and writes a picture of it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop

from gui.app import make_application
from gui.display import without_size_hints
from gui.export import export
from gui.settings import Settings
from gui.theme import DARK, LIGHT, apply_theme
from gui.window import MainWindow
from model.config import Config
from model.errors import InputError
from model.headless import Interruption
from model.request import Picture

PATIENCE_MS = 20
LAYOUT_TURNS = 3  # the window's, the views' and the axes' layouts settle one after the other


def take_screenshot(out: Path, config: Config, picture: Picture) -> None:
    """Write a picture of the window after the whole run; raises InputError."""
    application = make_application()
    theme = DARK if picture.dark else LIGHT
    apply_theme(application, theme)
    refused: list[str] = []
    with TemporaryDirectory() as folder, Interruption() as interruption, without_size_hints():
        window = MainWindow(Settings(config=config.to_json(), theme=theme.name), "", Path(folder) / "settings.json")
        try:
            window.session.data_refused.connect(refused.append)
            window.menuBar().hide()
            window.setMinimumSize(0, 0)
            window.content.setMinimumSize(1, 1)  # the size asked for, even where the panels would rather have more
            window.resize(*picture.size)
            window.show()
            window.complete()
            window.show_view(picture.view)
            window.train_or_pause()
            while not (window.session.ended or refused or interruption.wished):
                application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, PATIENCE_MS)
            if interruption.wished:
                raise KeyboardInterrupt
            if refused:
                raise InputError(refused[0])
            if picture.at is not None:
                window.go_to(picture.at)
            for _ in range(LAYOUT_TURNS):
                application.processEvents()
                window.frame()
                window.catch_up()
            application.processEvents()
            export(window.content, out, picture.scale, config)
        finally:
            window.close()
