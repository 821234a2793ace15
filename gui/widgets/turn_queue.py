"""Work that is spread over turns of the event loop, so that the window waits for a piece of it at a time."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot


class TurnQueue(QObject):
    """Calls what it is given, one in each turn of the event loop and in this order.

    `QTimer.singleShot(0, ...)` would not do: Qt posts that, and all that is posted is done before the next event of the
    user. A timer comes once in a turn.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._take_turn)

    def add(self, piece: Callable[[], object]) -> None:
        """Have `piece` called in a later turn."""
        self._waiting.append(piece)
        self._timer.start()

    def finish(self) -> None:
        """Call all that waits now."""
        while self._waiting:
            self._take_turn()

    def clear(self) -> None:
        """Forget what has not been called yet."""
        self._waiting.clear()
        self._timer.stop()

    @Slot()
    def _take_turn(self) -> None:
        piece = self._waiting.popleft()
        if not self._waiting:
            self._timer.stop()
        piece()
