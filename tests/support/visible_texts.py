"""Everything that a window tells in words: labels, tooltips, menus, plots, lists, what is read under the mouse."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPointF, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGraphicsView,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from gui.plots.canvas import Canvas
from gui.plots.plot import Plot

ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole,
)  # fmt: skip
OF_WIDGETS = (
    "toolTip", "accessibleName", "accessibleDescription", "windowTitle", "statusTip", "whatsThis", "text", "title",
    "prefix", "suffix", "specialValueText", "placeholderText", "currentText", "format",
)  # fmt: skip
OF_ACTIONS = ("text", "iconText", "toolTip", "statusTip", "whatsThis")
OF_ITEMS = ("toolTip", "text", "toPlainText", "labelText", "labelUnits")
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
        for action in widget.actions():
            yield from _told(action, OF_ACTIONS)


def _told(owner: object, names: tuple[str, ...]) -> Iterator[str]:
    """What these methods or fields of it say, of those that it has."""
    for name in names:
        read = getattr(owner, name, None)
        found = read() if callable(read) else read
        yield found if isinstance(found, str) else ""


def _of_widget(widget: QWidget, step: int) -> Iterator[str]:
    yield from _told(widget, OF_WIDGETS)
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        yield widget.toPlainText()
    if isinstance(widget, QTabBar):
        for index in range(widget.count()):
            yield from (widget.tabText(index), widget.tabToolTip(index), widget.tabWhatsThis(index))
    if isinstance(widget, QComboBox | QAbstractItemView):
        yield from _of_model(widget.model())
    if isinstance(widget, QGraphicsView):
        yield from _of_scene(widget, step)


def _of_model(model: QAbstractItemModel | None, parent: QModelIndex = ROOT) -> Iterator[str]:
    if model is None:
        return
    flat = isinstance(model, QAbstractListModel)  # of which PySide keeps the rest private
    for column in range(1 if flat else model.columnCount(parent)):
        yield from _strings(model.headerData(column, Qt.Orientation.Horizontal, role) for role in ROLES)
        for row in range(model.rowCount(parent)):
            index = model.index(row, column, parent)
            yield from _strings(index.data(role) for role in ROLES)
            yield from _of_model(model, index) if not flat and model.hasChildren(index) else ()


def _strings(found: Iterator[object]) -> Iterator[str]:
    return (each for each in found if isinstance(each, str))


def _of_scene(view: QGraphicsView, step: int) -> Iterator[str]:
    for item in view.scene().items():
        yield from _told(item, OF_ITEMS)
    for plot in view.findChildren(Plot):
        (x0, x1), (y0, y1) = plot.ranges()
        for x in _places(view.width(), step):
            for y in _places(view.height(), step):
                yield plot.read(x0 + x * (x1 - x0), y0 + y * (y1 - y0))
    if isinstance(view, Canvas) and view.read:
        area = view.sceneRect()
        for x in _places(area.width(), step):
            for y in _places(area.height(), step):
                yield view.read(QPointF(area.x() + x * area.width(), area.y() + y * area.height()))


def _places(length: float, step: int) -> Iterator[float]:
    """Shares of a length, so many pixels apart, none of them at an end."""
    count = max(round(length / step), 1)
    return ((place + 0.5) / count for place in range(count))
