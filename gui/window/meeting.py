"""Where starts of the program on the same library meet: a lock that the first window holds, a socket it listens on."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QDir, QLockFile, QObject, QTimer, Signal, Slot

from gui.window.start_request import LONGEST, StartRequest

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

TAKEN = b"taken\n"
ANSWER_SECONDS = 10.0  # that a second start waits for a window that is still being made, or busy
PAUSE_MS = 100


def meeting_folder() -> Path | None:
    """A folder that is this user's alone, on this machine; None where there is none."""
    named = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if named.is_absolute() and named.is_dir():
        folder = named / "layerscope"
    else:
        own = f"layerscope-{os.getuid()}" if hasattr(os, "getuid") else "layerscope"
        folder = Path(QDir.tempPath()) / own
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    if not stat.S_ISDIR(found.st_mode):
        return None
    # Of a folder that somebody else has made, they could read what is handed over.
    foreign = hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o077)
    return None if foreign else folder


def meeting_name(library: Path) -> str:
    """A name that is the same for every way to write the path of a library, and another for another library."""
    real = os.path.normcase(os.path.realpath(library)).encode("utf-8", "surrogateescape")
    digest = QCryptographicHash.hash(real, QCryptographicHash.Algorithm.Sha256).toHex().data()
    return bytes(digest).decode()[:20]


class Meeting(QObject):
    """The first start on `library`, if `first`; else somebody else is. The lock goes with its process, however it ends.

    The first window hears of others by `requested(StartRequest)` after `begin`. A later window that was opened all the
    same takes its place when it is gone.
    """

    requested = Signal(object)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder, name = meeting_folder(), meeting_name(library)
        self.lock = QLockFile(str(folder / f"{name}.lock")) if folder else None
        self._socket_name = name if sys.platform == "win32" else str(folder / name) if folder else ""
        self._server: QLocalServer | None = None
        self._waiting: QLocalSocket | None = None
        self._again = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._again.timeout.connect(self.begin)
        if self.lock:
            self.lock.setStaleLockTime(0)  # only that of a process that is no more is stale
        self.first = self._take_lock()

    def _take_lock(self) -> bool:
        return self.lock is None or self.lock.isLocked() or self.lock.tryLock(0)

    @Slot()
    def begin(self) -> None:
        """Listen, if this is the first window; if not, wait until that is gone."""
        from PySide6.QtNetwork import QLocalServer, QLocalSocket

        if self.lock is None:
            return
        self.first = self._take_lock()
        if not self.first:
            self._waiting = QLocalSocket(self)
            self._waiting.disconnected.connect(self._again.start)
            self._waiting.errorOccurred.connect(lambda *_: self._again.start())
            self._waiting.connectToServer(self._socket_name)
            return
        server = self._server = QLocalServer(self)
        if sys.platform == "win32":
            server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._socket_name)  # of a program that was killed: who has the lock is alone
        server.newConnection.connect(self._welcome)
        server.listen(self._socket_name)  # where it cannot, further starts open windows of their own

    @Slot()
    def _welcome(self) -> None:
        while self._server and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: "QLocalSocket") -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > LONGEST:
                socket.abort()
            return
        request = StartRequest.read(bytes(socket.readLine(LONGEST).data()))
        if request is None:
            socket.abort()
            return
        socket.write(TAKEN)
        socket.flush()
        self.requested.emit(request)

    def hand_over(self, request: StartRequest, proceed: Callable[[], bool] = lambda: True) -> bool:
        """Let the first window do what this start was asked for; False if it is gone by now or does not answer.

        Waits for at most ANSWER_SECONDS, while `proceed()`. `first` tells whether this start is the first one now.
        """
        until = monotonic() + ANSWER_SECONDS
        while proceed() and monotonic() < until:
            self.first = self._take_lock()
            if self.first:
                return False
            if self._asked(request, until):
                return True
            sleep(PAUSE_MS / 1000)
        return False

    def _asked(self, request: StartRequest, until: float) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._socket_name)
        if not socket.waitForConnected(PAUSE_MS):
            return False
        socket.write(request.line())
        answer = b""
        while not answer.endswith(b"\n") and monotonic() < until:
            if socket.bytesAvailable() or socket.waitForReadyRead(PAUSE_MS):
                answer += bytes(socket.readAll().data())
            elif socket.state() != QLocalSocket.LocalSocketState.ConnectedState:
                break
        socket.abort()
        return answer == TAKEN

    @Slot()
    def close(self) -> None:
        """Let another start be the first."""
        self._again.stop()
        if self._waiting:
            self._waiting.blockSignals(True)
            self._waiting.abort()
        if self._server:
            self._server.close()
        if self.lock:
            self.lock.unlock()
