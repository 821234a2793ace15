"""Reports of crashes: text files beside the library, of which the last few are kept. Nothing of them is ever sent."""

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from model.base.errors import InputError
from model.base.files import write_whole
from model.base.language import message
from model.base.system_reason import system_reason
from model.base.user_paths import library_path

FOLDER_NAME = "crashes"
KEPT = 5
LONGEST = 100_000  # characters of a traceback
PROMISE = message(
    "Nothing of this has been sent anywhere. Paths and the names of user and machine have been taken out."
)


def crash_folder(library: Path | None = None) -> Path:
    """The folder of the reports beside a library, None for the usual one."""
    return (library or library_path()).parent / FOLDER_NAME


def machine_facts() -> dict[str, str]:
    """What a mistake may depend on: the versions of all that takes part, the system, the size of the machine."""
    import platform

    from model.base.processors import usable_cores
    from model.base.version import version

    facts = {
        "Version": f"Layerscope {version()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "System": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "Machine": f"{usable_cores()} processors, {_memory()}",
    }
    for name in ("PySide6", "pyqtgraph"):  # as far as they are loaded
        if module := sys.modules.get(name):
            facts[name] = str(getattr(module, "__version__", "of unknown version"))
    if "numpy" in sys.modules:
        from model.base.blas import numpy_blas  # a program that dies before NumPy is there does not load it

        facts["NumPy"] = f"{sys.modules['numpy'].__version__}, {numpy_blas().name}"
    return facts


def _memory() -> str:
    with suppress(AttributeError, ValueError, OSError):
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.1f} GiB of memory"
    return "memory unknown"


def facts_text(facts: Mapping[str, str]) -> str:
    """One fact a line."""
    return "\n".join(f"{name + ':':<11}{fact}" for name, fact in facts.items())


class CrashReports:
    """The reports in a folder, which is made with the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(
        self, what: str, where: str, trace: str, facts: str, personal: Iterable[str] = (), when: datetime | None = None
    ) -> Path:
        """Write a report, whole or not at all, and forget the oldest; raises InputError.

        `what` is the mistake in a line, `where` the part of the program that met it.
        """
        from model.base.redaction import redacted

        when = when or datetime.now(UTC)
        middle = "\n[…]\n" if len(trace) > LONGEST else ""
        trace = trace if not middle else trace[: LONGEST // 2] + middle + trace[-LONGEST // 2 :]
        what, where, trace = (redacted(each, personal) for each in (what[:LONGEST], where, trace))
        head = facts_text({"When": f"{when:%Y-%m-%d %H:%M:%S} UTC", "What": what, "Where": where})
        promise = PROMISE.replace(". ", ".\n")
        text = f"Layerscope: report of a crash\n{promise}\n\n{head}\n{facts}\n\n{trace.strip()}\n"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                "'{path}' cannot be written: {reason}.", path=self.folder, reason=system_reason(error)
            ) from None
        path = self.folder / f"crash-{when:%Y%m%d-%H%M%S-%f}.txt"
        write_whole(path, text.encode("utf-8", "replace"))
        for old in self.kept()[KEPT:]:
            self.delete(old)
        return path

    def kept(self) -> list[Path]:
        """All reports, the newest first."""
        with suppress(OSError):
            return sorted(self.folder.glob("crash-*.txt"), reverse=True)
        return []

    def read(self, path: Path) -> str:
        """The text of a report; raises InputError if it cannot be read any more."""
        try:
            return path.read_text("utf-8", "replace")
        except OSError as error:
            raise InputError("The report cannot be read: {reason}.", reason=system_reason(error)) from None

    def delete(self, path: Path) -> None:
        """Remove a report; it may be gone already."""
        with suppress(OSError):
            path.unlink(missing_ok=True)
