"""What Esc ends where it could end several things."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QShortcut


class Escape(NamedTuple):
    """A key that is enabled while there is something to end, and what ends it."""

    key: QShortcut
    end: Callable[[], object]


class EscapeOrder(QObject):
    """Of several that Esc could end at once it ends the first of `escapes` alone."""

    def __init__(self, escapes: Sequence[Escape], parent: QObject) -> None:
        super().__init__(parent)
        self.escapes = escapes
        for escape in escapes:  # Qt calls none of several by itself
            escape.key.activatedAmbiguously.connect(self.end_first)

    @Slot()
    def end_first(self) -> None:
        """End the first that there is to end."""
        if found := next((escape for escape in self.escapes if escape.key.isEnabled()), None):
            found.end()
