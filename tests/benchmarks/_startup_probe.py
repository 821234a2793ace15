"""Opens the window as main.py does and prints when it was painted and when it was usable, in seconds since argv[1]."""

import sys
from pathlib import Path
from tempfile import mkdtemp
from time import time

sys.path.insert(0, str(Path(__file__).parents[2]))
began = float(sys.argv[1])

import main  # noqa: E402, F401  limits BLAS to one thread, as at every start
from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402

from gui import app, settings  # noqa: E402
from gui.window import MainWindow  # noqa: E402

settings_file = Path(mkdtemp()) / "settings.json"


class Watch(QObject):
    """Notes the first paint, and ends the program when the first picture of the network has been drawn."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        window.content.installEventFilter(self)
        self.timer = QTimer(self, interval=2)
        self.timer.timeout.connect(self.look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.window.content.removeEventFilter(self)
            QTimer.singleShot(0, self, self.painted)
        return False

    def painted(self) -> None:
        print(time() - began)
        self.timer.start()

    def look(self) -> None:
        if self.window.dashboard is not None and self.window.dashboard.start is not None:
            print(time() - began)
            self.timer.stop()
            self.window.close()


class WatchedWindow(MainWindow):
    """The window with somebody looking at the clock."""

    def __init__(self, found: settings.Settings, note: str, path: Path) -> None:
        super().__init__(found, note, path)
        self.watch = Watch(self)


app.settings_path = lambda: settings_file  # type: ignore[assignment]  # the user's own file is left alone
app.MainWindow = WatchedWindow  # type: ignore[misc]
app.open_window()
