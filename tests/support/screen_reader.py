"""What a screen reader is given: names of all that can be used or is drawn, and what is spoken by itself."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from gui.widgets import announcing
from gui.widgets.card import Dot, LineSample, Swatch
from gui.widgets.disclosure_button import Chevron
from gui.widgets.focus_frame import FocusFrame
from gui.widgets.spotlight import Film

USED = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QGraphicsView, QLineEdit,
    QProgressBar, QTextEdit,
)  # fmt: skip
# They say nothing that the text beside them does not say.
ORNAMENTS = (Dot, LineSample, Swatch, Film, Chevron, FocusFrame, QLabel)


def name_of(widget: QWidget) -> str:
    """Its name as a screen reader is given it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def description_of(widget: QWidget) -> str:
    """Its description as a screen reader is given it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def is_drawn(widget: QWidget) -> bool:
    """Whether the program paints it itself."""
    own = any("paintEvent" in vars(kind) for kind in type(widget).__mro__ if kind.__module__.startswith("gui."))
    return own and not isinstance(widget, ORNAMENTS)


def is_part(widget: QWidget) -> bool:
    """Whether it belongs to another widget that has the name: a field of a spin box, a scroll bar."""
    inner = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
    return inner or isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_")


def told_of(widget: QWidget) -> bool:
    """Whether a label beside it is its buddy."""
    return any(each.buddy() is widget for each in widget.window().findChildren(QLabel))


def where(widget: QWidget) -> str:
    """What to look for in the sources."""
    parents = [type(widget).__name__]
    while (parent := widget.parentWidget()) is not None and len(parents) < 4:
        parents.append(type(parent).__name__)
        widget = parent
    return " in ".join(parents)


def nameless(window: QWidget) -> Iterator[str]:
    """A line for each visible widget that is used or drawn and has no name."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or is_part(widget):
            continue
        stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and type(widget) not in (QWidget, QFrame)
        if (isinstance(widget, USED) or is_drawn(widget) or stop) and not _worded(name_of(widget)):
            yield f"no name: {where(widget)}"


def unlabelled(window: QWidget) -> Iterator[str]:
    """A line for each visible list of choices without a label: Qt gives a screen reader its value for its name."""
    for widget in window.findChildren(QComboBox):
        if widget.isVisible() and not told_of(widget):
            yield f"no label: {where(widget)} '{widget.accessibleName() or widget.currentText()}'"


def _worded(name: str) -> bool:
    return any(letter.isalnum() for letter in name)


def nameless_entries(actions: list[QAction]) -> Iterator[str]:
    """A line for each entry of a menu without a text."""
    for action in actions:
        if not action.isSeparator() and not _worded(action.text()):
            yield f"an entry without a name: {action.objectName()}"


class Speech:
    """What has been spoken by itself, in its order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: list[str] = []
        self.polite = True

        def hear(event: QAccessibleAnnouncementEvent) -> None:
            self.texts.append(event.message())
            self.polite &= event.politeness() == QAccessible.AnnouncementPoliteness.Polite

        heard = SimpleNamespace(AnnouncementPoliteness=QAccessible.AnnouncementPoliteness, updateAccessibility=hear)
        monkeypatch.setattr(announcing, "QAccessible", heard)
