"""How the window ends when something else than its user asks for it: a signal, a log-out."""

import sys
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QSessionManager
from PySide6.QtWidgets import QApplication, QDialog

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

SAVING_SECONDS = 5.0  # a session manager waits about so long for its programs


class SessionEnd(QObject):
    """Ends `window` as closing it does, whatever lies over it.

    A session manager first asks every program to save what it has, and may think better of it: then all goes on. Only
    what it says after that ends the program.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.window = window
        self._ending = False
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.commitDataRequest.connect(self.save)
        application.saveStateRequest.connect(self.describe)
        application.aboutToQuit.connect(self._close)  # Windows says no more than this, and then ends the process
        window.closed.connect(self._quit)

    @Slot()
    def end(self) -> None:
        """Take menus and dialogs away as Esc does, then close the window; does nothing the second time."""
        if self._ending:
            return
        self._ending = True
        while popup := QApplication.activePopupWidget():
            popup.close()
            if popup is QApplication.activePopupWidget():
                break
        for each in reversed(QApplication.topLevelWidgets()):
            if isinstance(each, QDialog) and each.isVisible():
                each.reject()
        # Once the loops of dialogs have returned to those who have opened them.
        QTimer.singleShot(0, self.window, self._close)

    @Slot()
    def _close(self) -> None:
        if not self.window.ended:
            self.window.close()

    @Slot()
    def _quit(self) -> None:
        if self._ending:
            QCoreApplication.exit(0)  # also where a sheet of help is still open

    @Slot(QSessionManager)
    def save(self, manager: QSessionManager | None = None) -> None:
        """Write the settings and all runs, as far as they are, before the session manager goes on."""
        self.window.keep_preferences()
        if self.window.filled:
            saved = Event()
            self.window.content.registry.autosaver.ask(lambda library: None, lambda _: saved.set())
            saved.wait(SAVING_SECONDS)

    @Slot(QSessionManager)
    def describe(self, manager: QSessionManager) -> None:
        """Tell how this window is opened again in the next session: as it was, without a file that it has opened."""
        library = ["--library", str(self.window.library)] if self.window.library else []
        manager.setRestartCommand([sys.executable, str(Path(sys.argv[0]).resolve()), *library])
