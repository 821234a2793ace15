"""What a command prints: results on stdout, complaints and progress on stderr."""

import os
import sys
from contextlib import suppress
from time import perf_counter
from typing import TextIO

from model.base.errors import InputError


def say(text: str) -> None:
    """Print `text` at once; raises BrokenPipeError when nobody reads, InputError when it cannot be."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text.encode(sys.stdout.encoding, "replace").decode(sys.stdout.encoding) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up(sys.stdout)
        raise
    except OSError as error:
        _give_up(sys.stdout)
        raise InputError(f"The output cannot be written: {error.strerror}.") from None


def complain(text: str) -> None:
    """Print `text` to stderr as exactly one line."""
    line = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
    _mutter(f"layerscope: {line}\n")


def program() -> str:
    """What the user typed to start this program."""
    name = os.path.basename(sys.argv[0])  # noqa: PTH119  an argument is not always a path
    return name if name.startswith("layerscope") else "main.py"


class Progress:
    """One line on stderr, rewritten in place on a terminal; elsewhere a new line now and then."""

    def __init__(self, total: int, first: int = 0) -> None:
        self.total = total
        self.first = first
        self.in_place = sys.stderr is not None and sys.stderr.isatty()
        self.shares_terminal = self.in_place and sys.stdout is not None and sys.stdout.isatty()
        self.pause = 0.1 if self.in_place else 5.0
        self.start = perf_counter()
        self.due = self.start + self.pause
        self.width = 0

    def show(self, done: int) -> None:
        """Tell that `done` iterations are over, unless it has been told a moment ago."""
        now = perf_counter()
        if now >= self.due:
            self.due = now + self.pause
            self._write(done, now - self.start)

    def make_room(self) -> None:
        """Take the line away, so that stdout can print to the same terminal."""
        if self.shares_terminal:
            self._clear()

    def end(self, done: int) -> None:
        """Tell how far it came; on a terminal the result that follows says so itself."""
        if self.in_place:
            self._clear()
        else:
            self._write(done, perf_counter() - self.start)

    def _clear(self) -> None:
        if self.width:
            _mutter(f"\r{' ' * self.width}\r")
            self.width = 0

    def text(self, done: int, seconds: float) -> str:
        """What the line says when `done` of all are over after so long."""
        speed = (done - self.first) / max(seconds, 1e-9)
        text = f"{done:,} / {self.total:,} iterations, {speed:,.0f} a second"
        if self.first < done < self.total:
            left = round((self.total - done) / speed)
            text += f", {left // 60}:{left % 60:02d} left"
        return text

    def _write(self, done: int, seconds: float) -> None:
        text = self.text(done, seconds)
        if not self.in_place:
            _mutter(text + "\n")
            return
        with suppress(OSError):
            columns = os.get_terminal_size(sys.stderr.fileno()).columns
            text = text[: columns - 1] if columns else text
        _mutter("\r" + text.ljust(self.width))
        self.width = len(text)


def _mutter(text: str) -> None:
    if sys.stderr is not None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            _give_up(sys.stderr)


def _give_up(stream: TextIO) -> None:
    # What is still in the stream's buffer would fail once more, with a traceback, when Python ends.
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
