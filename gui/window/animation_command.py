"""The run played back into a file: the dashboard at one moment after the other."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from gui.export.animation_file import ANIMATION_FILES, animation_file_for
from gui.export.export_path import target
from gui.window.animation_frames import Steps, animate
from model.base.errors import InputError

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

FORMATS = "Animated GIF (*.gif);;Numbered PNG series (*.png)"


class AnimationCommand(QObject):
    """The menu entry: asks where to, then draws a frame at each turn of the event loop; Esc gives up."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.window = window
        self.path = Path()
        self.steps: Steps | None = None
        self.timer = QTimer(self, interval=0)
        self.timer.timeout.connect(self._step)
        self.escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self.escape.activated.connect(self.give_up)
        self.escape.setEnabled(False)
        window.installEventFilter(self)

    @Slot()
    def choose(self) -> None:
        """Ask where to and begin, or give up what has begun."""
        if self.steps is not None:
            self.give_up()
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        proposal = str(Path(folder) / "layerscope-run.gif")
        chosen, wanted = QFileDialog.getSaveFileName(self.window, "Export animation", proposal, FORMATS)
        if not chosen:
            return
        try:
            path = target(chosen, ANIMATION_FILES, ".png" if wanted.endswith("(*.png)") else ".gif")
        except InputError as error:
            self.window.status.note(str(error))
        else:
            self.start(path)

    def start(self, path: Path) -> None:
        """Begin to draw."""
        board = self.window.dashboard
        if board is None or self.steps is not None:
            return
        board.timeline.stop()
        try:
            self.steps = animate(board, animation_file_for(path, self.window.session.config))
        except InputError as error:
            self.window.status.note(str(error))
            return
        self.path = path
        self.escape.setEnabled(True)
        self.timer.start()

    def _step(self) -> None:
        assert self.steps is not None
        try:
            progress = next(self.steps)
        except StopIteration:
            self._end(f"Wrote {self.path}." if self.path.suffix.lower() == ".gif" else self._series())
        except InputError as error:
            self._end(str(error))
        else:
            done, total = progress
            self.window.status.note(f"Drawing the animation: {done} of {total} frames. Esc gives up.")

    def _series(self) -> str:
        return f"Wrote the pictures {self.path.stem}-0001.png and following into {self.path.parent}."

    @Slot()
    def give_up(self) -> None:
        """Stop drawing and write nothing."""
        if self.steps is not None:
            self._end("The animation was given up; nothing was written.")

    def _end(self, said: str) -> None:
        self.timer.stop()
        self.escape.setEnabled(False)
        if self.steps is not None:
            self.steps.close()
            self.steps = None
        self.window.status.note(said)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window and event.type() == QEvent.Type.Close:
            self.give_up()
        return False
