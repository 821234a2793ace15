"""Control bar of a page that trains runs in the background: start, stop, progress."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QToolButton

from gui.style.text_size import follow
from gui.widgets.card import Card
from gui.widgets.setting_editors import WheelGuard
from model.base import number_format
from model.base.language import message, tr, tr_count

KEEP_COMPLETE = message("Begin no more runs, and keep those that are complete")
TRAIN_MISSING = message("Train what is missing in the background; what is there already is kept")


class BackgroundControls(Card):
    """Button and progress; its signals say what the user wants. Subclasses add what to run and how to draw it.

    `title` and `progress` are the accessible names of the card and of its progress bar.
    """

    changed = Signal()
    start_wanted = Signal()
    stop_wanted = Signal()
    look_changed = Signal()
    counted = message("{done} of {wanted}")  # where it is clear what of

    def __init__(self, name: str, title: str, progress: str) -> None:
        super().__init__(name, title=title, titled=False)
        self.header.removeWidget(self.subtitle)
        self.guard = WheelGuard(self)
        self.button = QPushButton()
        self.button.setObjectName("primary")
        self.button.clicked.connect(self._press)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        follow(self.progress.setFixedWidth, 60)
        self.progress.setAccessibleName(progress)
        self.running = False

    def _toggle(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("flat")
        button.setText(text)
        button.setToolTip(tip)
        button.setCheckable(True)
        return button

    def show_state(self, *, missing: int, wanted: int, pending: int, seconds: float | None) -> None:
        """Show progress and the button's present meaning, from numbers of runs and the seconds left (None: unknown)."""
        self.running = bool(pending)
        begin = tr_count("Train {n} run", "Train {n} runs", missing) if missing else tr("Complete")
        self.button.setText(tr("Stop") if pending else begin)
        self.button.setEnabled(bool(pending or missing))
        self.button.setToolTip(tr(KEEP_COMPLETE if pending else TRAIN_MISSING))
        self.progress.setMaximum(max(wanted, 1))
        self.progress.setValue(wanted - missing)
        said = [tr(self.counted, done=number_format.count(wanted - missing), wanted=number_format.count(wanted))]
        if pending and seconds is None:
            said.append(tr("running"))
        elif pending and seconds is not None:
            said.append(tr("{time} left", time=number_format.duration(seconds)))
        self.subtitle.setText("  ·  ".join(said))

    def _press(self) -> None:
        (self.stop_wanted if self.running else self.start_wanted).emit()
