"""What the transport bar and the menu Run do: train, pause, step, reset, stop, faster, slower."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from gui.controls.control_panel import ControlPanel
from gui.controls.transport_bar import TransportBar
from gui.runs.run_state import RunState
from gui.runs.session import Session
from gui.widgets.command import Menu, MenuCommand
from gui.window.pending_edits import PendingEdits
from model.base.errors import InputError
from model.base.language import tr
from model.config.config import Config
from model.data.orientation import Orientation
from model.diagnosis.verdict import Remedy


def no_objection() -> str:
    """Say nothing against a run."""
    return ""


class TrainingCommands(QObject):
    """Leads a session with the settings of a panel; `acted` says that an earlier note is no longer of interest.

    `gate` is asked before a run takes its first step: what it says against that is said instead.
    """

    acted = Signal()
    said = Signal(str)

    def __init__(self, session: Session, panel: ControlPanel, transport: TransportBar) -> None:
        super().__init__(panel)
        self.session, self.panel, self.transport = session, panel, transport
        self.gate: Callable[[], str] = no_objection
        self.edits = PendingEdits(session, panel)
        session.data_refused.connect(self._data_refused)
        panel.reset_wanted.connect(self.reset)
        transport.train_pressed.connect(self.train_or_pause)
        transport.step_pressed.connect(self.step)
        transport.reset_pressed.connect(self.reset)
        transport.stop_pressed.connect(session.stop)
        transport.speed_changed.connect(session.set_speed)

    @Slot()
    def train_or_pause(self) -> None:
        """Do what the Train button does."""
        self.acted.emit()
        if self.session.running:
            self.session.pause()
            return
        if self._held_back():
            return
        self.train()

    @Slot()
    def train(self) -> None:
        """Train, with the settings as the panel shows them."""
        self.edits.settle()
        if self.session.ended:
            self.session.reset(self._config())
        self.session.train()

    def _config(self) -> Config:
        """The settings of the next run: what the panel shows, or those of a covered run, of which it says nothing."""
        viewed = self.session.viewed
        return viewed.config if viewed.covered else self.panel.config

    def _held_back(self) -> bool:
        why = "" if self.session.state in (RunState.RUNNING, RunState.PAUSED) else self.gate()
        if why:
            self.said.emit(why)
        return bool(why) or self.session.running  # the gate may have begun it

    @Slot(int)
    def step(self, iterations: int) -> None:
        """Take some steps of a paused run."""
        if self.session.running or not self._held_back():
            self.session.step(iterations)

    @Slot()
    def reset(self) -> None:
        """Go back to the initial weights, with the settings as the panel shows them, or those of a covered run."""
        self._start(self._config())

    @Slot()
    def leave(self) -> None:
        """Prepare what the panel shows in place of a covered run."""
        self._start(self.panel.config)

    def _start(self, config: Config) -> None:
        self.edits.forget()
        self.acted.emit()
        self.session.reset(config)

    @Slot(object)
    def take_config(self, config: Config) -> None:
        """Show and prepare a Config from elsewhere."""
        self.panel.show_config(config)
        self._start(config)

    @Slot(object)
    def admit(self, config: Config) -> None:
        """Prepare a covered run; the panel says nothing of it, and a run that goes on does so behind it."""
        self.edits.forget()
        self.acted.emit()
        self.session.viewed.cover(config)
        self.session.reset(config, beside=True)

    @Slot(object)
    def set_up(self, config: Config) -> None:
        """Show and prepare a Config from elsewhere; a run that goes on does so behind it."""
        self.panel.show_config(config)
        self.edits.forget()
        self.acted.emit()
        self.session.reset(config, beside=True)

    @Slot(object)
    def train_config(self, config: Config) -> None:
        """Train a Config from elsewhere."""
        self.take_config(config)
        self.train_or_pause()

    @Slot(object)
    def take_remedy(self, remedy: Remedy) -> None:
        """Set up the present run with one change; its curves stay, as those of every run that is shown in the list."""
        self.take_config(remedy.of(self.session.viewed.config))
        self.panel.reveal(remedy.changes)
        self.transport.train.setFocus()
        said = tr("Ready with {remedy}: press Train. The run before stays in the curves.", remedy=remedy.label)
        self.said.emit(said)

    @Slot(object)
    def take_data(self, place: Path) -> None:
        """Start over with the data set in a folder, an archive or a file."""
        self.take_config(self.panel.config.replace(data=str(place), orientation=Orientation.BY_NAME))
        self.panel.reveal(["data"])

    @Slot(object)
    def _data_refused(self, error: InputError) -> None:
        from model.data.reading.found_sets import SeveralSetsError

        viewed, why = self.session.viewed, str(error)
        self.panel.reveal(["data"])
        if viewed.run_log is None and viewed.config.data:
            # The folder of the last session is gone: rather MNIST than nothing.
            self.take_config(self.panel.config.replace(data=""))
            self.said.emit(tr("{why} This is MNIST instead.", why=why))
            return
        data, orientation = viewed.config.source
        self.panel.show_config(self.panel.config.replace(data=data, orientation=orientation))
        self.said.emit(why)
        if isinstance(error, SeveralSetsError):
            self.panel.data.offer(error.paths)

    def close(self) -> None:
        """End the run and those behind it."""
        self.edits.forget()
        self.acted.emit()
        self.session.close()

    def commands(self) -> list[MenuCommand]:
        """The first entries of the menu Run."""
        return [
            MenuCommand(Menu.RUN, "train", tr("Train or pause"), self.train_or_pause, "F5"),
            MenuCommand(Menu.RUN, "step", tr("Step"), partial(self.step, 1), "F6"),
            MenuCommand(Menu.RUN, "step-10", tr("Step 10"), partial(self.step, 10), "F7"),
            MenuCommand(Menu.RUN, "reset", tr("Reset"), self.reset, "F8"),
            MenuCommand(Menu.RUN, "stop", tr("Stop"), self.session.stop, "Shift+F5"),
            MenuCommand(Menu.RUN, "faster", tr("Faster"), partial(self.transport.change_speed, 1), "Ctrl+Up", group=1),
            MenuCommand(Menu.RUN, "slower", tr("Slower"), partial(self.transport.change_speed, -1), "Ctrl+Down",
                        group=1),
        ]  # fmt: skip
