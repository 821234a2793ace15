"""The main window: on the screen at once as an empty frame, then filled with the parts that do the work."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from gui.widgets.command import MenuCommand
from gui.window.preferences import Preferences, write_preferences
from gui.window.screen_fit import ScreenFit
from gui.window.window_frame import WindowFrame, theme_to_begin_with
from model.base.language import Message

if TYPE_CHECKING:
    from gui.window.central_widget import CentralWidget

SMALLEST, USUAL = QSize(960, 620), QSize(1280, 820)  # pixels, where the screen has them


class MainWindow(QMainWindow):
    """Layerscope's window; `preferences` and `note` come from read_preferences, which read `path`.

    Runs are kept in the file `library`, or without one until the window closes. `framed` says that the empty frame has
    been painted, after which `build` makes `content` and the menus, also of `entries`; `completed` that the plots are
    there, `closed` that nothing goes on any more, when it has `ended`; what could not be ended goes on if it `failed`.
    """

    framed = Signal()
    completed = Signal()
    closed = Signal()
    content: "CentralWidget"

    def __init__(self, preferences: Preferences, note: Message | str, path: Path, library: Path | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Layerscope")
        self.preferences, self.note, self.path, self.library = preferences, note, path, library
        self.entries: list[MenuCommand] = []
        self.ended = self.failed = False
        self.screen_fit = ScreenFit(self, SMALLEST)
        self.screen_fit.place(QByteArray.fromBase64(preferences.geometry.encode("ascii", "ignore")), USUAL)
        self._frame = WindowFrame(theme_to_begin_with(preferences.theme))
        self._frame.installEventFilter(self)
        self.setCentralWidget(self._frame)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._tell_framed)
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        from gui.widgets.reading_order import move_focus  # with Qt's namespace, whose Enums the frame does not wait for

        return move_focus(self, forward=forward)

    def _tell_framed(self) -> None:
        if self.isVisible():  # else it was closed before there was anything in it
            self.framed.emit()

    def build(self) -> None:
        """Import and make everything in the window; only from here on it can be used."""
        from gui.window.central_widget import CentralWidget
        from gui.window.drop_target import DropTarget
        from gui.window.menu_builder import build_menus

        config, refused = self.preferences.remembered()
        content = self.content = CentralWidget(self, config, self.preferences, self.library, self.path.parent)
        self.drops = DropTarget(self, content.lessons.take, content.training.take_data, content.files.open)
        build_menus(self.menuBar(), [*content.menu_entries, *self.entries])
        content.transport.restore_speed(self.preferences.speed)
        content.panel.restore_unfolded(self.preferences.unfolded)
        if self.preferences.lesson_width:
            content.side.set_width_to_read(self.preferences.lesson_width)
        content.panel.data.recent.paths = [*map(str, self.preferences.data_sets)]
        content.completed.connect(self.keep_preferences)
        content.completed.connect(self.completed)
        self.setCentralWidget(content)
        content.transport.train.setFocus()
        if said := self.note or refused:
            content.status.note(str(said))

    @property
    def filled(self) -> bool:
        """Whether `content` is there."""
        return self.centralWidget() is not self._frame

    def keep_preferences(self) -> None:
        """Write the settings as they are now; does nothing before `content` is there."""
        if self.filled and (trouble := write_preferences(self.path, self._present())):
            self.content.status.note(trouble)

    def tell(self, text: str) -> None:
        """Say something in the status line, once that is there."""
        if self.filled:
            self.content.status.note(text)

    def _present(self) -> Preferences:
        geometry, content = bytes(self.saveGeometry().toBase64().data()).decode(), self.content
        config, speed = content.panel.config.to_json(), content.transport.speed.value()
        looks, width = content.appearance, content.side.width_to_read
        return Preferences(
            geometry,
            config,
            looks.name,
            looks.text,
            speed,
            content.panel.unfolded,
            width,
            second_start=self.preferences.second_start,
            crash_offered=self.preferences.crash_offered,
            layout=content.layouts.shares,
            data_sets=content.panel.data.recent.paths,
            language=self.preferences.language,
            calm=content.calm.choice,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        if self.ended:
            return
        self.ended = True
        try:
            self._shut_down()
        except Exception as error:  # of ours: the window closes all the same
            self.failed = True
            sys.excepthook(type(error), error, error.__traceback__)

    def _shut_down(self) -> None:
        with ExitStack() as ending:  # a mistake in one of these keeps none of the others from being done
            ending.callback(self.closed.emit)
            if self.filled:
                ending.callback(lambda: write_preferences(self.path, self._present()))
                ending.callback(self._clear_queues)
                ending.callback(self.content.shut_down)

    def _clear_queues(self) -> None:
        from gui.widgets.turn_queue import TurnQueue

        for queue in self.findChildren(TurnQueue):
            queue.clear()
