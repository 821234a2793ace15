"""Keeps windows on the screen that is there: their size, their place and the least size that they may have."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QByteArray, QEvent, QMargins, QObject, QPoint, QRect, QSize, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from gui.widgets.dialog_fit import FRAME

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

MAGIC = 0x1D9D0CB  # with which QWidget.saveGeometry begins
SETTLING_MS = 200  # in which the system gives a window the size that it had once, on whatever screen


def fitted(frame: QRect, room: QRect) -> QRect:
    """The place nearest to `frame` that lies within `room`, smaller only where it is larger than all of it."""
    size = frame.size().boundedTo(room.size())
    left = min(max(frame.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(frame.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(QPoint(left, top), size)


class RememberedPlace(NamedTuple):
    """Where a window was when it filled no screen, and whether it was maximised."""

    normal: QRect
    maximised: bool


def decoded(remembered: QByteArray) -> RememberedPlace | None:
    """Read what QWidget.saveGeometry wrote; None for anything else."""
    from PySide6.QtCore import QDataStream  # with its 25 versions; few starts need it

    stream = QDataStream(remembered)
    stream.setVersion(QDataStream.Version.Qt_4_0)
    magic, _major, _minor = stream.readUInt32(), stream.readUInt16(), stream.readUInt16()
    frame, normal = QRect(), QRect()
    stream >> frame >> normal
    stream.readInt32()  # the screen's number
    maximised = stream.readUInt8()
    if magic != MAGIC or stream.status() != QDataStream.Status.Ok or normal.isEmpty():
        return None
    return RememberedPlace(normal, bool(maximised))


def screen_of(frame: QRect) -> QScreen:
    """The screen that most of a place lies on, or the primary one where it lies on none."""

    def shared(screen: QScreen) -> int:
        common = screen.availableGeometry().intersected(frame)
        return common.width() * common.height() if common.isValid() else 0

    best = max(QGuiApplication.screens(), key=shared)
    return best if shared(best) else QGuiApplication.primaryScreen()


def filling(window: QWidget) -> "Qt.WindowState | None":
    """How a window fills its screen; None where it does not. Only that needs Qt's namespace: see system_theme."""
    if not (window.isMaximized() or window.isFullScreen()):
        return None
    from PySide6.QtCore import Qt

    return window.windowState() & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen)


class ScreenFit(QObject):
    """Fits `window` to its screen when it first shows, when screens come, go or change, and when it fills none now.

    It is never smaller than `least` where the screen has room for that. The user may move it over an edge.
    """

    def __init__(self, window: QWidget, least: QSize) -> None:
        super().__init__(window)
        self.window, self.least = window, least
        self._screen: QScreen | None = None
        self._shown = False
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.fit)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._screens_changed)
        application.screenRemoved.connect(self._screens_changed)
        window.installEventFilter(self)

    def place(self, remembered: QByteArray, usual: QSize) -> None:
        """Bring the window to where it was when QWidget.saveGeometry told that, else to its `usual` size; fitted."""
        known = self.window.restoreGeometry(remembered)
        state = filling(self.window)
        kept = None if known or remembered.isEmpty() else decoded(remembered)
        if kept:  # Qt leaves aside what comes from a screen of another size
            known = True
            self.window.setGeometry(kept.normal)
            if kept.maximised:
                from PySide6.QtCore import Qt

                state = Qt.WindowState.WindowMaximized
        if state is not None:  # what it goes back to must have room too
            self.window.setWindowState(self.window.windowState() & ~state)
        if known:
            self._fit_to(screen_of(self.window.geometry()))
        else:
            self._least_on(self.window.screen())
            self.window.resize(usual.boundedTo(self._room(self.window.screen()).size()))
        if state is not None:
            self.window.setWindowState(state)

    def rest(self) -> None:
        """Leave the window as it is from now on, for a picture of a size that is no screen's."""
        self._later.stop()
        self.window.removeEventFilter(self)

    @Slot()
    def fit(self) -> None:
        """Fit the window to the screen that it is on now."""
        self._fit_to(screen_of(self.window.frameGeometry()))

    def _fit_to(self, screen: QScreen) -> None:
        self._follow(screen)
        self._least_on(screen)
        if filling(self.window) is not None:
            return
        room, now = self._room(screen), self.window.geometry()
        if (wanted := fitted(now, room)) != now:
            self.window.setGeometry(wanted)

    def _least_on(self, screen: QScreen) -> None:
        self.window.setMinimumSize(self.least.boundedTo(self._room(screen).size()))

    def _room(self, screen: QScreen) -> QRect:
        """Where the window within its frame may be."""
        known = self.window.windowHandle().frameMargins() if self.window.isVisible() else QMargins()
        return screen.availableGeometry().marginsRemoved(FRAME if known.isNull() else known)

    def _follow(self, screen: QScreen) -> None:
        """Hear of changes of this screen, and of no other one."""
        if screen is self._screen:
            return
        if self._screen is not None and self._screen in QGuiApplication.screens():
            self._screen.availableGeometryChanged.disconnect(self._screens_changed)
        self._screen = screen
        screen.availableGeometryChanged.connect(self._screens_changed)

    @Slot()
    def _screens_changed(self, *_: object) -> None:
        self._later.start(0)

    @Slot()
    def _moved_to(self, screen: QScreen) -> None:
        """Follow the user to another screen, where another size is the least."""
        self._follow(screen)
        self._least_on(screen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window:
            if event.type() == QEvent.Type.WindowStateChange:
                self._later.start(SETTLING_MS)
            elif event.type() == QEvent.Type.Show and not self._shown:
                self._shown = True
                self.window.windowHandle().screenChanged.connect(self._moved_to)
                self._later.start(0)  # the frame is known by then
            elif event.type() == QEvent.Type.Close:
                self._later.stop()
        return False
