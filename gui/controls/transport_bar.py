"""Transport bar: train, pause, step, reset, stop; progress and speed limit."""

from time import monotonic

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QSlider

from gui.style.text_size import follow
from gui.widgets.breaking_row import BreakingRow
from gui.widgets.card import label
from model.base import number_format
from model.base.language import tr

SPEEDS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 0.0)  # iterations per second; 0 is as fast as possible
SMOOTHING = 0.3
SPACING_PIXELS = 6


class Rate:
    """Iterations per second as an exponential moving average, so that the number can be read."""

    def __init__(self) -> None:
        self.restart(0)

    def restart(self, iteration: int) -> None:
        """Forget the average and begin at this iteration."""
        self.at, self.since, self.per_second = iteration, monotonic(), 0.0

    def read(self, iteration: int) -> float:
        """Update with the current iteration and return iterations per second; call it a few times a second."""
        now = monotonic()
        if iteration > self.at and now > self.since:
            newest = (iteration - self.at) / (now - self.since)
            self.per_second += (newest - self.per_second) * (SMOOTHING if self.per_second else 1.0)
            self.at, self.since = iteration, now
        return self.per_second


class TransportBar(BreakingRow):
    """Buttons, progress and speed of a run that it does not know: its signals say what was pressed.

    `step_pressed` carries a number of iterations, `speed_changed` iterations per second (0: no limit).
    """

    train_pressed = Signal()
    step_pressed = Signal(int)
    reset_pressed = Signal()
    stop_pressed = Signal()
    speed_changed = Signal(float)

    def __init__(self) -> None:
        super().__init__(SPACING_PIXELS)
        self.setObjectName("toolbar")
        self.train = self._button(tr("▶  Train"), tr("Start, pause or go on (F5)"), "primary")
        self.train.clicked.connect(self.train_pressed)
        self.step = self._button(
            tr("Step"), tr("One iteration: one batch forward, its gradient backward, one update (F6)")
        )
        self.step.clicked.connect(lambda: self.step_pressed.emit(1))
        self.step10 = self._button("10", tr("Ten iterations (F7)"))
        self.step10.setAccessibleName(tr("Step 10"))
        self.step10.clicked.connect(lambda: self.step_pressed.emit(10))
        self.reset = self._button(
            tr("Reset"), tr("Back to the same initial weights, with the settings as they are now (F8)")
        )
        self.reset.clicked.connect(self.reset_pressed)
        self.stop = self._button(tr("Stop"), tr("End this run here and keep what it has drawn (Shift+F5)"))
        self.stop.clicked.connect(self.stop_pressed)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        follow(self.progress.setMinimumWidth, 60)
        self.progress.setAccessibleName(tr("Progress"))
        self.figures = label("")
        follow(self.figures.setFixedSize, 262, 18)  # a fixed size, so that new figures do not make the layout anew
        self.speed = QSlider(Qt.Orientation.Horizontal)
        self.speed.setRange(0, len(SPEEDS) - 1)
        self.speed.setValue(len(SPEEDS) - 1)
        self.speed.setPageStep(1)
        follow(self.speed.setFixedWidth, 90)
        self.speed.setAccessibleName(tr("Speed"))
        self.speed.setToolTip(tr("From one iteration per second, to watch each step, to as fast as the machine can"))
        self.speed.valueChanged.connect(self._speed_moved)
        self.speed_text = label("", "muted")
        follow(self.speed_text.setFixedWidth, 46)
        self.setContentsMargins(16, 8, 16, 8)
        for button in (self.train, self.step, self.step10, self.reset, self.stop):
            self.add(button)
        self.add(self.progress, later=True, stretch=1, gap=8)
        self.add(self.figures, later=True, gap=4)
        self.add(None)
        for part in (label(tr("Speed"), "muted", self.speed), self.speed, self.speed_text):
            self.add(part)
        self.rate = Rate()
        self._speed_moved()

    @property
    def per_second(self) -> float:
        """The chosen speed limit in iterations per second; 0 is none."""
        return SPEEDS[self.speed.value()]

    def change_speed(self, steps: int) -> None:
        """Move the speed by so many steps of its slider."""
        self.speed.setValue(self.speed.value() + steps)

    def restore_speed(self, step: int) -> None:
        """Set the slider to a step of an earlier session, if there is such a step."""
        if 0 <= step <= self.speed.maximum():
            self.speed.setValue(step)

    @Slot()
    def restart(self) -> None:
        """Measure the rate of another run from now on."""
        self.rate.restart(0)

    def show_state(self, *, ready: bool, running: bool, finished: bool) -> None:
        """Enable the buttons that the run's state allows; Train stays enabled, to keep the focus while data loads."""
        self.train.setText(tr("❚❚  Pause") if running else tr("▶  Train"))
        for button in (self.step, self.step10):
            button.setEnabled(ready and not running and not finished)
        self.reset.setEnabled(ready)
        self.stop.setEnabled(ready and not finished)

    def show_progress(self, iteration: int, iterations: int, *, running: bool) -> None:
        """Show the progress and, while the run goes on, iterations per second and the time left."""
        self.progress.setMaximum(max(iterations, 1))
        self.progress.setValue(iteration if iterations else 1)
        done, whole = number_format.count(iteration), number_format.count(iterations)
        text = tr("{done} of {whole}", done=done, whole=whole)
        per_second = self.rate.read(iteration) if running else 0.0
        if per_second:
            left = number_format.duration((iterations - iteration) / per_second)
            text += f"  ·  {_rate(per_second)}  ·  {tr('{time} left', time=left)}"
        self.figures.setText(text)

    def _speed_moved(self) -> None:
        self.speed_text.setText(_rate(self.per_second) if self.per_second else tr("max"))
        self.speed_changed.emit(self.per_second)

    def _button(self, text: str, tip: str, role: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(role)
        button.setToolTip(tip)
        return button


def _rate(per_second: float) -> str:
    return tr("{number} it/s", number=number_format.count(per_second))
