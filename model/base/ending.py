"""Requests to end, by signals: Ctrl-C, a log-out or a task manager, a terminal that is closed."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Self

# Windows has no SIGHUP, and all others no SIGBREAK, which is Ctrl-Break there and the closing of a console.
ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)  # fmt: skip
DEFAULTS = (signal.SIG_DFL, signal.default_int_handler)


class EndRequested(KeyboardInterrupt):
    """Raised in the main thread by one of ENDING, as Python raises KeyboardInterrupt for Ctrl-C."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__(number)
        self.number = number


def exit_code(error: KeyboardInterrupt) -> int:
    """The exit code after a signal, as shells count: 128 + its number; 130 after Ctrl-C."""
    return 128 + (error.number if isinstance(error, EndRequested) else signal.SIGINT)


def _raise(number: int, frame: FrameType | None) -> None:
    raise EndRequested(number)


@contextmanager
def ending_raised() -> Iterator[None]:
    """Context in which all of ENDING are exceptions, so that what is half written is removed; not in other threads.

    Signals that are ignored, as in the background of a script or after nohup, stay so.
    """
    taken = [number for number in ENDING if number != signal.SIGINT and signal.getsignal(number) is signal.SIG_DFL]
    with suppress(ValueError):  # outside of the main thread
        for number in taken:
            signal.signal(number, _raise)
    try:
        yield
    finally:
        for number in taken:
            if signal.getsignal(number) is _raise:
                signal.signal(number, signal.SIG_DFL)


class Interruption:
    """Context that turns the first of ENDING into the flag `wished`; Ctrl-C after that raises EndRequested.

    Callers read the flag between two iterations, so that no output is cut. A log-out sends two signals at once, of
    which the second must not cut short what the first has begun.
    """

    def __init__(self) -> None:
        self.wished = False
        self.number: int = signal.SIGINT
        # In the background of a script Ctrl-C is ignored, and stays so.
        self.listens = [number for number in ENDING if signal.getsignal(number) in (*DEFAULTS, _raise)]

    def __enter__(self) -> Self:
        self._before = [(number, signal.signal(number, self._wish)) for number in self.listens]
        return self

    def __exit__(self, *reason: object) -> None:
        for number, handler in self._before:
            signal.signal(number, handler)

    @property
    def request(self) -> EndRequested:
        """What was wished, as an exception."""
        return EndRequested(self.number)

    @property
    def code(self) -> int:
        """The exit code of a command that was ended by it."""
        return exit_code(self.request)

    def _wish(self, number: int, frame: FrameType | None) -> None:
        if self.wished:
            if number == signal.SIGINT:
                raise EndRequested(number)
            return
        self.wished, self.number = True, number
