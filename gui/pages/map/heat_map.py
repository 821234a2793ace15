"""Heat map: a column and a row per value, a colour per finished run."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QVBoxLayout, QWidget

from gui.pages.map.marks import MapMarks
from gui.pages.map.quantity import Quantity, color_at
from gui.plots.axis import LABEL_GAP
from gui.plots.live_view import LiveView
from gui.plots.pens_and_paths import cosmetic
from gui.plots.plot import Plot
from gui.plots.ticks import Tick
from gui.plots.word_breaks import pieces, wrapped
from gui.style.theme import Theme, font
from gui.widgets.focus_frame import FocusFrame
from model.base.choices import Choice
from model.base.language import tr
from model.base.number_format import as_set
from model.base.sentences import in_parts
from model.config.config import Config
from model.config.option_text import written
from model.nn.optimizers import Optimizer
from model.sweeps.grid import SweepGrid
from model.sweeps.sweep import Result

AIR_PIXELS = 4  # between two labels
MOST_LABEL = 110  # pixels of a label at the left
CROSS = 0.28  # of a cell, from its middle to the ends of a cross
EDGE, TOP, RIGHT = 6, 22, 44  # pixels around the cells, and where marks have their names
ONE_LINE, TWO_LINES = 20, 34  # pixels under them
LINES = 2  # of a label there
STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}

CellPlace = tuple[int, int]


def word(value: object) -> str:
    """Label of a setting's value on an axis."""
    if isinstance(value, float):
        return as_set(value)
    return value.label if isinstance(value, Choice | Optimizer) else written(value)


class HeatMap(QWidget):
    """The cells of a SweepGrid in the colours of their results; `chosen` carries the config of a cell that was clicked.

    `read` gives the readout's text for a cell. Arrow keys move between cells, Enter chooses one.
    """

    chosen = Signal(object)
    menu_wanted = Signal(QPointF)

    def __init__(self, read: Callable[[CellPlace], str]) -> None:
        super().__init__()
        self.read = read
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Map"))
        self.view = LiveView(antialiased=False, left=0, right=EDGE)
        self.plot = Plot(self.view, self._read)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # this has the keys
        self.view.setAccessibleName(tr("Cells of the map"))
        self.figures = ""
        self.plot.menu_wanted.connect(self.menu_wanted)
        self.plot.box.setMouseEnabled(x=False, y=False)
        for item in (self.plot.grid, self.plot.base, self.plot.cursor):
            item.hide()
        self.plot.axes[0].choose, self.plot.axes[1].choose = self._columns, self._rows
        self.lattice, self.crosses = self.plot.path(-1), self.plot.path(3)
        self.marks = MapMarks(self.plot)
        self.cells: dict[CellPlace, QGraphicsRectItem] = {}
        self.grid: SweepGrid | None = None
        self.at: CellPlace | None = None
        self.room = (EDGE, ONE_LINE)  # pixels over and under the cells
        self.view.scene().sigMouseClicked.connect(self._click)
        self.view.left.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        FocusFrame(self)

    def show_grid(self, grid: SweepGrid) -> None:
        """Show the empty cells of another grid."""
        self.grid = grid
        self.point(None)
        self.plot.label.hide()
        for cell in self.cells.values():
            self.view.scene().removeItem(cell)
        self.cells = {place: self._cell(*place) for place in grid.configs}
        self.crosses.setPath(QPainterPath())
        lattice = QPainterPath()
        for x in range(grid.columns + 1):
            lattice.moveTo(x, 0)
            lattice.lineTo(x, grid.rows)
        for y in range(grid.rows + 1):
            lattice.moveTo(0, y)
            lattice.lineTo(grid.columns, y)
        self.lattice.setPath(lattice)
        self.marks.show_grid(grid)
        self._make_room()
        self.plot.set_automatic((0.0, float(grid.columns)), (0.0, float(grid.rows)))
        self.plot.refresh()

    def _cell(self, column: int, row: int) -> QGraphicsRectItem:
        cell = QGraphicsRectItem(QRectF(column, row, 1, 1), self.plot.clip)
        cell.setPen(QPen(Qt.PenStyle.NoPen))
        return cell

    def show_results(self, results: Mapping[Config, Result], quantity: Quantity, low: float, high: float) -> None:
        """Colour the finished cells on a scale from `low` to `high`; diverged runs get a cross."""
        if not self.grid:
            return
        crosses = QPainterPath()
        for place, config in self.grid.configs.items():
            result = results.get(config)
            value = quantity.value.of(result) if result else None
            if result and result.diverged:
                _add_cross(crosses, *place)
                value = None
            color = QColor(Qt.GlobalColor.transparent) if value is None else color_at((value - low) / (high - low))
            if self.cells[place].brush().color() != color or value is None:
                self.cells[place].setBrush(color)
        self.crosses.setPath(crosses)

    def point(self, place: CellPlace | None) -> None:
        """Frame a cell; None removes the frame."""
        if place != self.at:
            self.at = place
            self.marks.frame(place)

    def _place(self, x: float, y: float) -> CellPlace | None:
        place = (int(x // 1), int(y // 1))
        return place if self.grid and place in self.grid.configs else None

    def _read(self, x: float, y: float) -> str:
        place = self._place(x, y)
        self.point(place)
        return self.read(place) if place else ""

    def _leave(self) -> None:
        if not self.hasFocus():
            self.point(None)

    def _click(self, event: object) -> None:
        assert hasattr(event, "button")
        assert hasattr(event, "scenePos")
        if event.button() == Qt.MouseButton.LeftButton and self.plot.box.sceneBoundingRect().contains(event.scenePos()):
            point = self.plot.box.mapSceneToView(event.scenePos())
            self._choose(self._place(point.x(), point.y()))

    def _choose(self, place: CellPlace | None) -> None:
        if self.grid and place:
            self.chosen.emit(self.grid.configs[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.grid and key in (*STEPS, Qt.Key.Key_Home, Qt.Key.Key_End):
            (x, y), (across, upward) = self.at or (0, 0), STEPS.get(key, (0, 0))
            if self.at:
                x, y = x + across, y + upward
            if key not in STEPS:
                x = 0 if key == Qt.Key.Key_Home else self.grid.columns - 1
            x, y = min(max(x, 0), self.grid.columns - 1), min(max(y, 0), self.grid.rows - 1)
            self._go(x, y)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.at)
        else:
            super().keyPressEvent(event)

    def _go(self, x: int, y: int) -> None:
        self.plot.hover(self.plot.box.mapViewToScene(QPointF(x + 0.5, y + 0.5)))
        self.setAccessibleDescription(in_parts(self.plot.label.text().split("\n")))

    def describe(self, figures: str) -> None:
        """Say what the map shows to a screen reader, unless keys have come to a cell, which is said then."""
        self.figures = figures
        if not (self.hasFocus() and self.at):
            self.setAccessibleDescription(figures)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.grid and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._go(*(self.at or (0, 0)))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point(None)
        self.plot.hide_readout()
        self.setAccessibleDescription(self.figures)

    def _columns(self, low: float, high: float, pixels: float) -> list[Tick]:
        if not self.grid:
            return []
        metrics = QFontMetricsF(font(11))
        words = [word(value) for value in self.grid.across.values]
        if isinstance(self.grid.across.values[0], Choice | Optimizer):  # names must all be there
            right, room = Qt.TextElideMode.ElideRight, pixels - AIR_PIXELS
            broken = (each.split() if " " in each else wrapped(each, room, LINES, metrics) for each in words)
            words = ["\n".join(metrics.elidedText(line, right, room) for line in lines) for lines in broken]
            step = 1
        else:
            widest = max(metrics.horizontalAdvance(each) for each in words) + AIR_PIXELS
            step = max(int(-(-widest // pixels)), 1) if pixels > 0 else 1
        return [(index + 0.5, words[index]) for index in range(0, len(words), step)]

    def _rows(self, low: float, high: float, pixels: float) -> list[Tick]:
        if not self.grid:
            return []
        metrics = QFontMetricsF(font(11))
        words = [word(value) for value in self.grid.upward.values]
        words = [metrics.elidedText(each, Qt.TextElideMode.ElideRight, MOST_LABEL) for each in words]
        step = max(int(-(-metrics.height() // pixels)), 1) if pixels > 0 else 1
        return [(index + 0.5, words[index]) for index in range(0, len(words), step)]

    def _make_room(self) -> None:
        """Set the margins that labels and the marks' names take."""
        metrics = QFontMetricsF(font(11))
        assert self.grid
        widest = max(metrics.horizontalAdvance(word(value)) for value in self.grid.upward.values)
        self.plot.axes[1].setWidth(min(widest, MOST_LABEL) + 2 * LABEL_GAP)
        two = any(len(pieces(word(value))) > 1 for value in self.grid.across.values)
        self.plot.axes[0].setHeight(TWO_LINES if two else ONE_LINE)
        named = bool(self.marks.ends)
        top, right = (TOP if named and self.marks.upright else EDGE), (EDGE if self.marks.upright else RIGHT)
        self.view.ci.layout.setContentsMargins(0, top, right if named else EDGE, 0)
        self.room = (top, TWO_LINES if two else ONE_LINE)

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""
        self.plot.apply_theme(theme)
        self.lattice.setPen(cosmetic(theme.line, 1))
        self.crosses.setPen(cosmetic(theme.muted, 1.5))
        self.marks.apply_theme(theme)


def _add_cross(path: QPainterPath, column: int, row: int) -> None:
    x, y = column + 0.5, row + 0.5
    for across in (CROSS, -CROSS):
        path.moveTo(x - across, y - CROSS)
        path.lineTo(x + across, y + CROSS)
