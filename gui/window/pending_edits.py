"""What becomes of edits in the panel: some take effect at once, those before the first step soon, others at Reset."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from model.base.params import params
from model.config.config import Config

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

PAUSE_MS = 120


class PendingEdits(QObject):
    """Takes the edits of one window's panel."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.window = window
        self._waiting = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._waiting.timeout.connect(self.settle)

    @Slot(object)
    def take(self, config: Config) -> None:
        """Take a change at once where that is possible; the rest waits for Reset."""
        session = self.window.session
        self.window.show_state()
        if not session.begun:
            self._waiting.start()
            return
        for setting in params(config.optimizer):
            same_kind = type(config.optimizer) is type(session.config.optimizer)
            if setting.live and same_kind and config.value(setting.name) != session.live_value(setting.name):
                session.change_live(setting.name, config.number(setting.name))

    @Slot()
    def settle(self) -> None:
        """Show what was edited before the first step."""
        self._waiting.stop()
        window = self.window
        if not window.session.begun and window.panel.config != window.session.config:
            window.session.reset(window.panel.config)

    def forget(self) -> None:
        """Wait no longer: the settings have been taken, or the window closes."""
        self._waiting.stop()
