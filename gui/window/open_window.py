"""Opens the window."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout

from gui.style.text_size import allowed, set_factor
from gui.style.theme import apply_theme, palette
from gui.window.application import make_application
from gui.window.end_signals import EndSignals
from gui.window.main_window import MainWindow
from gui.window.meeting import Meeting
from gui.window.preferences import preferences_path, read_preferences
from gui.window.session_end import SessionEnd
from gui.window.start_request import StartRequest
from gui.window.window_frame import theme_to_begin_with
from model.base.crash_reports import crash_folder
from model.base.crash_watch import CrashWatch
from model.base.fault_file import take_faults
from model.base.user_paths import library_path

if TYPE_CHECKING:
    from model.cli.open_lesson import OpenLesson

FAILED = 1  # exit code of a window that could not be made
LOOKING_BACK_AFTER_MS = 700
SAVING_SECONDS = 5.0  # a session manager waits about so long for its programs
READING_AHEAD_AFTER_MS, UNPACKING_AFTER_MS = 500, 5_000


def make_window(
    path: Path, library: Path | None = None, prepare: Callable[[MainWindow], object] = lambda window: None
) -> MainWindow:
    """The window as the settings in `path` left it; it keeps its runs in `library`, or without one until it closes.

    It is an empty frame until it has been painted; `prepare` is called before it is filled then.
    """
    application = make_application()
    settings, note = read_preferences(path)
    application.setPalette(palette(theme_to_begin_with(settings.theme)))
    set_factor(allowed(settings.text))
    window = MainWindow(settings, note, path, library)
    window.framed.connect(partial(_fill, window, application, prepare))
    return window


def _fill(window: MainWindow, application: QApplication, prepare: Callable[[MainWindow], object]) -> None:
    prepare(window)
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


def open_window(
    file: str = "", library: Path | None = None, lesson: "OpenLesson | None" = None, ends: EndSignals | None = None
) -> int:
    """Show the window until it is closed; `file` is a run, a picture or a data set to open. Returns the exit code.

    Where a window is open already with this library, that is shown instead, if the user has so chosen. `ends` has been
    hearing signals since the program began. Whoever has no settings yet is asked to begin with the first lesson.
    """
    ends, place = ends or EndSignals(), library or library_path()
    try:
        with CrashWatch(crash_folder(place)) as watch:
            start = _Start(file, place, lesson, ends, watch)
            code = start.run()
        if start.hangs:
            os._exit(FAILED)  # all is saved; Python would wait for what could not be ended, and Qt abort
        return code
    finally:
        ends.close()


class _Start:
    """One start of the window."""

    def __init__(
        self, file: str, library: Path, lesson: "OpenLesson | None", ends: EndSignals, watch: CrashWatch
    ) -> None:
        self.file, self.library, self.lesson, self.ends, self.watch = file, library, lesson, ends, watch
        self.failed = self.hangs = False

    def run(self) -> int:
        first = not (self.file or self.lesson or preferences_path().exists())
        token = os.environ.pop("XDG_ACTIVATION_TOKEN", "")
        self.application = make_application()
        self.meeting = Meeting(self.library)
        chosen = note = ""
        if not self.meeting.first:
            from gui.window.second_start import second_start

            request = StartRequest.of(self.file, self.lesson, token)
            opens, chosen, note = second_start(self.meeting, request, self.ends, self.application)
            if not opens:
                return 0
        window = self.window = make_window(preferences_path(), self.library, self._add_commands)
        window.note = window.note or note
        window.preferences.second_start = chosen or window.preferences.second_start
        session = SessionEnd(window, self._save, self.library)
        window.closed.connect(session.quit)
        self.ends.tell(session.end, window)
        self._connect(window)
        if first:
            window.completed.connect(lambda: window.content.lessons.welcome())  # noqa: PLW0108  no content yet
        if self.ends.heard:  # there is nothing to save yet
            self.meeting.close()
            return 0
        window.show()
        code = self.application.exec()
        self.hangs = window.failed
        return FAILED if self.failed else code

    def _connect(self, window: MainWindow) -> None:
        self.watch.tell, self.watch.personal, self.watch.facts = self._tell, self._personal, self._facts
        self.meeting.requested.connect(self._take)
        window.closed.connect(self.meeting.close)
        window.completed.connect(self.meeting.begin)
        # Not beside the first pictures, which wait for MNIST themselves.
        window.completed.connect(partial(QTimer.singleShot, UNPACKING_AFTER_MS, _unpack_mnist))
        window.completed.connect(partial(QTimer.singleShot, LOOKING_BACK_AFTER_MS, window, self._look_back))
        if self.file:
            window.framed.connect(lambda: window.drops.take(Path(self.file).absolute()))
        if lesson := self.lesson:
            window.completed.connect(
                lambda: window.content.lessons.open_lesson(lesson.which, lesson.step, lesson.folder)
            )

    def _add_commands(self, window: MainWindow) -> None:
        from gui.window.crash_commands import CrashCommands
        from gui.window.second_start import SecondStartCommands

        self.crashes = CrashCommands(self.watch.reports, window.preferences, window)
        self.second = SecondStartCommands(window, window.preferences, window.keep_preferences)
        window.entries += [*self.second.commands(), *self.crashes.commands()]

    def _take(self, request: StartRequest) -> None:
        """Do what a second start was asked for."""
        self.second.take(request)
        content = self.window.content
        if request.file:
            self.window.drops.take(Path(request.file))
        if request.lesson:
            folder = Path(request.folder) if request.folder else None
            content.lessons.open_lesson(request.lesson, request.step, folder)

    def _look_back(self) -> None:
        """Offer the report of a crash that is new."""
        if self.window.ended:
            return
        self.watch.describe()
        take_faults(self.watch.reports)
        if bar := self.crashes.bar_for_new():
            column = self.window.content.layout()
            assert isinstance(column, QVBoxLayout)
            column.insertWidget(column.count() - 1, bar)

    def _save(self) -> None:
        """Write the settings, and all runs as far as they are."""
        self.window.keep_preferences()
        if self.window.filled and not self.window.ended:
            saved = Event()
            self.window.content.registry.autosaver.ask(lambda library: None, lambda _: saved.set())
            saved.wait(SAVING_SECONDS)

    def _tell(self, error: BaseException) -> None:
        """Say that the program has made a mistake; called in any thread. Without its parts a window cannot go on."""
        if self.window.filled:
            text = f"Something went wrong in Layerscope itself: {type(error).__name__}: {error}"
            self.window.content.registry.client.tell(text)
        else:
            self.failed = True
            QTimer.singleShot(0, self.window, self.window.close)

    def _personal(self) -> list[str]:
        config = self.window.content.panel.config if self.window.filled else None
        return [str(self.library), str(self.window.path), *([config.data] if config and config.data else [])]

    def _facts(self) -> dict[str, str]:
        screen = self.window.screen()
        size = f"{screen.size().width()} x {screen.size().height()} at {screen.devicePixelRatio():g}"
        return {"Display": f"{QGuiApplication.platformName()}, {size}"}


def _unpack_mnist() -> None:
    from model.data.unpacked_mnist import unpack_mnist

    Thread(target=unpack_mnist, name="unpack-mnist").start()
