"""Rows of small widgets that leave out whole what does not fit, the most important last."""

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

SPACING_PIXELS = 8


class FittingRow(QWidget):
    """Groups of widgets side by side, each in sight as a whole or not at all; it asks for the most important one alone.

    They stand in the order in which they were added, and go in that of their `rank`, the highest number first.
    """

    def __init__(self, spacing: int = SPACING_PIXELS) -> None:
        super().__init__()
        self.spacing = spacing
        self._groups: list[tuple[int, tuple[QWidget, ...]]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def add(self, *group: QWidget, rank: int) -> None:
        """Append widgets that make sense together only."""
        self._groups.append((rank, group))
        for widget in group:
            widget.setParent(self)
        self.updateGeometry()

    def _width(self, groups: list[tuple[int, tuple[QWidget, ...]]]) -> int:
        widths = [_wanted(widget).width() for _, group in groups for widget in group]
        return sum(widths) + self.spacing * max(len(widths) - 1, 0)

    def _height(self) -> int:
        return max((_wanted(widget).height() for _, group in self._groups for widget in group), default=0)

    def sizeHint(self) -> QSize:
        return QSize(self._width(self._groups), self._height())

    def minimumSizeHint(self) -> QSize:
        first = sorted(self._groups, key=lambda each: each[0])[:1]
        return QSize(self._width(first), self._height())

    @property
    def shown(self) -> list[tuple[int, tuple[QWidget, ...]]]:
        """The groups that fit, in the order in which they stand."""
        kept = list(self._groups)
        for group in sorted(self._groups, key=lambda each: -each[0])[:-1]:
            if self._width(kept) <= self.width():
                break
            kept.remove(group)
        return kept

    def _arrange(self) -> None:
        kept = self.shown
        for group in self._groups:
            for part in group[1]:
                part.setVisible(group in kept)
        left = self.width() - self._width(kept)  # at the right, where the row is wider than what is in it
        for _, widgets in kept:
            for widget in widgets:
                size = _wanted(widget)
                area = QRect(0, 0, size.width(), min(size.height(), self.height()))
                area.moveLeft(left)
                area.moveTop((self.height() - area.height()) // 2)
                widget.setGeometry(area)
                left += size.width() + self.spacing

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self._arrange()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()


def _wanted(widget: QWidget) -> QSize:
    """The size that a widget shall have."""
    widget.ensurePolished()
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
