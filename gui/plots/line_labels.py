"""Names at the ends of lines, moved apart where they would overlap, with leader lines."""

from collections.abc import Collection, Mapping

import numpy as np
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsSimpleTextItem

from gui.plots.downsampling import apart
from gui.plots.plot import Plot
from gui.style.theme import font

LABEL_HEIGHT = 13
LABEL_ROOM = 90  # pixels right of the last iteration
LABEL_OFFSET = 8


class LineLabels:
    """The labels beside one plot; `place` takes texts and line ends anew each time."""

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self.items: list[QGraphicsSimpleTextItem] = []
        self.leaders = QGraphicsPathItem(plot.box)

    def make(self, count: int) -> None:
        """Create label items until there are at least `count`."""
        while len(self.items) < count:
            self.items.append(QGraphicsSimpleTextItem(self.plot.box))
            self.items[-1].setFont(font(11))

    @property
    def room(self) -> int:
        """Number of labels that fit into the plot's height, at least 2."""
        return max(int(self.plot.box.rect().height()) // LABEL_HEIGHT + 1, 2)

    def place(self, x: float, ends: Mapping[int, tuple[float, str]], loose: Collection[int]) -> None:
        """Write labels at data coordinate x; `ends` maps a label's index to its line's last y and its text.

        A label that had to move gets a leader to its line's end, unless its index is in `loose`.
        """
        leaders = QPainterPath()
        (x0, x1), (y0, y1) = self.plot.ranges()
        size = self.plot.box.rect()
        for index, item in enumerate(self.items):
            item.setVisible(index in ends)
        if ends:
            left = min(max((x - x0) / (x1 - x0), 0.0), 1.0) * size.width()
            wanted = np.array([(y1 - y) / (y1 - y0) * size.height() for y, _ in ends.values()])
            wanted = wanted.clip(0, size.height())
            middle = LABEL_HEIGHT / 2
            places = apart(wanted, LABEL_HEIGHT, middle - 6, max(size.height() - middle + 6, middle))
            for (index, (_, text)), own, place in zip(ends.items(), wanted, places, strict=True):
                item = self.items[index]
                if item.text() != text:
                    item.setText(text)
                item.setPos(round(left + LABEL_OFFSET + 3), round(place - item.boundingRect().height() / 2))
                if abs(place - own) > 2 and index not in loose:
                    leaders.moveTo(left + 1, own)
                    leaders.lineTo(left + LABEL_OFFSET, place)
        self.leaders.setPath(leaders)
