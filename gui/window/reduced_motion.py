"""Whether the system asks for reduced motion; Qt says so only from 6.12 on (QAccessibilityHints.motionPreference)."""

import ctypes
import re
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QStandardPaths, Signal, Slot

# https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-systemparametersinfow
SPI_GETCLIENTAREAANIMATION = 0x1042
# What is asked on each system, and what it then says. The first is GNOME's and all desktops' that follow it.
ASKED = {
    "linux": ("gsettings", ["get", "org.gnome.desktop.interface", "enable-animations"], "false"),
    "darwin": ("defaults", ["read", "com.apple.universalaccess", "reduceMotion"], "1"),
}
# Of KDE and of GTK without GNOME: files in the user's configuration.
KEPT = {
    "kdeglobals": re.compile(r"^AnimationDurationFactor\s*=\s*0(\.0*)?\s*$", re.MULTILINE),
    "gtk-4.0/settings.ini": re.compile(r"^gtk-enable-animations\s*=\s*(0|false)\s*$", re.MULTILINE | re.IGNORECASE),
    "gtk-3.0/settings.ini": re.compile(r"^gtk-enable-animations\s*=\s*(0|false)\s*$", re.MULTILINE | re.IGNORECASE),
}


def kept_in(folder: Path) -> bool:
    """Whether a file in a configuration folder turns animations off."""
    for name, wanted in KEPT.items():
        try:
            if wanted.search((folder / name).read_text("utf-8", "replace")):
                return True
        except OSError:
            continue
    return False


def _windows_reduces() -> bool:
    animated = ctypes.c_int(1)
    ask = ctypes.windll.user32.SystemParametersInfoW  # type: ignore[attr-defined,unused-ignore]  # on Windows alone
    return bool(ask(SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animated), 0)) and not animated.value


class ReducedMotion(QObject):
    """Asks the system without waiting for it; `found` tells that it wants less motion, and else nothing comes."""

    found = Signal()

    def __init__(self, parent: QObject, platform: str = sys.platform) -> None:
        super().__init__(parent)
        self.platform = platform
        self._process: QProcess | None = None

    def ask(self) -> None:
        """Ask now."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
        if (self.platform == "win32" and _windows_reduces()) or (self.platform == "linux" and kept_in(Path(folder))):
            self.found.emit()
        elif self.platform in ASKED:
            program, arguments, _ = ASKED[self.platform]
            if path := QStandardPaths.findExecutable(program):
                self._process = QProcess(self)
                self._process.finished.connect(self._read)
                self._process.start(path, arguments)

    @Slot()
    def _read(self) -> None:
        assert self._process
        said = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace").strip()
        if said == ASKED[self.platform][2]:
            self.found.emit()

    def stop(self) -> None:
        """Wait for no answer any more."""
        if self._process and self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(1_000)
