"""A window to measure, and an event loop that lets other threads run while one waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QTimer

from gui.app import make_application, spare_start_up
from gui.settings import Settings
from gui.theme import LIGHT, apply_theme
from gui.window import MainWindow
from model.config import Config


def wait(seconds: float) -> None:
    """Run the event loop; QTest.qWait would keep the interpreter lock."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


@contextmanager
def window(config: Config, size: tuple[int, int] = (1600, 1000)) -> Iterator[MainWindow]:
    """A shown window with its run ready at the start."""
    application = make_application()
    apply_theme(application, LIGHT)
    with TemporaryDirectory() as folder:
        shown = MainWindow(Settings(config=config.to_json(), theme="light"), "", Path(folder) / "settings.json")
        shown.resize(*size)
        shown.completed.connect(spare_start_up)
        shown.show()
        while shown.dashboard is None or not shown.session.ready:
            wait(0.01)
        wait(0.3)
        try:
            yield shown
        finally:
            shown.close()


def platform() -> str:
    """Which of Qt's platforms draws, for a figure's detail."""
    return make_application().platformName()
