"""How the window ends when something else than its user asks for it: a signal, a log-out."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QSessionManager
from PySide6.QtWidgets import QApplication, QDialog, QWidget


class SessionEnd(QObject):
    """Ends `window` as closing it does, whatever lies over it.

    A session manager first asks every program to `save` what it has, and may think better of it: then all goes on. Only
    what it says after that ends the program, which it starts again in the next session with the same `library`.
    """

    def __init__(self, window: QWidget, save: Callable[[], object], library: Path | None) -> None:
        super().__init__(window)
        self.window, self.save, self.library = window, save, library
        self._ending = False
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.commitDataRequest.connect(self.commit)
        application.saveStateRequest.connect(self.describe)
        application.aboutToQuit.connect(self._close)  # Windows says no more than this, and then ends the process

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
        self.window.close()

    @Slot()
    def quit(self) -> None:
        """End the program too, now that the window is closed."""
        if self._ending:
            QCoreApplication.exit(0)  # also where a sheet of help is still open

    @Slot(QSessionManager)
    def commit(self, manager: QSessionManager) -> None:
        """Save everything, as far as it is, before the session manager goes on."""
        self.save()

    @Slot(QSessionManager)
    def describe(self, manager: QSessionManager) -> None:
        """Tell how this window is opened again in the next session: as it was, without a file that it has opened."""
        library = ["--library", str(self.library)] if self.library else []
        manager.setRestartCommand([sys.executable, str(Path(sys.argv[0]).resolve()), *library])
