"""When garbage is collected: by the window between its frames, and what has grown old only while no run goes on."""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 500


class GarbageCollector(QObject):
    """Collects garbage in Python's place, from `begin` to `end`.

    Python would do so in whichever thread makes objects, and every now and then go through all records of all runs:
    5 ms for each run, while the window waits. Here the window's thread looks twice a second through what is new, and
    through everything once runs have ended, as `busy` tells; what is in use then is left out for good.
    """

    def __init__(self, busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.busy = busy
        self.timer = QTimer(self, interval=EVERY_MS)
        self.timer.timeout.connect(self.look)
        self._old = True  # whether there may be old objects that no collection has seen

    @Slot()
    def begin(self) -> None:
        """Leave out all that there is already, without looking at it: the program itself."""
        gc.disable()
        gc.freeze()
        self._old = False
        self.timer.start()

    @Slot()
    def look(self) -> None:
        """Collect what can be collected now; called twice a second."""
        if self.busy():
            self._old = True
            gc.collect(1)
        elif self._old:
            self._old = False
            gc.collect()
            gc.freeze()
        else:
            gc.collect(1)

    def end(self) -> None:
        """Leave it to Python again, also what has been left out: a closed window is garbage as a whole."""
        self.timer.stop()
        gc.unfreeze()
        gc.enable()
