"""Opens the window as main.py does and prints when it was framed, whole and usable, in seconds since argv[1].

With the argument idle the last figure is the share of a core that it uses while nothing moves.
"""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time, time

sys.path.insert(0, str(Path(__file__).parents[2]))

import main  # noqa: F401  limits BLAS to one thread, as at every start
from gui.window.qt_startup import explained_imports

gc.disable()  # as main does before it opens a window
with explained_imports():
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QWidget

    from gui.window.application import make_application
    from gui.window.main_window import MainWindow
    from gui.window.open_window import make_window

IDLE_SECONDS = 4.0


class Watch(QObject):
    """Says when the frame, the whole window and the first picture of the network have been painted, then closes it."""

    def __init__(self, window: MainWindow, began: float, *, idle: bool) -> None:
        super().__init__(window)
        self.window, self.began, self.idle = window, began, idle
        self.after: dict[QObject, Callable[[], None]] = {self._watched(): self.framed}

    def _watched(self) -> QWidget:
        widget = self.window.centralWidget()
        assert widget is not None
        widget.installEventFilter(self)
        return widget

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.Paint and (then := self.after.pop(watched, None)):
            QTimer.singleShot(0, self, then)
        return False

    def say(self) -> None:
        print(time() - self.began, flush=True)

    def framed(self) -> None:
        self.say()
        self.window.framed.connect(self.filled)

    def filled(self) -> None:
        self.after[self._watched()] = self.say
        self.window.completed.connect(self.look)

    def look(self) -> None:
        from tests.support.window_parts import WindowParts  # noqa: PLC0415  imports the whole window

        layers = WindowParts(self.window).board.activations.layers
        if not layers or layers[0].now is None:
            QTimer.singleShot(2, self, self.look)
        elif self.idle:
            QTimer.singleShot(1000, self, self.settled)
        else:
            self.say()
            self.window.close()

    def settled(self) -> None:
        self.used, self.since = process_time(), time()
        QTimer.singleShot(round(1000 * IDLE_SECONDS), self, self.idled)

    def idled(self) -> None:
        print((process_time() - self.used) / (time() - self.since))
        self.window.close()


with TemporaryDirectory() as folder:
    application = make_application()
    window = make_window(Path(folder) / "settings.json")
    watch = Watch(window, float(sys.argv[1]), idle="idle" in sys.argv)
    window.show()
    application.exec()
