"""Control bar of a page that trains runs in the background: start, stop, progress."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QToolButton

from gui.style.text_size import follow
from gui.widgets.card import Card
from gui.widgets.setting_editors import WheelGuard
from model.base import number_format


class BackgroundControls(Card):
    """Button and progress; its signals say what the user wants. Subclasses add what to run and how to draw it."""

    changed = Signal()
    start_wanted = Signal()
    stop_wanted = Signal()
    look_changed = Signal()
    counted = ""  # what the line beside the progress counts, where that is not clear

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name, title=title, titled=False)
        self.header.removeWidget(self.subtitle)
        self.guard = WheelGuard(self)
        self.button = QPushButton()
        self.button.setObjectName("primary")
        self.button.clicked.connect(self._press)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        follow(self.progress.setFixedWidth, 60)
        self.progress.setAccessibleName(f"Progress of the {title.lower()}")
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
        runs = "run" if missing == 1 else "runs"
        text = f"Train {number_format.count(missing)} {runs}" if missing else "Complete"
        self.button.setText("Stop" if pending else text)
        self.button.setEnabled(bool(pending or missing))
        self.button.setToolTip(
            "Begin no more runs, and keep those that are complete" if pending else
            "Train what is missing in the background; what is there already is kept"
        )  # fmt: skip
        self.progress.setMaximum(max(wanted, 1))
        self.progress.setValue(wanted - missing)
        text = f"{number_format.count(wanted - missing)} of {number_format.count(wanted)} {self.counted}".rstrip()
        if pending:
            text += f"  ·  {number_format.duration(seconds)} left" if seconds is not None else "  ·  running"
        self.subtitle.setText(text)

    def _press(self) -> None:
        (self.stop_wanted if self.running else self.start_wanted).emit()
