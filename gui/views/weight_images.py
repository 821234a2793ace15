"""Weight images: the first layer's weights, one picture per unit."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gui.plots.diverging_scale import color_table, hatched, pixmap
from gui.plots.tiles import TileGrid, best_grid, scale_bar, tiled
from gui.style.text_size import follow, scaled
from gui.style.theme import Theme
from gui.views.checkpoint_network import CheckpointNetwork, most_parameters
from gui.views.moment import Moment, RunContext
from gui.views.spoken_layers import pictures_said
from gui.widgets.card import label
from model.base import number_format
from model.base.arrays import Array
from model.base.language import message, tr
from model.base.layer_names import shown_layer
from model.exports.plot_table import PlotTable, Tables
from model.measurement.gains import rms
from model.measurement.histograms import BinAxis

REACH_RMS = 3.0  # times RMS(W): all but 0.3 % of Gaussian weights keep a shade of their own
BAR = (48, 8)
NARROWEST_PIXELS = 220
WAITING = message("They show when\nthe run begins.")
FREED = message("The weights of this run\nwent to make room in\nthe library; trained\nagain, it has them.")
TOO_LARGE = message("Networks of more than\n{count} parameters\nkeep no weights to show.")
HELP = message(
    "One picture per unit: the weight that each pixel has for it. Orange pixels raise its z, blue, hatched ones "
    "lower it, all on one scale. Where pictures stay noise, the gradient has taught the layer nothing."
)


class WeightImages(QWidget):
    """A grid of as many units as fit, on one colour scale."""

    def __init__(self) -> None:
        super().__init__()
        self.table: list[int] = []
        self.run: RunContext | None = None
        self.weights = CheckpointNetwork()
        self.most = NARROWEST_PIXELS
        self.axis = BinAxis()
        self.grid: TileGrid | None = None
        self.title, self.units = label("", "title"), label("", "small")
        self.scene = QGraphicsScene(self)
        self.item = QGraphicsPixmapItem()
        self.scene.addItem(self.item)
        self.view = QGraphicsView(self.scene)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setStyleSheet("background: transparent")
        self.view.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for policy in (self.view.setHorizontalScrollBarPolicy, self.view.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        follow(self.view.setMinimumHeight, 40)
        self.view.setAccessibleName(tr("The first layer's weights as pictures"))
        self.view.setToolTip(tr(HELP))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = QLabel(self.view)
        self.hint.setObjectName("muted")
        self.hint.move(0, 8)
        follow(self.hint.adjustSize)
        self.low, self.high, self.bar = label("", "small"), label("", "small"), QLabel()
        scale = QHBoxLayout()
        scale.setSpacing(6)
        for widget in (self.low, self.bar, self.high):
            scale.addWidget(widget)
        scale.addStretch()
        scale.addWidget(self.units)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.title)
        column.addWidget(self.view, 1)
        column.addLayout(scale)

    def show_run(self, run: RunContext) -> None:
        """Draw another run from now on."""
        self.run, self.axis = run, BinAxis()
        self.weights.show_run(run)
        self._entitle()
        too_many = tr(TOO_LARGE, count=number_format.count(most_parameters(run.config)))
        self.hint.setText(too_many if not self.weights.kept else tr(FREED if self.weights.freed else WAITING))
        self.hint.adjustSize()
        self.hint.show()
        self.item.hide()
        self.bar.hide()
        for widget in (self.units, self.low, self.high):
            widget.setText("")
        self._fit()

    def draw(self, moment: Moment) -> None:
        """Draw the weights of a moment, or those of the last checkpoint before it."""
        if self.weights.take(moment):
            self._paint()

    def _paint(self) -> None:
        network = self.weights.network
        if network is None or self.run is None or self.run.dataset is None or not self.grid:
            return
        weights = network.affines[0].weight.value
        reach = REACH_RMS * rms(weights)
        self.axis.cover(-reach, reach)
        picture = tiled(weights, self.run.dataset.image_shape, self.grid, self.axis.high)
        self.item.setPixmap(pixmap(hatched(picture), self.table))
        self.item.show()
        self.hint.hide()
        self.bar.show()

    def update_text(self, moment: Moment | None) -> None:
        """Write the scale, the number of units shown, and the checkpoint's iteration if it is not the moment's."""
        checkpoint, grid, network = self.weights.checkpoint, self.grid, self.weights.network
        if moment is None or checkpoint is None or grid is None or network is None:
            return
        self.low.setText(number_format.significant(-self.axis.high, 2))
        self.high.setText(number_format.significant(self.axis.high, 2))
        self.view.setAccessibleDescription(pictures_said(grid.tiles, network.affines[0].width, self.axis.high))
        self.units.setText(tr("{shown} of {all} units", shown=grid.tiles, all=network.affines[0].width))
        late = not moment.live and checkpoint.iteration != moment.figures.iteration
        self._entitle(checkpoint.iteration if late else None)

    def tables(self) -> Tables:
        """The weights that the pictures are of, as a table."""
        network, run, grid = self.weights.network, self.run, self.grid
        if network is None or run is None or run.dataset is None or grid is None:
            return {}
        weights, columns = network.affines[0].weight.value, run.dataset.image_shape[1]
        return {tr("Pictures of layer 1"): lambda: pixel_weights(weights[:, : grid.tiles].copy(), columns)}

    def _entitle(self, iteration: int | None = None) -> None:
        """Name the layer, and the iteration of the weights where that is not the one shown elsewhere."""
        if not self.run:
            return
        layer = shown_layer(self.run.config.layer_names[0])
        if iteration is None:
            self.title.setText(tr("{layer} as pictures", layer=layer))
        else:
            self.title.setText(
                tr("{layer}, iteration {iteration}", layer=layer, iteration=number_format.count(iteration))
            )

    def make_room(self, most: int) -> None:
        """Set the largest width in pixels."""
        self.most = max(most, scaled(NARROWEST_PIXELS, self))
        self._fit()

    def _fit(self) -> None:
        if self.run is None or self.run.dataset is None:
            return
        if not self.weights.kept:
            self.setFixedWidth(scaled(NARROWEST_PIXELS, self))
            return
        dataset, hidden = self.run.dataset, self.run.config.hidden
        units = hidden[0] if hidden else dataset.classes
        grid = best_grid(units, dataset.image_shape, self.view.height(), self.most)
        self.setFixedWidth(max(grid.size(dataset.image_shape)[1], scaled(NARROWEST_PIXELS, self)))
        if grid != self.grid:
            self.grid = grid
            self._paint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def apply_theme(self, theme: Theme) -> None:
        self.table = color_table(theme)
        self.bar.setPixmap(pixmap(hatched(scale_bar(*BAR)), self.table))
        self._paint()


def pixel_weights(weights: Array, columns: int) -> PlotTable:
    """Weights of shape (pixels, units) by unit, row and column of the pixel, all counted from 1."""
    return PlotTable.of(
        ("unit", "row", "column", "weight"),
        (
            (unit + 1, pixel // columns + 1, pixel % columns + 1, weight)
            for unit, own in enumerate(weights.T)
            for pixel, weight in enumerate(own)
        ),
    )
