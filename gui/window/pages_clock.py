"""The clock of the window: plots are drawn 30 times a second, texts written twice."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.pages.page_stack import PageStack

FRAME_MS = 33
FRAMES_A_TEXT = 15


class PagesClock(QObject):
    """Has the page that shows draw what has come since the last frame; `text_due` comes twice a second."""

    text_due = Signal()

    def __init__(self, pages: PageStack, parent: QObject) -> None:
        super().__init__(parent)
        self.pages = pages
        self._frames = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.frame)

    def start(self, interval: int = FRAME_MS) -> None:
        """Begin to draw, a frame every so many milliseconds."""
        self._timer.start(interval)

    def stop(self) -> None:
        """Draw no more."""
        self._timer.stop()

    @Slot()
    def frame(self) -> None:
        """Draw one frame."""
        self._frames += 1
        self.pages.frame()
        if self._frames % FRAMES_A_TEXT == 0:
            self.text_due.emit()
