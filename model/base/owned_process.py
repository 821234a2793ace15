"""Processes that belong to another one, which hears the same signals and ends them when it has saved what they did."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.resource_tracker import ensure_running
from types import FrameType

from model.base.ending import ENDING

GRACE_SECONDS = 5  # that a process goes on after SIGTERM: its owner ends it, if that has been asked to end too


@contextmanager
def ending_held_back() -> Iterator[None]:
    """Context in which none of ENDING reaches this thread, nor a process that it starts before that can take it.

    Such a process would end at once, and print the traceback of its start after Ctrl-C.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    ensure_running()  # the resource tracker, which a terminal that is closed must not end; its start undoes the mask
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_ending_to_owner() -> None:
    """Go on after Ctrl-C and when the terminal is closed, and for GRACE_SECONDS after SIGTERM.

    A log-out sends SIGTERM to all processes at once. The owner is asked too, and closes its pipe to this process.
    """
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "alarm"):  # what a task manager sends to this process alone is obeyed a little later
        signal.signal(signal.SIGTERM, _end_soon)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def _end_soon(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(GRACE_SECONDS)
