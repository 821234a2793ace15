"""The processors that this process may compute on."""

import ctypes
import os
import sys
from contextlib import suppress
from functools import cache


def usable_cores() -> int:
    """Count the CPU cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def present_core() -> int | None:
    """Return the number of the core that this thread is on now; None where the system does not say."""
    return _linux().sched_getcpu() if sys.platform == "linux" else None


def keep_off(core: int, process: int) -> None:
    """Let another process compute on all usable cores but this one; does nothing where that leaves it none."""
    if sys.platform == "linux":
        with suppress(OSError):  # it has ended, or may not be told
            if others := os.sched_getaffinity(0) - {core}:
                os.sched_setaffinity(process, others)


@cache
def _linux() -> ctypes.CDLL:
    return ctypes.CDLL(None)
