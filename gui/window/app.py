"""Opens the window."""

import signal
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer

from gui.style.theme import apply_theme, theme_named
from gui.window.application import make_application
from gui.window.garbage_collection import GarbageCollector
from gui.window.main_window import MainWindow
from gui.window.preferences import preferences_path, read_preferences
from model.base.user_paths import library_path


def make_window(path: Path, library: Path | None = None) -> MainWindow:
    """The window as the settings in `path` left it; it keeps its runs in `library`, or without one until it closes."""
    application = make_application()
    settings, note = read_preferences(path)
    apply_theme(application, theme_named(settings.theme))
    return MainWindow(settings, note, path, library)


def open_window(file: str = "", library: Path | None = None) -> int:
    """Show the window until it is closed; `file` is a saved run or a picture to open. Returns the exit code."""
    application = make_application()
    window = make_window(preferences_path(), library or library_path())

    def show_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        window.status.note(f"Something went wrong in Layerscope itself: {kind.__name__}: {error}")

    sys.excepthook = show_error
    # From the event loop: Python runs the handler in the middle of whatever it does, such as starting a thread.
    signal.signal(signal.SIGINT, lambda *_: QTimer.singleShot(0, window, window.close))
    if file:
        window.files.open(Path(file))
    garbage = GarbageCollector(window.commands.busy, window)
    window.completed.connect(garbage.begin)
    application.aboutToQuit.connect(garbage.end)
    window.show()
    return application.exec()
