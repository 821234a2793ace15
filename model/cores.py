"""How many processors there are to work on."""

import os
import sys

MOST = 60 if sys.platform == "win32" else 256  # Windows waits for no more processes at once


def cores() -> int:
    """The processors that this process may use."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST)
