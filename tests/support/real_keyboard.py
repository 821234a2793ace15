"""The keys of a window on a real display: they come from its X server, and the program must hear them by itself."""

from collections.abc import Callable
from ctypes import POINTER, c_uint8, cast
from time import monotonic

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.support.keyboard import ANSWER_MS, NONE, Keyboard
from tests.support.window_page import WindowPage
from tests.support.x_keyboard import XKeyboard

KEY_RELEASE = 3  # of the X protocol
FROM_ELSEWHERE = 0x80  # is set in what another program has sent instead of the server


class Bot(QtBot):
    """Waits as pytest-qt does, where there is no pytest."""

    def __init__(self) -> None: ...

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 5_000) -> None:  # noqa: N802  pytest-qt's name
        """Let the window go on until something is so."""
        end = monotonic() + timeout / 1000
        while not callback():
            assert monotonic() < end, "it never came to that"
            QApplication.processEvents()


class ReleasedKeys(QAbstractNativeEventFilter):
    """Counts the keys that have been let go, as the X server tells it: also those of a window that has just closed."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:  # noqa: N802
        """Look at an event and hold back none."""
        if kind == b"xcb_generic_event_t":
            self.count += cast(int(message), POINTER(c_uint8))[0] & ~FROM_ELSEWHERE == KEY_RELEASE
        return False, 0


class RealKeyboard(Keyboard):
    """The same hands, at a keyboard that belongs to no window. They manage windows too, as nobody else does there."""

    def __init__(self, window: WindowPage, keys: XKeyboard) -> None:
        super().__init__(window, Bot())
        self.keys, self.released = keys, ReleasedKeys()
        QApplication.instance().installNativeEventFilter(self.released)  # type: ignore[union-attr]  # there is one

    def send(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Strike a key, and wait until the program has heard that it was let go."""
        assert self.focus is not None
        awaited = self.released.count + self.keys.strike(key, modifiers)
        self.wait(lambda: self.released.count >= awaited)

    def answer(self, type_in: Callable[[QDialog], None], opener: Callable[[], None]) -> None:
        """The same, with the keyboard given to the dialog, as a window manager does."""

        def give() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is not None and not dialog.isActiveWindow() and QApplication.activePopupWidget() is None:
                dialog.activateWindow()

        manager = QTimer(interval=ANSWER_MS)
        manager.timeout.connect(give)
        manager.start()
        try:
            super().answer(type_in, opener)
        finally:
            manager.stop()
