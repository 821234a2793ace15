"""What is promised of every place that a window can come to, and where on a walk each promise was first broken."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitterHandle,
    QTextBrowser,
    QWidget,
)

from gui.pages.map.heat_map import HeatMap
from gui.plots.canvas import Canvas
from gui.plots.live_view import LiveView
from gui.style.theme import Theme
from tests.support.drawn_contrast import faint
from tests.support.focus_walk import LEAST_PIXELS, described, focus_difference, stops, unread
from tests.support.screen_reader import nameless, told_of

# What something can be done with by keys; a scroll area only while it scrolls.
USED = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QTextBrowser, QSplitterHandle, HeatMap, Canvas, LiveView,
)  # fmt: skip
FIELDS = (QComboBox, QAbstractSpinBox, QAbstractSlider, QLineEdit, QPlainTextEdit)
# Fields beside which no label stands: what they are is in the field itself, or in the question above.
UNLABELLED = {"Filter the runs", "Lowest value across", "Lowest value upward", "Where the accuracy ends"}


def idle(found: Iterable[QWidget]) -> Iterator[str]:
    """Stops of Tab where nothing can be done."""
    for stop in found:
        scrolls = isinstance(stop, QScrollArea) and any(
            bar.maximum() for bar in (stop.horizontalScrollBar(), stop.verticalScrollBar())
        )
        if not scrolls and not isinstance(stop, USED):
            yield described(stop)


def unlabelled_fields(top: QWidget) -> Iterator[str]:
    """Fields that no label has for its buddy."""
    for kind in FIELDS:
        for field in top.findChildren(kind):
            takes = field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.focusProxy() is None
            if takes and field.isVisible() and not told_of(field) and field.accessibleName() not in UNLABELLED:
                yield described(field)


class PlaceChecks:
    """Looks at one place after the other; `found` has what is strange there and the place, by promise."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.found: dict[str, dict[str, str]] = {}
        self.stops: set[tuple[QWidget, str]] = set()

    def look(self, place: str, top: QWidget) -> None:
        """Look at a window; Tab goes through it last, as that changes what it shows."""
        self._keep(place, "all that is drawn stands out", faint(self.theme, top))
        self._keep(place, "all that is used or drawn has a name", nameless(top))
        self._keep(place, "the label of every row is the buddy of its field", unlabelled_fields(top))
        found = stops(top)
        self._keep(place, "Tab follows the eye", unread(found))
        self._keep(place, "Tab stops only where something can be done", idle(found))
        self._keep(place, "the focus is seen on every stop of Tab", self._unseen(found))

    def _keep(self, place: str, promise: str, strange: Iterable[str]) -> None:
        kept = self.found.setdefault(promise, {})
        for each in strange:
            kept.setdefault(each, place)

    def _unseen(self, found: Iterable[QWidget]) -> Iterator[str]:
        for stop in found:
            if (stop, described(stop)) not in self.stops:
                self.stops.add((stop, described(stop)))
                pixels = focus_difference(stop)
                if pixels < LEAST_PIXELS:
                    yield f"{described(stop)} changes {pixels} pixels"
