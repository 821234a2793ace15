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
from model.base.language import tr

if TYPE_CHECKING:
    from gui.window.animation_frames import Steps


def _filters() -> str:
    """The kinds of files that a dialog offers."""
    return f"{tr('Animated GIF')} (*.gif);;{tr('Numbered PNG series')} (*.png)"


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
        chosen, wanted = QFileDialog.getSaveFileName(self.over, tr("Export animation"), proposal, _filters())
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
            self._end(self._written())
        except InputError as error:
            self._end(str(error))
        else:
            done, total = progress
            said = tr("Drawing the animation: {done} of {total} frames. Esc gives up.", done=done, total=total)
            self.said.emit(said)

    def _written(self) -> str:
        if self.path.suffix.lower() == ".gif":
            return tr("Wrote {path}.", path=self.path)
        first = f"{self.path.stem}-0001.png"
        return tr("Wrote the pictures {first} and following into {folder}.", first=first, folder=self.path.parent)

    @Slot()
    def give_up(self) -> None:
        """Stop drawing and write nothing."""
        if self.steps is not None:
            self._end(tr("The animation was given up; nothing was written."))

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
        return [MenuCommand(Menu.FILE, "export-animation", tr("Export animation …"), self.choose, group=1)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.over and event.type() == QEvent.Type.Close:
            self.give_up()
        return False
