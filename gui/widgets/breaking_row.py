"""Rows of widgets that break into two lines where the text is too large, or the window too narrow, for one."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget


@dataclass(frozen=True)
class _Part:
    widget: QWidget | None  # None is room that stretches
    later: bool
    stretch: int
    gap: int


class BreakingRow(QFrame):
    """Widgets side by side, `spacing` pixels apart; those that were added as `later` may go to a line below."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self.parts: list[_Part] = []
        self.broken = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(spacing)
        self.lines = [QHBoxLayout(), QHBoxLayout()]
        for line in self.lines:
            line.setSpacing(spacing)
        self.column.addLayout(self.lines[0])

    def add(self, widget: QWidget | None, *, later: bool = False, stretch: int = 0, gap: int = 0) -> None:
        """Append a widget, `gap` pixels further from the one before than others; None is room that stretches."""
        self.parts.append(_Part(widget, later, stretch, gap))
        self._put(self.parts[-1], self.lines[0])

    def _put(self, part: _Part, line: QHBoxLayout) -> None:
        line.addSpacing(part.gap)
        if part.widget:
            line.addWidget(part.widget, part.stretch)
        else:
            line.addStretch(part.stretch)

    def _width(self, parts: list[_Part]) -> int:
        """Pixels that these need side by side, with the margins."""
        shown = [part for part in parts if part.widget and not part.widget.isHidden()]
        spacing = self.lines[0].spacing()
        margins, own = self.column.contentsMargins(), self.contentsMargins()
        beside = margins.left() + margins.right() + own.left() + own.right()
        return beside + sum(_least(part) + part.gap + spacing for part in shown) - (spacing if shown else 0)

    def sizeHint(self) -> QSize:
        return QSize(self._width(self.parts), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        both = ([part for part in self.parts if part.later is later] for later in (False, True))
        return QSize(max(map(self._width, both)), super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        broken = self._width(self.parts) > self.width()
        if broken == self.broken:
            return
        self.broken = broken
        for line in self.lines:
            while line.takeAt(0):
                pass
        for part in self.parts:
            self._put(part, self.lines[broken and part.later])
        if broken:
            self.column.addLayout(self.lines[1])
        else:
            self.column.removeItem(self.lines[1])
            self.lines[1].setParent(None)
        self.updateGeometry()


def _least(part: _Part) -> int:
    """Pixels of width that a part must have: what stretches may be as narrow as it can be."""
    widget = part.widget
    if widget is None:
        return 0
    hint = widget.minimumSizeHint().width() if part.stretch else widget.sizeHint().width()
    return min(max(hint, widget.minimumWidth()), widget.maximumWidth())
