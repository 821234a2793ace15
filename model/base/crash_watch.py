"""Watches for mistakes of the program itself, wherever they surface, and has each reported."""

import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from model.base.crash_reports import CrashReports, facts_text, machine_facts
from model.base.errors import InputError
from model.base.fault_file import FaultFile
from model.base.language import english

MOST_REPORTS = 3  # of one process: what goes wrong 30 times a second would push out all others
NO_MISTAKES = (KeyboardInterrupt, SystemExit, GeneratorExit)
MAIN, OF_QT, ENDED = "the main thread", "a thread of Qt", "the main thread, and ended the program"


class CrashWatch:
    """Context in which each exception that nobody handles is reported in `folder`, once, and printed as ever.

    That is in the main thread and in slots, in other threads, in destructors, and one that leaves the context itself;
    InputError there says what the user can correct, and is none. Crashes of the process are written down too, if
    `hard`; see FaultFile. `tell` is given each exception; `personal` tells what has to stay out of a report, which is
    in English.
    """

    def __init__(self, folder: Path, *, hard: bool = True) -> None:
        self.reports = CrashReports(folder)
        self.fault = FaultFile(folder) if hard or folder.is_dir() else None
        self.tell: Callable[[BaseException], object] = lambda error: None
        self.personal: Callable[[], Iterable[str]] = tuple
        self.facts: Callable[[], dict[str, str]] = dict
        self._reported: set[str] = set()
        self._reporting = threading.Lock()

    def __enter__(self) -> Self:
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._in_main
        threading.excepthook = self._in_thread
        sys.unraisablehook = self._unraisable
        if self.fault:
            self.fault.begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(
            error, (InputError, BrokenPipeError, MemoryError, ImportError)
        ):
            self.report(error, ENDED)
        if self.fault:
            self.fault.end()
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def describe(self) -> None:
        """Note what a report of a hard crash has to tell of this machine."""
        if self.fault:
            self.fault.describe(self._facts())

    def report(self, error: BaseException, where: str = MAIN, trace: TracebackType | None = None) -> Path | None:
        """Write a report, unless there is one of the same mistake, or of too many; never raises."""
        if isinstance(error, NO_MISTAKES) or not self._reporting.acquire(blocking=False):
            return None
        try:
            import traceback

            trace = trace or error.__traceback__
            place = traceback.extract_tb(trace)[-1:]
            mistake = f"{type(error).__name__} {place and (place[0].filename, place[0].lineno)}"
            if mistake in self._reported or len(self._reported) >= MOST_REPORTS:
                return None
            self._reported.add(mistake)
            with english():
                text = "".join(traceback.format_exception(type(error), error, trace))
                what = "".join(traceback.format_exception_only(error)).strip().partition("\n")[0]
                return self.reports.write(what, where, text, self._facts(), self.personal())
        except Exception:  # there is nobody left to tell
            return None
        finally:
            self._reporting.release()

    def _facts(self) -> str:
        return facts_text({**machine_facts(), **self.facts()})

    def _in_main(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        with english():
            sys.__excepthook__(kind, error, trace)
        own = threading.current_thread() is threading.main_thread()
        self.report(error, MAIN if own else OF_QT, trace)
        self._tell(error)

    def _in_thread(self, mistake: threading.ExceptHookArgs) -> None:
        with english():
            self._before[1](mistake)
        if mistake.exc_value:
            name = mistake.thread.name if mistake.thread else "unknown"
            self.report(mistake.exc_value, f"the thread '{name}'", mistake.exc_traceback)
            self._tell(mistake.exc_value)

    def _unraisable(self, mistake: Any) -> None:
        with english():
            self._before[2](mistake)
        if mistake.exc_value:
            self.report(
                mistake.exc_value, "code that Python calls by itself, such as a destructor", mistake.exc_traceback
            )

    def _tell(self, error: BaseException) -> None:
        if not isinstance(error, NO_MISTAKES):
            self.tell(error)
