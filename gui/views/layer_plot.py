"""Base of the per-layer plots: title, plot and figures below it."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.plots.live_view import LiveView
from gui.plots.plot import Plot
from gui.style.text_size import follow, scaled
from gui.style.theme import Theme
from gui.widgets.card import Figures, label
from model.base.language import tr
from model.measurement.records import LayerRecord

NARROWEST_PIXELS = 58  # ten layers and the output in the smallest window
MARGIN_PIXELS = 10
NARROW_PIXELS = 150
UNITS_ROOM = 130


class LayerPlot(QWidget):
    """One layer's plot; subclasses override `draw`, `lines` and `read`. `chosen`: the title was clicked."""

    menu_wanted = Signal(QPointF)
    chosen = Signal()

    def __init__(self, *, left_axis: bool = False, antialiased: bool = False) -> None:
        super().__init__()
        self.title, self.units = label("", "title"), label("", "muted")
        self.view = LiveView(antialiased=antialiased, left=MARGIN_PIXELS, right=MARGIN_PIXELS)
        self.plot = Plot(self.view, self.read, left_axis=left_axis)
        self.plot.axes[0].overhang = MARGIN_PIXELS
        self.plot.menu_wanted.connect(self.menu_wanted)
        self.plot.keys.entered.connect(lambda *_: self.chosen.emit())
        self.figures = Figures()
        self.now: LayerRecord | None = None
        self.given: tuple[LayerRecord, LayerRecord] | None = None
        self.plot.box.sigResized.connect(self._redraw)
        self.plot.box.sigXRangeChanged.connect(self._redraw)
        self.title.setCursor(Qt.CursorShape.PointingHandCursor)
        self.title.setToolTip(tr("Mark this layer in all plots"))
        self.title.installEventFilter(self)
        heading = QHBoxLayout()
        heading.setContentsMargins(0, 0, 0, 0)
        heading.setSpacing(6)
        heading.addWidget(self.title)
        heading.addWidget(self.units)
        heading.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(heading)
        column.addWidget(self.view, 1)
        column.addWidget(self.figures)
        follow(self.setMinimumWidth, NARROWEST_PIXELS)

    @property
    def narrow(self) -> bool:
        """Whether the plot is narrower than NARROW_PIXELS, so that it takes only short words."""
        return self.view.room.width() < NARROW_PIXELS

    def pixels(self) -> float:
        """Pixels per unit of the horizontal axis."""
        (low, high), _ = self.plot.ranges()
        return max(float(self.plot.box.width()), 1.0) / (high - low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.units.setVisible(self.width() >= scaled(UNITS_ROOM, self))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.title and event.type() == QEvent.Type.MouseButtonRelease:
            self.chosen.emit()
        return False

    def show_texts(self, name: str, units: str) -> None:
        """Write the layer's name and its size in words above the plot."""
        self.title.setText(name)
        self.units.setText(units)

    def forget(self) -> None:
        """Clear the plot for another run and undo the zoom."""
        self.now = self.given = None
        self.plot.show_automatic()

    def show_layer(self, now: LayerRecord, start: LayerRecord) -> None:
        """Draw a layer, and draw it again whenever the horizontal axis is zoomed or resized."""
        self.given = now, start
        self.draw(now, start)

    def _redraw(self, *_: object) -> None:
        if self.given:
            self.draw(*self.given)

    def draw(self, now: LayerRecord, start: LayerRecord) -> None:
        """Draw the layer's present record and, for comparison, its first one."""

    def lines(self) -> list[str]:
        """Lines of figures below the plot."""
        return []

    def said(self) -> str:
        """What the plot shows, as a sentence for a screen reader."""
        return ""

    def read(self, x: float, y: float) -> str:
        """Text of the readout at a point in data coordinates; '' hides it."""
        return ""

    def mark(self, *, chosen: bool, theme: Theme) -> None:
        """Highlight the title of the chosen layer."""
        self.title.setStyleSheet(f"color: {theme.accent}; text-decoration: underline" if chosen else "")

    def apply_look(self, theme: Theme, color: QColor) -> None:
        """Set the theme's colours and the layer's own."""
        self.plot.apply_theme(theme)
