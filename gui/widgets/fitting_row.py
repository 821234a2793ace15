"""Rows of small widgets that leave out whole what does not fit, the most important last."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

SPACING_PIXELS = 8


@dataclass(frozen=True)
class _Group:
    rank: int
    widgets: tuple[QWidget, ...]
    said: QLabel | None  # one of them, with another wording than at first
    words: str

    def widths(self) -> Iterator[int]:
        for widget in self.widgets:
            width = _wanted(widget).width()
            if widget is self.said:
                metrics = self.said.fontMetrics()
                width += metrics.horizontalAdvance(self.words) - metrics.horizontalAdvance(self.said.text())
            yield width


class FittingRow(QWidget):
    """Groups of widgets side by side, each in sight as a whole or not at all; it asks for the most important one alone.

    They stand in the order in which they were added, and go in that of their `rank`, the highest number first; one that
    has a shorter wording takes that first.
    """

    def __init__(self, spacing: int = SPACING_PIXELS) -> None:
        super().__init__()
        self.spacing = spacing
        self._groups: list[_Group] = []
        self._shorter: dict[_Group, _Group] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def add(self, *group: QWidget, rank: int, shorter: str = "") -> None:
        """Append widgets that make sense together only; `shorter` is what their last, a label, can say instead."""
        said = group[-1] if shorter and isinstance(group[-1], QLabel) else None
        made = _Group(rank, group, said, said.text() if said else "")
        self._groups.append(made)
        if shorter:
            self._shorter[made] = replace(made, words=shorter)
        for widget in group:
            widget.setParent(self)
        self.updateGeometry()

    def _width(self, groups: list[_Group]) -> int:
        widths = [width for group in groups for width in group.widths()]
        return sum(widths) + self.spacing * max(len(widths) - 1, 0)

    def _height(self) -> int:
        return max((_wanted(widget).height() for group in self._groups for widget in group.widgets), default=0)

    def sizeHint(self) -> QSize:
        return QSize(self._width(self._groups), self._height())

    def minimumSizeHint(self) -> QSize:
        first = sorted(self._groups, key=lambda each: each.rank)[:1]
        return QSize(self._width(first), self._height())

    @property
    def shown(self) -> list[_Group]:
        """The groups that fit, in the order in which they stand, in the wording that fits."""
        kept = list(self._groups)
        for group in sorted(self._groups, key=lambda each: -each.rank)[:-1]:
            if self._width(kept) <= self.width():
                break
            place = kept.index(group)
            shorter = self._shorter.get(group)
            kept[place : place + 1] = [shorter] if shorter else []
            if shorter and self._width(kept) > self.width():
                kept.remove(shorter)
        return kept

    def _arrange(self) -> None:
        kept = self.shown
        seen = {widget for group in kept for widget in group.widgets}
        for group in self._groups:
            for part in group.widgets:
                part.setVisible(part in seen)
        for group in kept:
            if group.said:
                group.said.setText(group.words)
        left = self.width() - self._width(kept)  # at the right, where the row is wider than what is in it
        for group in kept:
            for widget in group.widgets:
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
