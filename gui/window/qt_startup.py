"""Whether Qt can start here, and one line that says why not. Loads Qt only to start it."""

import builtins
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from model.base.console import complain, program
from model.base.errors import InputError
from model.base.user_paths import ROOT

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType
    from PySide6.QtWidgets import QApplication

OFFSCREEN_LIBRARIES = "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0"
WINDOW_LIBRARIES = "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
FROM_PACKAGES = {"PySide6", "shiboken6", "pyqtgraph", "numpy"}
INSTALLER = "'python3 run.py'" if (ROOT / "run.py").is_file() else "'pip install --force-reinstall layerscope'"
EXIT_CODE = 2


def missing_display() -> str:
    """Why no window can be opened here, as one sentence; '' if nothing speaks against it."""
    if not sys.platform.startswith("linux") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    platforms = os.environ.get("QT_QPA_PLATFORM", "xcb").split(";")
    if not all(platform.startswith(("xcb", "wayland")) for platform in platforms if platform):
        return ""
    return f"There is no display to open a window on; {_without_display()}."


def go_offscreen() -> None:
    """Let Qt draw into memory, whatever the environment asks for."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


@contextmanager
def explained_imports() -> Iterator[None]:
    """Turns the failure to load Qt into InputError that says what to install; errors of our own pass.

    PySide6 is imported before what is in the context.
    """
    try:
        _import_pyside()
        yield
    except ImportError as error:
        if isinstance(error, ModuleNotFoundError):
            if (error.name or "").partition(".")[0] not in FROM_PACKAGES:
                raise
            raise InputError(
                "{name} is not installed; {installer} installs it.", name=error.name, installer=INSTALLER
            ) from None
        if not (error.path or "").endswith((".so", ".dylib", ".pyd")):
            raise
        raise InputError("Qt cannot be loaded ({error}); {remedies}.", error=error, remedies=_remedies()) from None


def _import_pyside() -> None:
    # PySide6 puts a function of its own before every later import, which makes them 1.15 times as slow, for the sake of
    # `from __feature__ import`, which is not used here.
    plain = builtins.__import__
    import PySide6  # noqa: F401

    builtins.__import__ = plain


def start_qt(arguments: list[str]) -> "QApplication":
    """The QApplication; where Qt cannot run and would abort, one line and exit code 2 instead."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler, qWarning
    from PySide6.QtWidgets import QApplication

    heard: list[str] = []

    def hear(kind: "QtMsgType", context: "QMessageLogContext", text: str) -> None:
        if kind != QtMsgType.QtFatalMsg:
            heard.append(text)
            return
        reason = (heard[0] if heard else text.partition(".")[0]).strip().rstrip(".")
        complain(f"Qt cannot draw here ({reason}); {_remedies()}.")
        # Once this returns, Qt aborts the process and leaves a core dump.
        os._exit(EXIT_CODE)

    previous = qInstallMessageHandler(hear)
    try:
        application = QApplication(arguments)
    finally:
        qInstallMessageHandler(previous)
    for text in heard:
        qWarning(text)
    return application


@contextmanager
def without_size_hints() -> Iterator[None]:
    """Keeps Qt's offscreen platform from telling the user, at each window, that it has no size hints."""
    from PySide6.QtCore import qInstallMessageHandler

    def hear(kind: "QtMsgType", context: "QMessageLogContext", text: str) -> None:
        if "propagateSizeHints" not in text:
            print(text, file=sys.stderr)

    previous = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(previous)


def _remedies() -> str:
    names, otherwise = OFFSCREEN_LIBRARIES, ""
    if os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        names, otherwise = f"{names} {WINDOW_LIBRARIES}", f"; {_without_display()}"
    return f"if libraries are missing, 'apt install {names}' brings them on Debian or Ubuntu{otherwise}"


def _without_display() -> str:
    return f"'{program()} train' and '{program()} screenshot' need no display"
