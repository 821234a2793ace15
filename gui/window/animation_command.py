"""The run played back into a file: the dashboard at one moment after the other."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.export.export_path import target
from gui.pages.page_stack import PageStack
from gui.runs.viewed import Viewed
from gui.widgets.command import Menu, MenuCommand
from gui.window.picture_commands import NormalSize, dashboard_of
from model.base.errors import InputError

if TYPE_CHECKING:
    from gui.window.animation_frames import Steps

FORMATS = "Animated GIF (*.gif);;Numbered PNG series (*.png)"


class AnimationCommand(QObject):
    """The menu entry: asks where to, then draws a frame at each turn of the event loop; Esc gives up.

    Meanwhile the window is within `normal_size`, as for every picture."""

    said = Signal(str)

    def __init__(self, pages: PageStack, viewed: Viewed, normal_size: NormalSize, parent: QWidget) -> None:
        super().__init__(parent)
        self.pages, self.viewed, self.over = pages, viewed, parent
        self.normal_size, self.posing = normal_size, ExitStack()
        self.path = Path()
        self.steps: Steps | None = None
        self.timer = QTimer(self, interval=0)
        self.timer.timeout.connect(self._step)
        self.escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), parent)
        self.escape.activated.connect(self.give_up)
        self.escape.setEnabled(False)
        parent.installEventFilter(self)

    @Slot()
    def choose(self) -> None:
        """Ask where to and begin, or give up what has begun."""
        if self.steps is not None:
            self.give_up()
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        proposal = str(Path(folder) / "layerscope-run.gif")
        chosen, wanted = QFileDialog.getSaveFileName(self.over, "Export animation", proposal, FORMATS)
        if not chosen:
            return
        from gui.export.animation_file import ANIMATION_FILES

        try:
            path = target(chosen, ANIMATION_FILES, ".png" if wanted.endswith("(*.png)") else ".gif")
        except InputError as error:
            self.said.emit(str(error))
        else:
            self.start(path)

    def start(self, path: Path) -> None:
        """Begin to draw."""
        if not self.pages.started or self.steps is not None:
            return
        from gui.export.animation_file import animation_file_for
        from gui.window.animation_frames import animate

        board = dashboard_of(self.pages)
        board.timeline.stop()
        try:
            config = None if self.viewed.covered else self.viewed.config
            self.steps = animate(board, animation_file_for(path, config))
        except InputError as error:
            self.said.emit(str(error))
            return
        self.posing.enter_context(self.normal_size())
        self.pages.finish()
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
            self.said.emit(f"Drawing the animation: {done} of {total} frames. Esc gives up.")

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
        self.posing.close()
        self.said.emit(said)

    def commands(self) -> list[MenuCommand]:
        """The last of the exports in the menu File."""
        return [MenuCommand(Menu.FILE, "export-animation", "Export animation …", self.choose, group=1)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.over and event.type() == QEvent.Type.Close:
            self.give_up()
        return False
