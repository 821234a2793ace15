"""The clock of the window: plots are drawn 30 times a second, or calmly, texts written twice; slower at rest."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.pages.page_stack import PageStack

FRAME_MS = 33
FRAMES_A_TEXT = 15
CALM_MS = 500
STILL_FRAMES = 30  # without anything to draw, after which nothing moves
STILL_MS = 100  # short enough that nobody sees how the first frame after a rest is late


class PagesClock(QObject):
    """Has the page that shows draw what has come since the last frame; `text_due` comes twice a second.

    While there is nothing to draw and `busy` says that no run goes on, it looks less often, and texts stay as they are.
    """

    text_due = Signal()

    def __init__(self, pages: PageStack, busy: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self.pages, self.busy = pages, busy
        self._frames = self._still = 0
        self._interval = FRAME_MS
        self._calm = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.frame)

    def start(self, interval: int = FRAME_MS) -> None:
        """Begin to draw, a frame every so many milliseconds."""
        self._interval = interval
        self._timer.start(self._pace)

    def draw_calmly(self, *, calm: bool) -> None:
        """Draw every CALM_MS milliseconds from now on, or as often as before."""
        self._calm = calm
        if self.running:
            self._timer.start(self._pace)

    @property
    def _pace(self) -> int:
        return max(self._interval, CALM_MS) if self._calm else self._interval

    def stop(self) -> None:
        """Draw no more."""
        self._timer.stop()

    @property
    def running(self) -> bool:
        """Whether it draws at all."""
        return self._timer.isActive()

    @property
    def interval(self) -> int:
        """Milliseconds between the frames now."""
        return self._timer.interval()

    @Slot()
    def frame(self) -> None:
        """Draw one frame."""
        self._frames += 1
        # Calmly drawn are all plots at once, which else take turns: each frame would change some of them.
        turns = FRAMES_A_TEXT if self._calm else 1
        drawn = [self.pages.frame() for _ in range(turns)]
        self._still = 0 if any(drawn) else self._still + 1
        if self._still > STILL_FRAMES and self.busy():  # asked once a second, because it looks through all runs
            self._still = 0
        resting = self._still > STILL_FRAMES
        if (self._calm or self._frames % FRAMES_A_TEXT == 0) and not resting:
            self.text_due.emit()
        wanted = max(STILL_MS, self._pace) if resting else self._pace
        if self.running and self._timer.interval() != wanted:
            self._timer.setInterval(wanted)
