"""Splits: widgets beside or below each other, with handles that the mouse or the keys move."""

from collections.abc import Collection, Sequence
from math import inf, isfinite

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from gui.style.text_size import scaled
from model.base.language import message, tr

GAP_PIXELS = 8  # between two parts
STEP_PIXELS = 24  # of an arrow key
GRIP, GRIP_MARKED = (28.0, 2.0), (44.0, 4.0)  # length and thickness of the mark, and under mouse or keyboard
FAINT = 0.28  # opacity of a mark that steps back
TIP = message("Drag to divide the room anew, or press an arrow key; a double-click or Home divides it as at first")


def divided(room: int, shares: Sequence[float], least: Sequence[int], most: Sequence[float]) -> list[int]:
    """Divide `room` pixels by `shares`, but give no part fewer than its `least` or more than its `most` pixels.

    The sizes sum to `room`, unless that is less than all of `least` or more than all of `most`.
    """
    fixed: dict[int, float] = {}
    while free := [part for part in range(len(shares)) if part not in fixed]:
        left, total = room - sum(fixed.values()), sum(shares[part] for part in free)
        wanted = {part: left * shares[part] / total for part in free}
        bounded = {part: max(min(wanted[part], most[part]), least[part]) for part in free}
        excess = sum(bounded.values()) - left
        if abs(excess) < 1e-6:
            fixed |= bounded
        else:
            fixed |= {part: size for part, size in bounded.items() if (size - wanted[part]) * excess > 0}
    sizes = [int(fixed[part] + 1e-6) for part in range(len(shares))]
    spare = round(sum(fixed.values())) - sum(sizes)
    for part in sorted(range(len(shares)), key=lambda part: sizes[part] - fixed[part])[:spare]:
        sizes[part] += 1
    return sizes


class Split(QSplitter):
    """Widgets with handles between them; `name` is what its shares are remembered by.

    Until the user has moved a handle each part has room by its weight; after that by `shares`, which sum to 1 and are
    kept when the split or the text is larger or smaller. `changed`: the user has moved one.
    """

    changed = Signal()

    def __init__(self, name: str, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self.name = name
        self.shares: list[float] = []
        self._weights: list[float] = []
        self._most: list[float] = []
        self.setHandleWidth(GAP_PIXELS)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._take)

    def add(self, part: QWidget, weight: float, most: float = inf) -> None:
        """Append a part, which by itself is at most so many pixels of the normal text size large."""
        self._weights.append(weight)
        self._most.append(most)
        self.addWidget(part)

    def part(self, index: int) -> QWidget:
        """The part at a place."""
        found = self.widget(index)
        assert found is not None
        return found

    def name_handles(self) -> None:
        """Say of each handle what it is between, once all parts are there and have their accessible names."""
        for index in range(1, self.count()):
            first, second = (self.part(place).accessibleName() for place in (index - 1, index))
            self.handle(index).setAccessibleName(tr("Divider between {first} and {second}", first=first, second=second))

    def restore(self, shares: Sequence[object]) -> None:
        """Take the shares of an earlier session; whatever cannot be such is left aside."""
        found = [each for each in shares if isinstance(each, int | float) and isfinite(each) and each > 0]
        if len(found) == len(shares) == self.count():
            self.shares = [each / sum(found) for each in found]
            self.divide()

    def reset(self) -> None:
        """Divide the room as at first."""
        self.shares = []
        self.divide()

    def divide(self) -> None:
        """Give each visible part its room."""
        shown = [part for part in range(self.count()) if not self.part(part).isHidden()]
        if not shown:
            return
        upright = self.orientation() == Qt.Orientation.Vertical
        whole = (self.height() if upright else self.width()) - GAP_PIXELS * (len(shown) - 1)
        least = [_least(self.part(part), upright=upright) for part in shown]
        bounded = not self.shares and len(shown) == self.count()
        most = [scaled(self._most[part], self) if bounded and isfinite(self._most[part]) else inf for part in shown]
        shares = self.shares or self._weights
        sizes = dict(zip(shown, divided(whole, [shares[part] for part in shown], least, most), strict=True))
        wanted = [sizes.get(part, 0) for part in range(self.count())]
        if wanted != self.sizes():
            self.setSizes(wanted)

    def _take(self) -> None:
        sizes = self.sizes()
        if all(sizes):
            self.shares = [size / sum(sizes) for size in sizes]
            self.changed.emit()

    def parts(self) -> list[QWidget]:
        """Its parts, and in place of one that is a split the parts of that."""
        own = [self.part(index) for index in range(self.count())]
        return [part for each in own for part in (each.parts() if isinstance(each, Split) else [each])]

    def step(self, handle: QSplitterHandle, pixels: int) -> None:
        """Move a handle by so many pixels."""
        upright = self.orientation() == Qt.Orientation.Vertical
        self.moveSplitter((handle.y() if upright else handle.x()) + pixels, self.indexOf(handle))

    def forget(self) -> None:
        """Divide the room as at first, because the user wants so."""
        self.reset()
        self.changed.emit()

    def createHandle(self) -> QSplitterHandle:
        return SplitHandle(self.orientation(), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.divide()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.divide()
        return done


class SplitHandle(QSplitterHandle):
    """The gap between two parts: a short line, which pictures leave out (`bare`), and thicker where it can be moved.

    It is `faint` where lessons have both parts step back.
    """

    def __init__(self, orientation: Qt.Orientation, split: Split) -> None:
        super().__init__(orientation, split)
        self.split, self.bare, self.faint = split, False, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(tr(TIP))

    def step_back(self, away: Collection[QWidget]) -> None:
        """Be faint if all that it is between is among these parts, else as usual."""
        index = self.split.indexOf(self)
        beside = [self.split.part(place) for place in (index - 1, index) if place >= 0]  # Qt makes one before the first
        parts = [part for each in beside for part in (each.parts() if isinstance(each, Split) else [each])]
        self.faint = all(part in away for part in parts)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        upright = self.orientation() == Qt.Orientation.Vertical
        back, on = (Qt.Key.Key_Up, Qt.Key.Key_Down) if upright else (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if event.key() in (back, on) and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.split.step(self, scaled(STEP_PIXELS) * (1 if event.key() == on else -1))
        elif event.key() == Qt.Key.Key_Home:
            self.split.forget()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.split.forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.bare:
            return
        marked = self.hasFocus() or self.underMouse()
        length, thickness = GRIP_MARKED if marked else GRIP
        upright = self.orientation() == Qt.Orientation.Vertical
        size = (length, thickness) if upright else (thickness, length)
        middle = QRectF(self.rect()).center()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(FAINT if self.faint and not marked else 1.0)
            painter.setPen(Qt.PenStyle.NoPen)
            role = QPalette.ColorRole.Highlight if marked else QPalette.ColorRole.Mid
            painter.setBrush(self.palette().color(role))
            mark = QRectF(0, 0, *size)
            mark.moveCenter(middle)
            painter.drawRoundedRect(mark, thickness / 2, thickness / 2)


def _least(part: QWidget, *, upright: bool) -> int:
    """Pixels that a part must have."""
    hint = part.minimumSizeHint()
    wanted = max(hint.height(), part.minimumHeight()) if upright else max(hint.width(), part.minimumWidth())
    return max(wanted, 1)
