"""Signals that ask the window to end, heard from the first line of the program on. Loads Qt only when it is there."""

import signal
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

from model.base.ending import ENDING

if TYPE_CHECKING:
    from socket import socket

    from PySide6.QtCore import QObject, QSocketNotifier

LISTENING_AFTER_MS = 50  # the window's frame does not wait for the import of sockets
RECEIVED_BYTES = 64


class EndSignals:
    """Notes every signal of ENDING that comes from now on, until it is closed; `heard` says whether one has come.

    Those that are ignored, as after nohup, stay so. Python runs a handler only between two of its own steps, of which
    an idle window makes none: after `tell` the signal itself wakes Qt's event loop.
    """

    def __init__(self) -> None:
        self.heard = False
        taken = [number for number in ENDING if signal.getsignal(number) is not signal.SIG_IGN]
        self._before = [(number, signal.signal(number, self._hear)) for number in taken]
        self._end: Callable[[], object] | None = None
        self._pair: tuple[socket, socket] | None = None
        self._notifier: QSocketNotifier | None = None

    def tell(self, end: Callable[[], object], parent: "QObject") -> None:
        """Have `end` called, while `parent` lives, once a signal has come: from the event loop, also a dialog's."""
        from PySide6.QtCore import QTimer

        self._stop()
        QTimer.singleShot(LISTENING_AFTER_MS, parent, lambda: self._listen(end, parent))

    def _listen(self, end: Callable[[], object], parent: "QObject") -> None:
        from socket import socketpair

        from PySide6.QtCore import QSocketNotifier

        if not self._before:
            return
        reader, writer = self._pair = socketpair()  # no pipe: elsewhere than on Linux Qt waits for sockets only
        for each in self._pair:
            each.setblocking(False)
        self._end = end
        self._notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, parent)
        self._notifier.activated.connect(self._take)
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        if self.heard:  # before there was anything to wake
            end()

    def _take(self, *_: object) -> None:
        if self._pair:
            with suppress(OSError):
                self._pair[0].recv(RECEIVED_BYTES)
        if self.heard and self._end:  # and it was not a signal that asks for something else
            self._end()

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self.heard = True

    def _stop(self) -> None:
        if self._notifier:
            with suppress(RuntimeError):  # it has gone with its parent
                self._notifier.setEnabled(False)
        if self._pair:
            signal.set_wakeup_fd(-1)
            for each in self._pair:
                each.close()
        self._pair = self._notifier = self._end = None

    def close(self) -> None:
        """Give the signals back. Once one has been heard further ones are ignored: the program ends already."""
        self._stop()
        before, self._before = self._before, []
        for number, handler in before:
            signal.signal(number, signal.SIG_IGN if self.heard else handler)
