"""Layerscope: the window, or with a command training, pictures and tables without a display."""

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from model.cli.command import ParsedCommand
    from model.cli.open_lesson import OpenLesson

# Installed, this file is a package's __init__.py, and gui/ and model/ lie beside it.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  pathlib costs 10 ms here

# OpenBLAS with two threads beside a window that draws spins instead of computing: 71 steps/s instead of 537.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(variable, "1")


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments ask for; 2 for bad input, 141 when nobody reads the output, 128 + the number of a signal.

    That is 130 after Ctrl-C, 143 after SIGTERM. A window that a signal has closed has ended as it should: 0.
    """
    from model.base.console import complain
    from model.base.ending import ending_raised, exit_code
    from model.base.errors import InputError
    from model.base.language import english

    try:
        with ending_raised():
            return _run(sys.argv[1:] if arguments is None else arguments)
    except InputError as error:
        with english():
            complain(str(error))
        return 2
    except MemoryError:
        complain("There is not enough memory for this run; smaller layers or a smaller batch need less.")
        return 2
    except KeyboardInterrupt as error:
        complain("Interrupted.")
        return exit_code(error)
    except BrokenPipeError:
        return 141


def _run(arguments: list[str]) -> int:
    if not arguments:
        return _open("", None)
    collects = gc.isenabled()  # not beside a window
    gc.disable()  # what is imported is no garbage, and Python would look through all of it again and again
    from model.base.crash_reports import crash_folder
    from model.base.crash_watch import CrashWatch
    from model.cli.command import HeadlessCommand
    from model.cli.main_parser import parse

    with CrashWatch(crash_folder(), hard=False):
        try:
            task = parse(arguments)
        finally:
            if collects:
                gc.freeze()
                gc.enable()
        return task.run() if isinstance(task, HeadlessCommand) else _run_with_qt(task)


def _run_with_qt(task: "ParsedCommand") -> int:
    from model.cli.compare import Compare
    from model.cli.open_lesson import OpenLesson
    from model.cli.open_window import Open
    from model.cli.screenshot import Screenshot

    match task:
        case Open(file, library):
            return _open(file, library)
        case OpenLesson() as lesson:
            return _open("", lesson.library, lesson)
        case Screenshot(out, config, picture, iterations):
            from gui.window.qt_startup import explained_imports, go_offscreen

            go_offscreen()
            with explained_imports():
                from gui.window.screenshot import take_screenshot

                take_screenshot(out, config, picture, iterations)
        case Compare() as comparison:
            from gui.window.qt_startup import explained_imports, go_offscreen

            go_offscreen()
            with explained_imports():
                from gui.window.comparison_picture import draw_comparison

                draw_comparison(comparison)
    return 0


def _open(file: str, library: "Path | None", lesson: "OpenLesson | None" = None) -> int:
    from gui.window.end_signals import EndSignals
    from gui.window.qt_startup import explained_imports, missing_display
    from model.base.errors import InputError

    if message := missing_display():
        raise InputError(message)
    gc.disable()  # as above; the window collects by itself
    ends = EndSignals()  # before Qt is there, which takes a while
    try:
        with explained_imports():
            from gui.window.open_window import open_window

            return open_window(file, library, lesson, ends)
    finally:
        ends.close()


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # a standalone build starts itself for its worker processes
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
