"""Names at the ends of lines, moved apart where they would overlap, with leader lines."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from PySide6.QtGui import QFontMetricsF, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsSimpleTextItem

from gui.plots.downsampling import apart
from gui.plots.plot import Plot
from gui.style.theme import font

LABEL_HEIGHT = 13
LABEL_ROOM = 90  # pixels right of the last iteration
LABEL_OFFSET = 8


def fitting(texts: Sequence[str], room: float) -> str:
    """The first of some wordings, the fullest first, that is at most so many pixels wide; '' if none is."""
    metrics = QFontMetricsF(font(11))
    return next((text for text in texts if metrics.horizontalAdvance(text) <= room), "")


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

    def place(self, x: float, ends: Mapping[int, tuple[float, Sequence[str]]], loose: Collection[int]) -> None:
        """Write labels at data coordinate x; `ends` maps a label's index to its line's last y and its wordings.

        The fullest one comes first; that is written which fits, or none. A label that had to move gets a leader to its
        line's end, unless its index is in `loose`.
        """
        leaders = QPainterPath()
        (x0, x1), (y0, y1) = self.plot.ranges()
        size = self.plot.box.rect()
        for index, item in enumerate(self.items):
            item.setVisible(index in ends)
        if ends:
            edge = self.plot.box.sceneBoundingRect().left()
            left = min(max((x - x0) / (x1 - x0), 0.0), 1.0) * size.width()
            wanted = np.array([(y1 - y) / (y1 - y0) * size.height() for y, _ in ends.values()])
            wanted = wanted.clip(0, size.height())
            middle = LABEL_HEIGHT / 2
            places = apart(wanted, LABEL_HEIGHT, middle - 6, max(size.height() - middle + 6, middle))
            for (index, (_, texts)), own, place in zip(ends.items(), wanted, places, strict=True):
                item = self.items[index]
                shown = fitting(texts, self.plot.view.room.width() - edge - left - LABEL_OFFSET - 3)
                if item.text() != shown:
                    item.setText(shown)
                item.setVisible(bool(shown))
                item.setPos(round(left + LABEL_OFFSET + 3), round(place - item.boundingRect().height() / 2))
                if abs(place - own) > 2 and index not in loose:
                    leaders.moveTo(left + 1, own)
                    leaders.lineTo(left + LABEL_OFFSET, place)
        self.leaders.setPath(leaders)
