"""Trains without a visible window and writes a picture of it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop

from gui.app import make_application
from gui.export import export
from gui.settings import Settings
from gui.theme import DARK, LIGHT, apply_theme
from gui.window import MainWindow
from model.config import Config
from model.errors import InputError

PATIENCE_MS = 20
LAYOUT_TURNS = 3  # the window's, the views' and the axes' layouts settle one after the other


def take_screenshot(out: Path, config: Config, width: int, height: int, scale: int, dark: bool) -> None:
    """Write a picture of the window after the whole run; raises InputError."""
    application = make_application()
    theme = DARK if dark else LIGHT
    apply_theme(application, theme)
    refused: list[str] = []
    with TemporaryDirectory() as folder:
        window = MainWindow(Settings(config=config.to_json(), theme=theme.name), "", Path(folder) / "settings.json")
        window.session.data_refused.connect(refused.append)
        window.menuBar().hide()
        window.setMinimumSize(0, 0)
        window.resize(width, height)
        window.show()
        window.complete()
        window.train_or_pause()
        while not window.session.ended and not refused:
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, PATIENCE_MS)
        for _ in range(LAYOUT_TURNS):
            application.processEvents()
            window.frame()
        if window.dashboard:
            window.dashboard.update_text()
        application.processEvents()
        try:
            if refused:
                raise InputError(refused[0])
            export(window.centralWidget(), out, scale, config)
        finally:
            window.close()
