"""How a row of the list of cures looks: the change, its accuracy, its verdict and spark line."""

from PySide6.QtCore import QLineF, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from gui.cures.cure_rows import CURE_ROW, SMALLEST, CureRow
from gui.style.text_size import factor, scaled
from gui.style.theme import Theme, font
from gui.widgets.japanese_text import in_phrases
from gui.widgets.row_painting import SPARK, paint_condition, paint_ground, spark_line
from gui.widgets.side_tabs import WIDTH
from model.base.language import message, tr

TEXT_LEFT, RIGHT, MARGIN = 40, 12, 7
ACCURACY_WIDTH, GAP = 52, 8
LINE, SMALL_LINE = 18, 18  # pixels from one line to the next
MARK_X, MARK_RADIUS = 21, 8.5
KEEPS = message("Keep it in the list of runs, beside the sick one (Space)")
KEPT = message("It is in the list of runs")
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
LABEL_WIDTH = WIDTH - TEXT_LEFT - GAP - ACCURACY_WIDTH - RIGHT - 2


def state_within(room: int, row: CureRow, metrics: QFontMetrics) -> str:
    """The state of a row, or where that is too long its condition alone: the tooltip has the figures."""
    return row.state if metrics.horizontalAdvance(row.state) <= room else row.result.verdict.condition.label


class CureRowDelegate(QStyledItemDelegate):
    """Paints rows that are as tall as their label's lines."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.normal, self.strong = font(12), font(12, QFont.Weight.DemiBold)
        self.small, self.small_strong = font(11), font(11, QFont.Weight.DemiBold)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: CureRow = index.data(CURE_ROW)
        lines = SMALL_LINE * (2 if row.smallest else 1)
        return QSize(0, scaled(2 * MARGIN + lines + self._label_rect(row).height()))

    def _label_rect(self, row: CureRow) -> QRect:
        """The label's lines, from the row's text margin on."""
        used = self.strong if row.smallest else self.normal
        text = in_phrases(row.result.trial.label)
        found = QFontMetrics(used).boundingRect(QRect(0, 0, LABEL_WIDTH, 1000), WRAPPED, text)
        return QRect(TEXT_LEFT, MARGIN, LABEL_WIDTH, max(found.height(), LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: CureRow = index.data(CURE_ROW)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        painter.scale(factor(), factor())
        width = int(rect.width() / factor())
        paint_ground(painter, QRectF(0, 0, width, rect.height() / factor()), state, self.theme)
        label = self._label_rect(row)
        if row.result.trial.changes:
            self._keep_mark(painter, QPointF(MARK_X, MARGIN + LINE / 2), kept=row.kept)
        if row.smallest:
            self._write(painter, self.small_strong, self.theme.accent, label.adjusted(0, -1, 60, 0), tr(SMALLEST))
            label.translate(0, SMALL_LINE)
        self._write(
            painter, self.strong if row.smallest else self.normal, self.theme.text, label, row.result.trial.label
        )
        place = QRect(width - RIGHT - ACCURACY_WIDTH, label.top(), ACCURACY_WIDTH, LINE)
        self._write(painter, self.strong, self.theme.text, place, row.accuracy, Qt.AlignmentFlag.AlignRight)
        self._lower_line(painter, width, label.bottom() + 1, row)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        row: CureRow | None = index.data(CURE_ROW) if index.isValid() else None
        if row and row.result.trial.changes and event.pos().x() < scaled(TEXT_LEFT):
            QToolTip.showText(event.globalPos(), tr(KEPT if row.kept else KEEPS), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _write(
        self, painter: QPainter, used: QFont, color: str, place: QRect, text: str,
        flags: Qt.AlignmentFlag | Qt.TextFlag = WRAPPED,
    ) -> None:  # fmt: skip
        painter.setFont(used)
        painter.setPen(QColor(color))
        painter.drawText(place, flags, in_phrases(text) if flags == WRAPPED else text)

    def _keep_mark(self, painter: QPainter, middle: QPointF, *, kept: bool) -> None:
        """A plus in a ring, or once it is kept a tick on a disc."""
        painter.setPen(QPen(QColor(self.theme.accent if kept else self.theme.edge), 1.2))
        painter.setBrush(QColor(self.theme.accent) if kept else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, MARK_RADIUS, MARK_RADIUS)
        painter.setPen(QPen(QColor(self.theme.on_accent if kept else self.theme.accent), 1.6))
        x, y = middle.x(), middle.y()
        if kept:
            painter.drawPolyline(QPolygonF([QPointF(x - 4, y), QPointF(x - 1, y + 3), QPointF(x + 4, y - 3)]))
        else:
            painter.drawLines([QLineF(x - 4, y, x + 4, y), QLineF(x, y - 4, x, y + 4)])

    def _lower_line(self, painter: QPainter, width: int, top: int, row: CureRow) -> None:
        middle = top + SMALL_LINE / 2
        paint_condition(painter, QPointF(TEXT_LEFT + 4, middle), row.result.verdict.condition, self.theme)
        left, right = TEXT_LEFT + 13, width - RIGHT - SPARK.width()
        room = right - GAP - left
        text = state_within(room, row, QFontMetrics(self.small))
        place = QRect(left, top, room, SMALL_LINE)
        self._write(painter, self.small, self.theme.muted, place, text, Qt.AlignmentFlag.AlignVCenter)
        self._spark(painter, QPointF(right, middle + SPARK.height() / 2), row)

    def _spark(self, painter: QPainter, corner: QPointF, row: CureRow) -> None:
        """The test accuracy over the iterations of the whole run, from 0 to 100 % in every row."""
        painter.setPen(QColor(self.theme.line))
        painter.drawLine(QLineF(corner, corner + QPointF(SPARK.width(), 0)))
        share = min(row.result.iterations / max(row.config.iterations, 1), 1.0)
        painter.setPen(QPen(QColor(self.theme.test), 1.3))
        painter.translate(corner)
        painter.drawPolyline(spark_line(row.result.spark, SPARK.width() * share))
