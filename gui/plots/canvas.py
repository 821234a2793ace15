"""A canvas of texts, bars and lines in pixel coordinates, painted by Qt without calls into Python."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHideEvent, QMouseEvent, QPainter, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import (
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
)

from gui.plots.whole_steps import WholeSteps, whole_rows
from gui.style.text_size import factor, follow
from gui.style.theme import Theme, font
from gui.widgets.card import label

DOTS = (1.5, 1.5)
READOUT_GAP = 14


class Showable(Protocol):
    """An item that an ItemPool can hide."""

    def setVisible(self, visible: bool) -> None: ...


Made = TypeVar("Made", bound=Showable)


class ItemPool(Generic[Made]):
    """A pool of equal items, created on demand and reused; surplus ones are hidden."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self.make = make
        self.items: list[Made] = []

    def show(self, count: int) -> list[Made]:
        """Show `count` items, creating those that are missing, and return them; hide the rest."""
        while len(self.items) < count:
            self.items.append(self.make())
        for index, item in enumerate(self.items):
            item.setVisible(index < count)
        return self.items[:count]


class Text:
    """A text item centred vertically at y; the share `align` of its width lies left of x."""

    def __init__(self, item: QGraphicsSimpleTextItem) -> None:
        self.item = item
        self.x = self.y = self.align = 0.0

    @property
    def text(self) -> str:
        """The text written last."""
        return self.item.text()

    def setVisible(self, visible: bool) -> None:
        self.item.setVisible(visible)

    def place(self, x: float, y: float, align: float = 0.0) -> None:
        """Move the text to a place in pixels; `align` 0 starts at x, 0.5 is centred, 1 ends there."""
        self.x, self.y, self.align = x, y, align
        self._settle()

    def write(self, text: str) -> None:
        """Replace the text; it stays aligned to its place."""
        if text != self.item.text():
            self.item.setText(text)
            self._settle()

    def color(self, color: str | QColor) -> None:
        """Set the text's colour."""
        self.item.setBrush(QColor(color))

    def _settle(self) -> None:
        size = self.item.boundingRect()
        self.item.setPos(round(self.x - self.align * size.width()), round(self.y - size.height() / 2))


class Canvas(QGraphicsView):
    """A view of a scene in pixels, with a readout beside the cursor: `read` gives its text at a point, '' hides it.

    One unit of the scene is one logical pixel at the normal text size; at others all of it is magnified alike, and
    `room` is what there is of it. `scrolls` allows a vertical scroll bar.
    """

    resized = Signal()
    clicked = Signal(QPointF)

    def __init__(self, read: Callable[[QPointF], str] | None = None, *, scrolls: bool = False) -> None:
        super().__init__()
        self.read = read
        self.pointed = QPointF()
        self.readout = label("", "readout")
        self.readout.setParent(self)
        self.readout.hide()
        self.readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if not scrolls:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.whole = WholeSteps(self.verticalScrollBar())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # the card has the menu
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # the background fills it all
        self.viewport().setMouseTracking(read is not None)
        follow(self.magnify)

    def bar(self, z: float = 0) -> QGraphicsRectItem:
        """Add a rectangle without outline; `z` is its stacking order."""
        item = QGraphicsRectItem()
        item.setPen(QPen(Qt.PenStyle.NoPen))
        item.setZValue(z)
        self.scene().addItem(item)
        return item

    def path(self, z: float = 0) -> QGraphicsPathItem:
        """Add an empty path item; `z` is its stacking order."""
        item = QGraphicsPathItem()
        item.setZValue(z)
        self.scene().addItem(item)
        return item

    def text(self, pixels: int = 11, weight: QFont.Weight = QFont.Weight.Normal) -> Text:
        """Add a text in the program's font, above bars and paths."""
        item = QGraphicsSimpleTextItem()
        item.setFont(font(pixels, weight))
        item.setZValue(3)
        self.scene().addItem(item)
        return Text(item)

    def magnify(self) -> None:
        """Show the scene at the present text size, laid out for what room there is then."""
        self.setTransform(QTransform.fromScale(factor(self), factor(self)))
        self.resized.emit()

    @property
    def room(self) -> QSizeF:
        """Width and height of the part that shows, in units of the scene."""
        return QSizeF(self.viewport().size()) / factor(self)

    def set_extent(self, height: float) -> None:
        """Set the scene's height; its width is the view's."""
        self.setSceneRect(QRectF(0, 0, self.room.width(), height))

    def show_rows(self, count: int, lowest: float, tallest: float) -> float:
        """Make room for rows of which only a whole number is ever in sight; returns the height of each."""
        height, spare = whole_rows(self.height() / factor(self), count, lowest, tallest)
        self.setViewportMargins(0, 0, 0, int(spare * factor(self)))
        self.set_extent(height * count)
        self.whole.set_step(height * factor(self))
        return height

    def apply_theme(self, theme: Theme) -> None:
        self.setBackgroundBrush(QColor(theme.card))

    def refresh_readout(self) -> None:
        """Update the readout under a resting cursor after the picture has changed."""
        if self.readout.isVisible():
            self._show_readout()

    def _show_readout(self) -> None:
        text = self.read(self.mapToScene(self.pointed.toPoint())) if self.read else ""
        self.readout.setText(text)
        if not text:
            self.readout.hide()
            return
        window = self.window()
        if self.readout.parentWidget() is not window:  # it may be taller than this view
            self.readout.setParent(window)
        self.readout.adjustSize()
        at = self.viewport().mapTo(window, self.pointed.toPoint())
        x = at.x() + READOUT_GAP
        if x + self.readout.width() > window.width():
            x = max(at.x() - READOUT_GAP - self.readout.width(), 0)
        y = at.y() + READOUT_GAP
        if y + self.readout.height() > window.height():
            y = max(at.y() - READOUT_GAP - self.readout.height(), 0)
        self.readout.move(x, y)
        self.readout.raise_()
        self.readout.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed = event.position()
        self._show_readout()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.mapToScene(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.readout.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.readout.hide()


def dotted(color: str) -> QPen:
    """Dotted pen for values that theory expects, 1.5 pixels wide."""
    pen = QPen(QColor(color), 1.5)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(list(DOTS))
    return pen
