"""How a row of the list of runs looks: its line, name, accuracy, verdict and spark line."""

from PySide6.QtCore import (
    QEvent,
    QLineF,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from gui.run_list.run_row import NO_WEIGHTS, Row
from gui.run_list.table_model import ROW
from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.style.run_styles import look_of, run_pen
from gui.style.text_size import factor, scaled
from gui.style.theme import Theme, font
from gui.widgets.row_painting import SPARK, paint_condition, paint_ground, spark_line
from model.base.language import message, tr

HEIGHT = 44
SWATCH = QRect(8, 12, 32, 20)
TEXT_LEFT, RIGHT = 48, 8
ACCURACY_WIDTH, GAP = 50, 10
UPPER, LOWER = 13, 31  # the middles of both lines
BAR = 3
SHOWS, HIDES = message("Show its curves (Space)"), message("Hide its curves (Space)")


class RunRowDelegate(QStyledItemDelegate):
    """Paints rows, and lets names be edited in place."""

    def __init__(self, runs: RunRegistry, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.runs = runs
        self.fonts = {weight: font(12, weight) for weight in (QFont.Weight.Normal, QFont.Weight.DemiBold)}
        self.small = font(11)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, scaled(HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(ROW)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        painter.scale(factor(), factor())
        width = int(rect.width() / factor())
        self._ground(painter, width, state, on_screen=row.entry is self.runs.viewed.entry)
        self._swatch(painter, row.entry)
        self._upper_line(painter, width, row)
        self._lower_line(painter, width, row)
        painter.restore()

    def _ground(self, painter: QPainter, width: int, state: QStyle.StateFlag, *, on_screen: bool) -> None:
        if on_screen:
            painter.fillRect(QRectF(0, 0, BAR, HEIGHT), QColor(self.theme.accent))
        paint_ground(painter, QRectF(0, 0, width, HEIGHT), state, self.theme)

    def _swatch(self, painter: QPainter, entry: RunEntry) -> None:
        """The run's line on a chip of its colour; an empty chip while its curves are hidden."""
        look = look_of(self.theme, entry.listing.color)
        shown = entry.listing.shown
        painter.setPen(QColor(self.theme.edge))
        painter.setBrush(QColor(self.theme.card) if shown else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(SWATCH).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if shown:
            painter.setPen(run_pen(look, 2.2))
            middle = SWATCH.top() + SWATCH.height() / 2
            painter.drawLine(QLineF(SWATCH.left() + 3, middle, SWATCH.right() - 2, middle))

    def _upper_line(self, painter: QPainter, width: int, row: Row) -> None:
        on_screen = row.entry is self.runs.viewed.entry
        used = self.fonts[QFont.Weight.DemiBold if on_screen else QFont.Weight.Normal]
        room = width - TEXT_LEFT - RIGHT
        if row.entry.freed:
            painter.setFont(self.small)
            painter.setPen(QColor(self.theme.muted))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(_line(TEXT_LEFT, UPPER, room), flags, tr(NO_WEIGHTS))
            room -= QFontMetrics(self.small).horizontalAdvance(tr(NO_WEIGHTS)) + GAP
        # What differs last, such as the seed, tells most: a long name loses its middle.
        name = QFontMetrics(used).elidedText(row.name, Qt.TextElideMode.ElideMiddle, room)
        painter.setFont(used)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(_line(TEXT_LEFT, UPPER, room), Qt.AlignmentFlag.AlignVCenter, name)

    def _lower_line(self, painter: QPainter, width: int, row: Row) -> None:
        left = TEXT_LEFT
        if row.condition:
            paint_condition(painter, QPointF(left + 4, LOWER), row.condition, self.theme)
            left += 13
        painter.setFont(self.small)
        painter.setPen(QColor(self.theme.muted))
        accuracy = width - RIGHT - SPARK.width() - GAP - ACCURACY_WIDTH
        room = accuracy - left
        text = QFontMetrics(self.small).elidedText(row.state, Qt.TextElideMode.ElideRight, room)
        painter.drawText(_line(left, LOWER, room), Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(self.fonts[QFont.Weight.DemiBold])
        painter.setPen(QColor(self.theme.text))
        place = _line(accuracy, LOWER, ACCURACY_WIDTH)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.accuracy)
        self._spark(painter, width, row)

    def _spark(self, painter: QPainter, width: int, row: Row) -> None:
        """The test accuracy over the run so far, from 0 to 100 % in every row."""
        left, bottom = width - RIGHT - SPARK.width(), LOWER + SPARK.height() / 2
        painter.setPen(QColor(self.theme.line))
        painter.drawLine(QLineF(left, bottom, width - RIGHT, bottom))
        total = max(row.entry.recipe.config.iterations, 1)
        reach = SPARK.width() * min(row.summary.iteration / total, 1.0)
        painter.setPen(QPen(QColor(self.theme.as_mark(look_of(self.theme, row.entry.listing.color).color)), 1.3))
        painter.translate(left, bottom)
        painter.drawPolyline(spark_line(row.summary.spark, reach))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        if index.isValid() and event.type() == QEvent.Type.ToolTip and event.pos().x() < scaled(TEXT_LEFT):
            shown: bool = index.data(ROW).entry.listing.shown
            QToolTip.showText(event.globalPos(), tr(HIDES if shown else SHOWS), view)
            return True
        return super().helpEvent(event, view, option, index)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(tr("Name of the run"))
        editor.setPlaceholderText(tr("Named after what differs"))
        editor.setMaxLength(100)
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(scaled(TEXT_LEFT - 8), 1, -2, scaled(29 - HEIGHT)))


def _line(left: int, middle: int, width: int) -> QRectF:
    return QRectF(left, middle - 10, width, 20)
