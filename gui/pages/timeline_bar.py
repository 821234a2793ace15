"""Timeline below the plots: go to any moment kept of the run, step, play back, return to live."""

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from gui.style.text_size import follow
from gui.style.theme import widget_font
from gui.views.moment import RunContext
from gui.widgets.card import label
from model.base import number_format
from model.base.language import message, tr
from model.history.run_log import RunLog
from model.history.timeline import thinned

FRAME_MS = 50
MOST_FRAMES = 300  # 15 seconds
CALM_MS = 500
PAGE_MOMENTS = 10
HANDLE_PIXELS = 14  # as wide as the style sheet makes it
LABEL_GAP = 10
LABEL_PIXELS = 10  # as the style sheet's #tiny
PLAY, PAUSE = "▶", "❚❚"
DRAG = message(
    "Drag to any iteration that is kept, to see where the gradient vanished or came back; the first 100 are all kept "
    "(Alt+Left, Alt+Right)"
)
# Iterations to name under the slider, those first that matter most when there is room for few.
NAMED = tuple(step * 10**power for step in (1, 5, 2) for power in range(9))


class TimelineScale(QWidget):
    """Iteration numbers under the slider, each at its moment's place."""

    def __init__(self) -> None:
        super().__init__()
        follow(self.setFixedHeight, 13)
        self.iterations: list[int] = []
        self.labels: list[QLabel] = []

    def place(self, index: int) -> float:
        """x in pixels of the slider's handle at a moment's index."""
        return HANDLE_PIXELS / 2 + index / max(len(self.iterations) - 1, 1) * (self.width() - HANDLE_PIXELS)

    def show_moments(self, iterations: list[int]) -> None:
        """Label these moments' iterations, as many as fit, the ends and round numbers first."""
        self.iterations = iterations
        taken: list[tuple[float, float]] = []
        texts: list[tuple[str, float]] = []
        ends = [0, len(iterations) - 1] if len(iterations) > 1 else []
        inner = [bisect_left(iterations, number) for number in NAMED if iterations and number < iterations[-1]]
        metrics = QFontMetrics(widget_font(LABEL_PIXELS))
        for index in (*ends, *inner):
            text = number_format.count(iterations[index])
            width = metrics.horizontalAdvance(text)
            left = min(max(self.place(index) - width / 2, 0.0), self.width() - width)
            if all(left > end + LABEL_GAP or left + width + LABEL_GAP < start for start, end in taken):
                taken.append((left, left + width))
                texts.append((text, left))
        while len(self.labels) < len(texts):
            made = label("", "tiny")
            made.setParent(self)
            self.labels.append(made)
        for place, each in enumerate(self.labels):
            each.setVisible(place < len(texts))
            if place < len(texts):
                text, left = texts[place]
                each.setText(text)
                each.adjustSize()
                each.move(round(left), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.show_moments(self.iterations)


class TimelineBar(QFrame):
    """A slider over moments, not iterations, so that the first 100, which are all kept, have room.

    `moved` carries the iteration to show; `live_wanted` asks for the newest.
    """

    moved = Signal(object)
    live_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(tr("Timeline"))
        self.run_log = RunLog()
        self.iterations: list[int] = []
        self.total = 0
        self.at: int | None = None
        self.play_button = QToolButton()
        self.play_button.setObjectName("flat")
        follow(self.play_button.setFixedWidth, 28)
        self.play_button.setAccessibleName(tr("Play the run back"))
        self.play_button.setToolTip(tr("Play the run back from here, the first 100 iterations one by one (F9)"))
        self.play_button.clicked.connect(self.play_or_pause)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("timeline")
        self.slider.setPageStep(PAGE_MOMENTS)
        self.slider.setAccessibleName(tr("Iteration to show"))
        self.slider.setToolTip(tr(DRAG))
        self.slider.valueChanged.connect(self._dragged)
        self.scale = TimelineScale()
        self.text = label("", "muted")
        follow(self.text.setFixedSize, 150, 18)  # a fixed size, so that new figures do not make the layout anew
        self.text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.live = QToolButton()
        self.live.setObjectName("flat")
        self.live.setText(tr("● live"))
        self.live.setCheckable(True)
        self.live.setAccessibleName(tr("Live"))
        self.live.setToolTip(tr("Show the newest iteration, and follow the training (Alt+End)"))
        self.live.clicked.connect(self.return_to_live)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.slider)
        middle.addWidget(self.scale)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 2)
        row.setSpacing(8)
        row.addWidget(label(tr("Iteration"), buddy=self.slider))
        row.addWidget(self.play_button)
        row.addLayout(middle, 1)
        row.addWidget(self.text)
        row.addWidget(self.live)
        self.calm = False  # whether it plays back in few steps, in the same time
        self._frames: list[int] = []
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._next_frame)
        self.stop()

    @property
    def playing(self) -> bool:
        """Whether playback is running."""
        return self._timer.isActive()

    def show_run(self, run: RunContext) -> None:
        """Use another run's moments, live."""
        self.stop()
        self.run_log, self.total = run.run_log, run.config.iterations
        self.refresh(None)

    def kept(self) -> tuple[list[int], int]:
        """Iterations of the moments kept, and the last iteration reached."""
        with self.run_log.lock:
            return self.run_log.history.timeline.iterations(), self.run_log.iteration

    def refresh(self, at: int | None) -> None:
        """Update to the moments kept by now, with the handle at iteration `at`; None is live."""
        self.at = at
        iterations, reached = self.kept()
        # While it is dragged the moments must not move away under the mouse.
        if iterations != self.iterations and not self.slider.isSliderDown():
            self.iterations = iterations
            with QSignalBlocker(self.slider):
                self.slider.setRange(0, max(len(iterations) - 1, 0))
            self.scale.show_moments(iterations)
        self._show_place(reached if at is None else at)

    def step(self, moments: int) -> None:
        """Move by a number of moments, backwards if negative."""
        self.refresh(self.at)
        self.stop()
        self.slider.setValue(self.slider.value() + moments)

    @Slot()
    def play_or_pause(self) -> None:
        """Start playback from here, or from the start if live; stop it if it is running."""
        if self.playing:
            self.stop()
            return
        self.refresh(self.at)
        pause = CALM_MS if self.calm else FRAME_MS
        most = MOST_FRAMES * FRAME_MS // pause
        first = 0 if self.at is None else self.slider.value()
        self._frames = [self.iterations[k] for k in thinned(self.iterations, most) if k >= first][::-1]
        if self._frames:
            self._timer.start(pause)
            self.play_button.setText(PAUSE)

    def stop(self) -> None:
        """Stop playback."""
        self._timer.stop()
        self.play_button.setText(PLAY)

    def _next_frame(self) -> None:
        if len(self._frames) <= 1:
            self.stop()
            self.live_wanted.emit()
            return
        self.moved.emit(self._frames.pop())

    def _dragged(self, place: int) -> None:
        self.stop()
        if place == len(self.iterations) - 1:
            self.live_wanted.emit()
        else:
            self.moved.emit(self.iterations[place])

    @Slot()
    def return_to_live(self) -> None:
        """Stop playback and ask for the newest moment."""
        self.stop()
        self.live_wanted.emit()

    def _show_place(self, iteration: int) -> None:
        live, kept = self.at is None, bool(self.iterations)
        if not self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                last = len(self.iterations) - 1
                self.slider.setValue(last if live else max(bisect_right(self.iterations, iteration) - 1, 0))
        self.slider.setEnabled(len(self.iterations) > 1)
        self.play_button.setEnabled(len(self.iterations) > 1)
        self.live.setChecked(live)
        self.live.setEnabled(not live)
        of = tr("{at} of {total}", at=number_format.count(iteration), total=number_format.count(self.total))
        self.text.setText(of if kept or iteration else tr("nothing recorded yet"))

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():  # the window is closed, not put away
            self.stop()
        super().hideEvent(event)
