"""Which texts of a window are cut off: what each label, button or field needs beside what it has."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QWidget,
)

from gui.widgets.elided_label import ElidedLabel
from gui.window.pages_area import PagesArea

ROUNDING = 1  # pixels
BEARING = 3  # pixels of a line of text above and below its letters


def texts_of(widget: QWidget) -> str:
    """What stands in a widget that shows one text; '' in any other."""
    match widget:
        case QLabel() | QAbstractButton() | QLineEdit():
            return widget.text()
        case QComboBox():
            return widget.currentText()
    return ""


def needed(widget: QWidget) -> QSize:
    """The pixels that its text needs; 0 wide where it ends in … by design."""
    metrics = widget.fontMetrics()
    match widget:
        case ElidedLabel() | QComboBox():
            return QSize(0, metrics.height())
        case QLabel() if widget.wordWrap():
            return QSize(0, widget.heightForWidth(widget.width()))
        case QLabel() | QAbstractButton():
            lines = texts_of(widget).split("\n")
            width = max(metrics.horizontalAdvance(line.replace("&", "")) for line in lines)
            return QSize(width, metrics.lineSpacing() * (len(lines) - 1) + metrics.height())
    return QSize(metrics.horizontalAdvance(texts_of(widget)), metrics.height())


def clipped_widgets(window: QWidget) -> Iterator[str]:
    """A line for each visible widget that is smaller than its text."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and texts_of(widget):
            wants, has = needed(widget), widget.size()
            if wants.width() > has.width() + ROUNDING or wants.height() > has.height() + ROUNDING:
                sizes = f"needs {wants.width()} x {wants.height()}, has {has.width()} x {has.height()}"
                yield f"{type(widget).__name__} '{texts_of(widget)}' in {type(widget.parentWidget()).__name__}: {sizes}"


def in_sight(widget: QWidget) -> QRect:
    """What of it shows; where the page is wider than the window and scrolls, what shows once it is scrolled there."""
    area = next((each for each in widget.window().findChildren(PagesArea) if each.isAncestorOf(widget)), None)
    if area is None or not area.horizontalScrollBar().maximum():
        return widget.visibleRegion().boundingRect()
    seen, part = widget.rect(), widget
    while part is not area.pages and (around := part.parentWidget()):
        seen = seen.translated(part.pos()) & around.rect()
        part = around
    return seen


def covered_widgets(window: QWidget) -> Iterator[str]:
    """A line for each widget whose text what it lies in cuts off at the left or right, or in a strip at any side."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not texts_of(widget) or isinstance(widget, ElidedLabel):
            continue
        seen = in_sight(widget)
        wants = min(needed(widget).width(), widget.width())
        if not seen.isEmpty() and seen.width() + ROUNDING < wants:
            yield f"{type(widget).__name__} '{texts_of(widget)}': {wants} wide, of which {seen.width()} show"


def clipped_drawings(window: QWidget) -> Iterator[str]:
    """A line for each text of a visible canvas or plot of which a part lies beyond an edge of it."""
    for view in window.findChildren(QGraphicsView):
        scene: QGraphicsScene | None = view.scene()
        if not view.isVisible() or scene is None:
            continue
        whole = view.mapToScene(QRect(0, 0, view.viewport().width(), view.viewport().height())).boundingRect()
        for item in scene.items():
            if not isinstance(item, QGraphicsSimpleTextItem) or not item.isVisible() or not item.text():
                continue
            place = item.sceneBoundingRect()
            letters = place.adjusted(0, BEARING, 0, -BEARING)
            beyond = place.left() < whole.left() - ROUNDING or place.right() > whole.right() + ROUNDING
            halved = any(letters.top() < edge < letters.bottom() for edge in (whole.top(), whole.bottom()))
            if beyond or halved:
                yield f"'{item.text()}' in {view.accessibleName() or type(view.parentWidget()).__name__}"


def cut_off(window: QWidget) -> list[str]:
    """All of these."""
    return [*clipped_widgets(window), *covered_widgets(window), *clipped_drawings(window)]
