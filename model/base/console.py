"""Output of commands: results on stdout, error messages and progress on stderr."""

import os
import sys
from contextlib import suppress
from time import perf_counter
from typing import TextIO

from model.base.errors import InputError
from model.base.system_reason import system_reason
from model.base.user_paths import ROOT


def say(text: str) -> None:
    """Print `text` to stdout and flush.

    Raises BrokenPipeError when the reader has gone, InputError for any other failure.
    """
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
        raise InputError("The output cannot be written: {reason}.", reason=system_reason(error)) from None


def complain(text: str) -> None:
    """Print `text` to stderr as exactly one line; unprintable characters are escaped."""
    line = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
    _mutter(f"layerscope: {line}\n")


def program() -> str:
    """Name by which the user started this program, for usage texts."""
    name = os.path.basename(sys.argv[0])  # noqa: PTH119  an argument is not always a path
    if name == "__main__.py" and not (ROOT / "main.py").is_file():
        return "python3 -m layerscope"
    return name if name.startswith("layerscope") else "main.py"


class Progress:
    """Progress line on stderr: rewritten in place on a terminal, elsewhere a new line every 5 s.

    `total` and `first` are iterations; `first` is where the run begins, so that it does not count as speed.
    """

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
        """Write the line for `done` iterations, at most every 0.1 s on a terminal and every 5 s elsewhere."""
        now = perf_counter()
        if now >= self.due:
            self.due = now + self.pause
            self._write(done, now - self.start)

    def make_room(self) -> None:
        """Clear the line before stdout prints to the same terminal."""
        if self.shares_terminal:
            self.clear()

    def end(self, done: int) -> None:
        """Write the last line; on a terminal clear it, because the result that follows says the same."""
        if self.in_place:
            self.clear()
        else:
            self._write(done, perf_counter() - self.start)

    def clear(self) -> None:
        """Clear the line before something else is written to stderr."""
        if self.width:
            _mutter(f"\r{' ' * self.width}\r")
            self.width = 0

    def text(self, done: int, seconds: float) -> str:
        """Format the line for `done` iterations after `seconds`."""
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
