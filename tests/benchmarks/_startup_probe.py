"""Opens the window as main.py does and prints when it was painted and when it was usable, in seconds since argv[1]."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

sys.path.insert(0, str(Path(__file__).parents[2]))

import main  # noqa: F401  limits BLAS to one thread, as at every start
from model.data.datasets import read_ahead

read_ahead()

from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402

from gui.window.app import make_window  # noqa: E402
from gui.window.application import make_application  # noqa: E402
from gui.window.main_window import MainWindow  # noqa: E402
from tests.support.window_parts import WindowParts  # noqa: E402  loads nothing that the window does not


class Watch(QObject):
    """Notes the first paint, and ends the program when the first picture of the network has been drawn."""

    def __init__(self, window: MainWindow, began: float) -> None:
        super().__init__(window)
        self.window, self.began = window, began
        self.content = window.centralWidget()
        assert self.content is not None
        self.content.installEventFilter(self)
        self.timer = QTimer(self, interval=2)
        self.timer.timeout.connect(self.look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.Paint and watched is self.content:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.painted)
        return False

    def painted(self) -> None:
        print(time() - self.began)
        self.timer.start()

    def look(self) -> None:
        parts = WindowParts(self.window)
        if parts.has_plots and parts.board.activations.layers[0].now is not None:
            print(time() - self.began)
            self.timer.stop()
            self.window.close()


with TemporaryDirectory() as folder:
    window = make_window(Path(folder) / "settings.json")
    watch = Watch(window, float(sys.argv[1]))
    window.show()
    make_application().exec()
