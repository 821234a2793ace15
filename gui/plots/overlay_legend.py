"""Legend of the other runs' curves, for exported pictures."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gui.plots.overlays import Overlay
from gui.style.theme import font
from gui.widgets.card import LineSample, label
from model.base.language import tr
from model.base.number_format import count

NARROWEST, WIDEST = 100, 240  # pixels that a sample and its name may take
SAMPLE, SAMPLE_ROOM = 32, 46  # long enough for every pattern
MOST_NAMES = 12
ROW_PIXELS = 16
LEFT, RIGHT = 44, 24  # of the plots, where nothing is drawn


class OverlayLegend(QWidget):
    """Line samples and run names in columns, visible only while a picture is made."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(LEFT, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    @contextmanager
    def posing(self, overlays: Sequence[Overlay]) -> Iterator[None]:
        """Context in which the legend of these overlays is visible; it stays hidden if there are none."""
        if not overlays:
            yield
            return
        made = self._fill(overlays)
        self.show()
        try:
            yield
        finally:
            self.hide()
            for widget in made:
                self.grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()

    def _fill(self, overlays: Sequence[Overlay]) -> list[QWidget]:
        parent = self.parentWidget()
        width = (parent.width() if parent else WIDEST) - LEFT - RIGHT
        rest = tr("and {number} more", number=count(len(overlays) - MOST_NAMES))
        names = [*(overlay.name for overlay in overlays[:MOST_NAMES]), rest]
        labels = [label(name, "small") for name in names[: len(overlays)]]
        metrics = QFontMetrics(font(11))  # as the style sheet has it, which is not applied yet
        wanted = max(metrics.horizontalAdvance(each.text()) for each in labels) + SAMPLE_ROOM
        columns = max(width // min(max(wanted, NARROWEST), WIDEST), 1)
        made: list[QWidget] = []
        for index, name in enumerate(labels):
            row, column = divmod(index, columns)
            room = width // columns - SAMPLE_ROOM
            name.setText(metrics.elidedText(name.text(), Qt.TextElideMode.ElideRight, room))
            self.grid.addWidget(name, row, 2 * column + 1)
            self.grid.setColumnStretch(2 * column + 1, 1)
            made.append(name)
            if index < MOST_NAMES:
                sample = LineSample(overlays[index].dashes)
                sample.setFixedWidth(SAMPLE)
                sample.color = QColor(overlays[index].color)
                self.grid.addWidget(sample, row, 2 * column)
                made.append(sample)
        self.setFixedHeight(-(-len(labels) // columns) * ROW_PIXELS + 2)
        return made
