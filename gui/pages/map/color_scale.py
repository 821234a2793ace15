"""Colour scale beside the map."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QVBoxLayout, QWidget

from gui.pages.map.quantity import Quantity, color_at
from gui.plots.live_view import LiveView
from gui.plots.plot import Plot
from gui.plots.ticks import Tick, decade_ticks, round_ticks
from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.widgets.card import label
from model.base import number_format
from model.base.language import tr

WIDTH = 104
RIGHT = 42  # pixels beside the bar
STOPS = 16


class ColorScale(QWidget):
    """A bar with all colours and ticks to its left; the page places `title` above it."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "muted")
        self.view = LiveView(antialiased=False, left=0, right=RIGHT)
        self.plot = Plot(self.view, lambda x, y: "")
        self.plot.box.setMouseEnabled(x=False, y=False)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(tr("Scale of the colours"))
        self.plot.grid.hide()
        self.plot.base.hide()
        bottom, left = self.plot.axes
        bottom.choose = self._none
        left.choose = self._ticks
        self.bar = QGraphicsRectItem(self.plot.clip)
        self.bar.setPen(QPen(Qt.PenStyle.NoPen))
        self.quantity = Quantity.ACCURACY
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        follow(self.setFixedWidth, WIDTH)
        follow(self.title.setFixedWidth, WIDTH)

    def show_scale(self, quantity: Quantity, low: float, high: float) -> None:
        """Show a quantity's title and the scale from `low` to `high`."""
        self.quantity = quantity
        self.title.setText(quantity.value.title)
        gradient = QLinearGradient(0, low, 0, high)
        for stop in range(STOPS + 1):
            gradient.setColorAt(stop / STOPS, color_at(stop / STOPS))
        self.bar.setRect(QRectF(0, low, 1, high - low))
        self.bar.setBrush(gradient)
        self.plot.set_automatic((0.0, 1.0), (low, high))
        self.plot.refresh()

    def leave_room(self, top: int, bottom: int) -> None:
        """Set margins above and below the bar, in pixels, to those of the map."""
        self.view.ci.layout.setContentsMargins(0, top, RIGHT, 0)
        self.plot.axes[0].setHeight(bottom)

    def _none(self, low: float, high: float, pixels: float) -> list[Tick]:
        return []

    def _ticks(self, low: float, high: float, pixels: float) -> list[Tick]:
        room = pixels / 2  # ticks may be as close as their labels are high, which is about half their width
        if self.quantity is Quantity.GRADIENT:
            return decade_ticks(low, high, room)
        return [(value, number_format.with_percent(f"{100 * value:.0f}")) for value, _ in round_ticks(low, high, room)]

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""
        self.plot.apply_theme(theme)
