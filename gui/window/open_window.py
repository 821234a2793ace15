"""Opens the window."""

import signal
import sys
from functools import partial
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gui.style.text_size import allowed, set_factor
from gui.style.theme import apply_theme, palette, theme_named
from gui.window.application import make_application
from gui.window.main_window import MainWindow
from gui.window.preferences import preferences_path, read_preferences
from model.base.user_paths import library_path

if TYPE_CHECKING:
    from model.cli.open_lesson import OpenLesson

READING_AHEAD_AFTER_MS, UNPACKING_AFTER_MS = 500, 5_000


def make_window(path: Path, library: Path | None = None) -> MainWindow:
    """The window as the settings in `path` left it; it keeps its runs in `library`, or without one until it closes.

    It is an empty frame until it has been painted, and is filled then.
    """
    application = make_application()
    settings, note = read_preferences(path)
    application.setPalette(palette(theme_named(settings.theme)))
    set_factor(allowed(settings.text))
    window = MainWindow(settings, note, path, library)
    window.framed.connect(partial(_fill, window, application))
    return window


def _fill(window: MainWindow, application: QApplication) -> None:
    from gui.window.heap import use_one_heap
    from model.data.datasets import read_ahead

    use_one_heap()
    read_ahead()
    from gui.window.garbage_collection import GarbageCollector

    window.build()
    # Under a style sheet, each widget that joins another is dressed anew with all that it holds.
    apply_theme(application, window.content.appearance.theme)
    garbage = GarbageCollector(window.content.commands.busy, window)
    window.completed.connect(garbage.begin)
    # Not while the first pictures are drawn; until its process is ready, a thread evaluates.
    window.completed.connect(partial(QTimer.singleShot, READING_AHEAD_AFTER_MS, window.content.read_ahead))
    window.closed.connect(garbage.end)


def open_window(file: str = "", library: Path | None = None, lesson: "OpenLesson | None" = None) -> int:
    """Show the window until it is closed; `file` is a run, a picture or a data set to open. Returns the exit code.

    Whoever has no settings yet is asked to begin with the first lesson.
    """
    first = not (file or lesson or preferences_path().exists())
    application = make_application()
    window = make_window(preferences_path(), library or library_path())

    def show_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if window.filled:
            window.content.status.note(f"Something went wrong in Layerscope itself: {kind.__name__}: {error}")

    sys.excepthook = show_error
    # From the event loop: Python runs the handler in the middle of whatever it does, such as starting a thread.
    signal.signal(signal.SIGINT, lambda *_: QTimer.singleShot(0, window, window.close))
    # Not beside the first pictures, which wait for MNIST themselves.
    window.completed.connect(partial(QTimer.singleShot, UNPACKING_AFTER_MS, _unpack_mnist))
    if file:
        window.framed.connect(lambda: window.drops.take(Path(file).absolute()))
    if lesson:
        window.completed.connect(lambda: window.content.lessons.open_lesson(lesson.which, lesson.step, lesson.folder))
    elif first:
        window.completed.connect(lambda: window.content.lessons.welcome())  # noqa: PLW0108  no content yet
    window.show()
    return application.exec()


def _unpack_mnist() -> None:
    from model.data.unpacked_mnist import unpack_mnist

    Thread(target=unpack_mnist, name="unpack-mnist").start()
