"""Drawing of the chain x, y → t → z with a derivative on each arrow, and the product below it."""

from functools import partial
from math import hypot

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from gui.plots.canvas import Canvas, ItemPool, Text
from gui.plots.factor_row import Factor, FactorBox, fitted
from gui.style.text_size import follow
from gui.style.theme import Theme, font
from model.base.language import tr
from model.measurement.chain_rule import STEP, ChainRule

NODE_WIDTH, NODE_HEIGHT, ROUND = 66, 42, 9  # pixels of a node
ROW = 48  # pixels of height of the product
GAP_PIXELS = 12  # between chain and product
NARROW = 380  # pixels: below it captions are short
NARROWEST, LOWEST = 290, 2 * NODE_HEIGHT + 2 * GAP_PIXELS + ROW
WIDEST = 640  # pixels: in a wide view the chain keeps together
TALLEST = 170  # pixels of height of the chain
HEAD = 7  # pixels of an arrow's head
LABEL_PIXELS, STEEP_PIXELS = 11, 12  # from an arrow's middle to its label, and more where it is steep
APART = 9  # pixels from the middle of t to where the arrows of x and y end
HELD = "?"  # stands where the answer is held back
# Where the nodes' centres are, as shares of what is left beside half a node at each side.
PLACES = {"x": (0.0, 0.0), "y": (0.0, 1.0), "t": (0.5, 0.5), "z": (1.0, 0.5)}
FORMULAS = {"t": "x + y", "z": "t²"}


class ChainNode:
    """The items of one node: its frame, its name with the formula, and its value."""

    def __init__(self, canvas: Canvas, name: str) -> None:
        self.frame = canvas.path()
        self.name = canvas.text(12)
        self.name.write(f"{name} = {FORMULAS[name]}" if name in FORMULAS else name)
        self.value = canvas.text(14, QFont.Weight.DemiBold)

    def place(self, centre: QPointF) -> None:
        """Move the items around `centre`, in pixels."""
        area = QRectF(0, 0, NODE_WIDTH, NODE_HEIGHT)
        area.moveCenter(centre)
        frame = QPainterPath()
        frame.addRoundedRect(area, ROUND, ROUND)
        self.frame.setPath(frame)
        self.name.place(centre.x(), centre.y() - NODE_HEIGHT / 4, 0.5)
        self.value.place(centre.x(), centre.y() + NODE_HEIGHT / 5, 0.5)

    def apply_theme(self, theme: Theme, *, on_path: bool) -> None:
        """Set the colours; nodes on the path from x to z are framed in the accent's."""
        self.frame.setPen(QPen(QColor(theme.accent if on_path else theme.edge), 1.5))
        self.frame.setBrush(QColor(theme.window))
        self.name.color(theme.muted)
        self.value.color(theme.text)


class ChainArrow:
    """An arrow between two nodes, with the derivative of its step."""

    def __init__(self, canvas: Canvas) -> None:
        self.line: QGraphicsPathItem = canvas.path(-1)
        self.label: Text = canvas.text(12, QFont.Weight.DemiBold)

    def place(self, start: QPointF, stop: QPointF, *, above: bool) -> None:
        """Draw from the right edge of the node at `start` to the left one of that at `stop`."""
        a, b = start + QPointF(NODE_WIDTH / 2 + 3, 0), stop - QPointF(NODE_WIDTH / 2 + 3, 0)
        across, down = b.x() - a.x(), b.y() - a.y()
        length = hypot(across, down) or 1.0
        across, down = across / length, down / length
        path = QPainterPath(a)
        path.lineTo(b)
        for side in (0.6, -0.6):
            path.moveTo(b)
            path.lineTo(b.x() - HEAD * (across + side * down), b.y() - HEAD * (down - side * across))
        self.line.setPath(path)
        away = LABEL_PIXELS + abs(down) * STEEP_PIXELS
        self.label.place((a.x() + b.x()) / 2, (a.y() + b.y()) / 2 + (-away if above else away), 0.5)

    def apply_theme(self, theme: Theme, *, on_path: bool) -> None:
        """Set the colours; arrows on the path from x to z are drawn in the accent's."""
        self.line.setPen(QPen(QColor(theme.accent if on_path else theme.muted), 2 if on_path else 1.2))
        self.label.color(theme.accent if on_path else theme.muted)


class ChainDrawing(Canvas):
    """Nodes, arrows and the row dz/dt × ∂t/∂x = ∂z/∂x beside the central difference."""

    def __init__(self) -> None:
        super().__init__()
        self.chain = ChainRule(0.0, 0.0)
        self.revealed = True
        self.theme: Theme | None = None
        self.setAccessibleName(tr("Chain rule"))
        follow(self.setMinimumSize, NARROWEST, LOWEST)
        self.nodes = {name: ChainNode(self, name) for name in PLACES}
        self.arrows = {ends: ChainArrow(self) for ends in (("x", "t"), ("y", "t"), ("t", "z"))}
        self.boxes = ItemPool(partial(FactorBox, self))
        self.resized.connect(self._draw)

    def show_chain(self, chain: ChainRule, *, revealed: bool) -> None:
        """Draw these values; without `revealed` the derivatives are held back."""
        self.chain, self.revealed = chain, revealed
        self._draw()

    def factors(self) -> list[Factor]:
        """The row below the chain; where there is little room its captions are short."""
        chain, narrow = self.chain, self.room.width() < NARROW
        step = "dz/dt = 2t" if self.revealed and not narrow else "dz/dt"
        difference, note = (tr("difference"), "") if narrow else (tr("central difference"), f"h = {STEP:g}")
        return [
            Factor(step, self._held(f"{chain.dz_dt:.1f}")),
            Factor("∂t/∂x", self._held(f"{chain.dt_dx:.0f}"), "×"),
            Factor("∂z/∂x", self._held(f"{chain.product:.3f}"), "=", result=True),
            Factor(difference, self._held(f"{chain.difference:.3f}"), "≈", result=True, note=note),
        ]

    def _held(self, text: str) -> str:
        return text.replace("-", "−") if self.revealed else HELD

    def _draw(self) -> None:
        size = self.room
        self.set_extent(size.height())
        width = min(size.width(), WIDEST) - 2
        height = min(size.height() - ROW - GAP_PIXELS - 2, TALLEST)
        places = {
            name: QPointF(
                1 + NODE_WIDTH / 2 + across * (width - NODE_WIDTH), 1 + NODE_HEIGHT / 2 + down * (height - NODE_HEIGHT)
            )
            for name, (across, down) in PLACES.items()
        }
        values = {"x": self.chain.x, "y": self.chain.y, "t": self.chain.t, "z": self.chain.z}
        for name, node in self.nodes.items():
            node.place(places[name])
            node.value.write(f"{values[name]:.{2 if name == 'z' else 1}f}".replace("-", "−"))
        steps = {
            ("x", "t"): f"× {self._held(f'{self.chain.dt_dx:.0f}')}",
            ("y", "t"): f"× {self._held(f'{self.chain.dt_dx:.0f}')}",
            ("t", "z"): f"× {self._held(f'{self.chain.dz_dt:.1f}')}",
        }
        for ends, arrow in self.arrows.items():
            start, stop = (places[name] for name in ends)
            apart = {"x": -APART, "y": APART}.get(ends[0], 0)
            arrow.place(start, stop + QPointF(0, apart), above=ends[0] != "y")
            arrow.label.write(steps[ends])
        row = self.factors()
        pixels, areas = fitted(row, QRectF(1, height + GAP_PIXELS, width - self._note_width(row), ROW))
        for box, factor, area in zip(self.boxes.show(len(row)), row, areas, strict=True):
            box.show(factor, area, pixels)
        self.setAccessibleDescription(self._sentence())
        self._color()

    def _note_width(self, row: list[Factor]) -> float:
        return 10 + max(QFontMetricsF(font(11)).horizontalAdvance(factor.note) for factor in row)

    def _sentence(self) -> str:
        chain = self.chain
        said = f"x {chain.x:.1f}, y {chain.y:.1f}, t {chain.t:.1f}, z {chain.z:.2f}"
        row = " ".join(f"{factor.operator} {factor.caption} {factor.value}" for factor in self.factors())
        return f"{said}: {row.strip()}" if self.revealed else said

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.theme = theme
        self._color()

    def _color(self) -> None:
        if self.theme:
            for name, node in self.nodes.items():
                node.apply_theme(self.theme, on_path=name != "y")
            for ends, arrow in self.arrows.items():
                arrow.apply_theme(self.theme, on_path="y" not in ends)
            for box in self.boxes.items:
                box.apply_theme(self.theme)
