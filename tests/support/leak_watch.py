"""A watch over threads and timers, so that no test of the window leaves one behind."""

import sys
from pathlib import Path
from threading import enumerate as living_threads

import pytest
import shiboken6
from PySide6.QtCore import QThread, QTimer


class LeakWatch:
    """Remembers every QThread and QTimer that Python starts, and where."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.started: list[tuple[QThread | QTimer, str]] = []
        for kind in (QThread, QTimer):
            original = kind.start

            def start(each: QThread | QTimer, *arguments: object, original: object = original) -> None:
                caller = sys._getframe(1)
                place = f"{Path(caller.f_code.co_filename).name}:{caller.f_lineno}"
                self.started.append((each, f"{type(each).__name__} started in {place}"))
                original(each, *arguments)  # type: ignore[operator]  # one of two methods of the same shape

            patch.setattr(kind, "start", start)

    def left_behind(self) -> list[str]:
        """What is still going on."""
        found = [place for each, place in self.started if shiboken6.isValid(each) and _busy(each)]
        return found + [f"thread '{t.name}'" for t in living_threads() if t.name.startswith("evaluation")]


def _busy(each: QThread | QTimer) -> bool:
    return each.isRunning() if isinstance(each, QThread) else each.isActive()
