"""Everything that a window tells in words: labels, tooltips, menus, plots, lists, what is read under the mouse."""

from collections.abc import Iterator
from inspect import signature

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGraphicsView,
    QMenu,
    QTextEdit,
    QWidget,
)

from gui.widgets.card import Card

ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
ROOT = QModelIndex()
STEP = 23  # pixels between two places under the mouse


def visible_texts(*, but: QWidget | None = None, step: int = STEP) -> set[str]:
    """All texts of all windows, also of menus that are not open; not those within `but`.

    What is read under the mouse is read every `step` pixels.
    """
    return {text for text in _texts(but, step) if text}


def _texts(but: QWidget | None, step: int) -> Iterator[str]:
    for widget in QApplication.allWidgets():
        apart = but is not None and (widget is but or but.isAncestorOf(widget))
        if isinstance(widget, QMenu):
            widget.aboutToShow.emit()  # some are filled only then
        elif apart or not widget.isVisible():
            continue
        yield from _of_widget(widget, step)
        yield from (text for action in widget.actions() for text in _of_action(action))


def _of_widget(widget: QWidget, step: int) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
    yield from (widget.statusTip(), widget.whatsThis())
    for name in ("text", "title", "prefix", "suffix", "placeholderText", "currentText", "suffix"):
        read = getattr(widget, name, None)
        if callable(read):
            found = read()
            yield found if isinstance(found, str) else ""
    if isinstance(widget, QTextEdit):
        yield widget.toPlainText()
    if isinstance(widget, QComboBox | QAbstractItemView):
        yield from _of_model(widget.model())
    if isinstance(widget, QGraphicsView):
        yield from _of_scene(widget)
    if isinstance(widget, Card):
        yield from _read_under_mouse(widget, step)


def _of_action(action: QAction) -> Iterator[str]:
    yield from (action.text(), action.toolTip(), action.statusTip(), action.whatsThis())


def _of_model(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    for row in range(model.rowCount(ROOT)):
        for role in ROLES:
            found = model.index(row, 0).data(role)
            yield found if isinstance(found, str) else ""


def _of_scene(view: QGraphicsView) -> Iterator[str]:
    for item in view.scene().items():
        yield item.toolTip()
        for name in ("text", "toPlainText", "labelText"):
            read = getattr(item, name, None)
            found = read() if callable(read) else read
            yield found if isinstance(found, str) else ""


def _read_under_mouse(card: Card, step: int) -> Iterator[str]:
    """What is read at places all over a card, where it can be read."""
    for part in (card, *card.findChildren(QWidget)):
        read = getattr(part, "read", None)
        if not callable(read) or not part.isVisible():
            continue
        wanted = [each.annotation for each in signature(read).parameters.values()]
        if wanted == [QPointF]:
            for x in range(0, part.width(), step):
                for y in range(0, part.height(), step):
                    yield read(QPointF(x, y))
