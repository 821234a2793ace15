"""Opens a window with nothing of ours in it and prints when it was painted, in seconds since argv[1].

With the argument pyqtgraph it holds one of pyqtgraph's plots, else it is empty; both have NumPy imported.
"""

import os
import sys
from time import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class Watch(QObject):
    """Says when a widget has been painted first, and ends the program."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.painted)
        return False

    def painted(self) -> None:
        print(time() - float(sys.argv[1]))
        QApplication.quit()


application = QApplication(sys.argv[:1])
window = QMainWindow()
if "pyqtgraph" in sys.argv:
    import pyqtgraph as pg

    content: QWidget = pg.PlotWidget()
    content.plot(np.arange(10.0))  # type: ignore[attr-defined]  # pyqtgraph has no types
    watch = Watch(content.viewport())  # type: ignore[attr-defined]  # as above
else:
    content = QWidget()
    watch = Watch(content)
window.setCentralWidget(content)
window.resize(1280, 820)
window.show()
application.exec()
