"""What an empty plot says: a note on what would fill it, in place of the grid."""

from gui.plots.plot import Plot
from gui.style.text_size import follow
from gui.widgets.phrased_label import PhrasedLabel

MARGIN_PIXELS = 8
PADDING_PIXELS = 8  # of the style sheet's #hint, both sides


class PlotNote(PhrasedLabel):
    """A sentence in the middle of a plot's area; while it shows, neither grid nor guide runs behind it."""

    def __init__(self, plot: Plot, text: str) -> None:
        super().__init__(text, "hint")
        self.setParent(plot.view)
        self.plot = plot
        self.tell(shown=True)
        plot.box.sigResized.connect(self.place)
        follow(self.place)

    def tell(self, *, shown: bool) -> None:
        """Show the note, or the grid."""
        if shown == self.plot.grid.isVisible():
            self.setVisible(shown)
            self.plot.grid.setVisible(not shown)
        self._make_way()

    def place(self, *_: object) -> None:
        """Put the note into the middle of the plot's area, in one line if it has the room."""
        area = self.plot.view.mapFromScene(self.plot.box.sceneBoundingRect()).boundingRect()
        self.ensurePolished()
        line = self.fontMetrics().horizontalAdvance(self.text()) + 2 * PADDING_PIXELS
        width = max(min(line, area.width() - 2 * MARGIN_PIXELS), 1)
        height = self.heightForWidth(width)
        self.setGeometry(area.center().x() - width // 2, area.center().y() - height // 2, width, height)
        self._make_way()

    def _make_way(self) -> None:
        """Hide the guide and its name where the note lies on them."""
        name, line = self.plot.guide_ground, self.plot.guide
        own = self.plot.view.mapToScene(self.geometry()).boundingRect()
        there = (each.mapToScene(each.boundingRect()).boundingRect() for each in (name, line))
        hidden = not self.isHidden() and any(own.intersects(each.adjusted(0, -1, 0, 1)) for each in there)
        for each in (name, line):
            each.setOpacity(0.0 if hidden else 1.0)
