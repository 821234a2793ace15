"""What becomes of edits in the panel: some take effect at once, those before the first step soon, others at Reset."""

from PySide6.QtCore import QObject, QTimer, Slot

from gui.controls.control_panel import ControlPanel
from gui.runs.session import Session
from model.base.params import params
from model.config.config import Config

PAUSE_MS = 120


class PendingEdits(QObject):
    """Passes the edits of a panel on to the run on the screen."""

    def __init__(self, session: Session, panel: ControlPanel) -> None:
        super().__init__(panel)
        self.session, self.panel = session, panel
        self._waiting = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._waiting.timeout.connect(self.settle)
        panel.changed.connect(self.take)

    @Slot(object)
    def take(self, config: Config) -> None:
        """Take a change at once where that is possible; the rest waits for Reset."""
        session = self.session
        if not session.state.has_begun:
            self._waiting.start()
            return
        running = session.viewed.config.optimizer
        for setting in params(config.optimizer):
            same_kind = type(config.optimizer) is type(running)
            if setting.live and same_kind and config.value(setting.name) != session.live_value(setting.name):
                session.change_live(setting.name, config.number(setting.name))

    @Slot()
    def settle(self) -> None:
        """Show what was edited before the first step."""
        self._waiting.stop()
        viewed = self.session.viewed
        if not (self.session.state.has_begun or viewed.covered) and self.panel.config != viewed.config:
            self.session.reset(self.panel.config)

    def forget(self) -> None:
        """Wait no longer: the settings have been taken, or the window closes."""
        self._waiting.stop()
