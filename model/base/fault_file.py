"""What Python writes when the process itself is about to die (a segmentation fault, an abort), and who reads it then.

The process cannot make a report any more. It leaves the stacks of its threads in a file, from which the next start of
the program makes one.
"""

import faulthandler
import os
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from model.base.crash_reports import CrashReports, facts_text, machine_facts
from model.base.errors import InputError

FATAL = "Fatal Python error: "
_DUMP = re.compile(r"^(?:Fatal Python error: |Windows fatal exception: )(?P<what>[^\n]*)", re.MULTILINE)
LONGEST = 1_000_000  # bytes that are read of one


class FaultFile:
    """The file of this process in `folder`, there from `begin` to `end`; without a folder to write to there is none."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f".running-{os.getpid()}-{os.urandom(4).hex()}.fault"
        self._file: IO[bytes] | None = None

    def begin(self) -> None:
        """Have a crash of the process written down, unless somebody has that done elsewhere (`-X faulthandler`)."""
        if self._file or faulthandler.is_enabled():
            return
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("ab", buffering=0)
            _lock(self._file)
            faulthandler.enable(self._file)

    def describe(self, facts: str) -> None:
        """Note what the report has to tell of the machine, which cannot be asked for any more when it crashes."""
        if self._file:
            with suppress(OSError):
                self._file.write(f"{facts}\n\n".encode("utf-8", "replace"))

    def end(self) -> None:
        """The process ends as it should."""
        if self._file:
            faulthandler.disable()
            with suppress(OSError):
                self._file.close()
                self.path.unlink(missing_ok=True)
            self._file = None


def take_faults(reports: CrashReports) -> list[Path]:
    """Make a report of each file that a process has left that is no more; returns the reports."""
    made = []
    with suppress(OSError):
        for path in sorted(reports.folder.glob(".running-*.fault")):
            with suppress(OSError, InputError):
                if (text := _left_behind(path)) is not None:
                    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                    if found := _DUMP.search(text):
                        facts = text[: found.start()].strip() or facts_text(machine_facts())
                        where = (
                            "the program itself, which ended there; below are the threads' stacks, newest call first"
                        )
                        made.append(reports.write(found["what"], where, text[found.start() :], facts, when=when))
                    path.unlink()
    return made


def _left_behind(path: Path) -> str | None:
    """What is in the file of a process that is no more; None while its process lives."""
    if sys.platform == "win32":
        path.replace(path)  # raises OSError while it is open
        with path.open("rb") as file:
            return file.read(LONGEST).decode("utf-8", "replace")
    with path.open("rb") as file:
        return file.read(LONGEST).decode("utf-8", "replace") if _lock(file) else None


def _lock(file: IO[bytes]) -> bool:
    """Lock a file for as long as it is open, however the process ends; False if another process has."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
