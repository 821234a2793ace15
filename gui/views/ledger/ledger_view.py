"""Ledger view: the gain of each stage, for the gradient on its way back or the signal on its way forward."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QButtonGroup, QToolButton

from gui.plots.canvas import Canvas
from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.views.layer_readout import beside
from gui.views.ledger.table import HEADS, LOWEST, LedgerTable, cell_values
from gui.views.moment import Moment, RunContext
from gui.views.view import View
from model.base.number_format import portion
from model.config.views import ViewKind
from model.exports.plot_table import Tables
from model.exports.plot_tables import gains
from model.measurement.ledger import Chain, LedgerLine, backward, forward, stages_in
from model.measurement.records import Record


@dataclass(frozen=True)
class LedgerDirection:
    """Direction through the network: backward for the gradient, forward for the signal.

    `running` heads the column of the running product, `arrives` is a sentence about the last one; `kind` is the
    field of LayerRecord that has its gains.
    """

    name: str
    help: str
    running: str
    kind: str
    lines: Callable[[Chain], list[LedgerLine]]
    arrives: str


GRADIENT = LedgerDirection(
    "gradient",
    "What each stage passes of the gradient on its way back from the output",
    "from the output",
    "gain",
    backward,
    "Layer 1 receives {} the output's gradient",
)
SIGNAL = LedgerDirection(
    "signal",
    "What each stage passes of the signal on its way from the input to the output",
    "from the input",
    "signal_gain",
    forward,
    "The output keeps {} the input's spread",
)
FEWEST_LINES = 2  # in sight
BEFORE = "dotted: what theory expects of each stage  ·  press Train to measure it"
NO_DATA = "What each stage passes will stand here; press Train."
NO_LAYER = "There is no hidden layer: the gradient has no way to come back."
READINGS = ("  ·  bars left of ×1 shrink it, right of it enlarge it  ·  dotted: theory",
            "  ·  bars left of ×1 shrink it  ·  dotted: theory", "  ·  left of ×1: shrinks  ·  dotted: theory",
            "  ·  dotted: theory", "")  # fmt: skip
HELP = (
    "Each stage passes on this share of what enters it. The factors of a line multiply to the layer's, "
    "and those of all lines to what arrives at the end. Bars left of ×1 shrink it, bars right of ×1 enlarge it."
)


class LedgerView(View):
    """A table of gains with bars on one logarithmic scale: a row per layer, a column per stage that reports a gain."""

    view = ViewKind.LEDGER

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.plots = 1
        self.way = GRADIENT
        self.record: Record | None = None
        self.start: Record | None = None
        self.key.setToolTip(HELP)
        self.switch: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for way in (GRADIENT, SIGNAL):
            button = QToolButton()
            button.setObjectName("flat")
            button.setText(way.name)
            button.setCheckable(True)
            button.setChecked(way is self.way)
            button.setToolTip(way.help)
            button.setAccessibleName(f"Ledger of the {way.name}")
            button.clicked.connect(lambda *_, way=way: self.choose_way(way))
            group.addButton(button)
            self.header.addWidget(button)
            self.switch[way.name] = button
        self.heads, self.table = Canvas(), Canvas(self.read, scrolls=True)
        follow(self.heads.setFixedHeight, HEADS)
        follow(self.table.setMinimumHeight, FEWEST_LINES * LOWEST)
        self.table.setAccessibleName("Factors of every stage of every layer")
        self.picture = LedgerTable(self.heads, self.table)
        self.table.resized.connect(self._lay_out)
        self.table.clicked.connect(self._click)
        self.body.addWidget(self.heads)
        self.body.addWidget(self.table, 1)
        self.apply_theme(theme)

    def show_run(self, run: RunContext) -> None:
        super().show_run(run)
        self.record = self.start = None
        self.names = run.config.layer_names
        self._begin()

    def choose_way(self, way: LedgerDirection) -> None:
        """Switch to the ledger of the gradient or of the signal."""
        self.way = way
        self.switch[way.name].setChecked(True)
        self._begin()

    def _ledger(self, chain: Chain | None) -> list[LedgerLine]:
        return self.way.lines(chain) if chain else []

    def _begin(self) -> None:
        """Rebuild the table for the stages in theory and records."""
        if not self.run:
            return
        last = len(self.names) - 1
        layers = list(range(last, -1, -1)) if self.way is GRADIENT else list(range(-1, last + 1))
        theory = self._ledger(self.run.theory)
        ledgers = [theory, self._ledger(self.start), self._ledger(self.record)]
        names = [self.names[layer] if layer >= 0 else "Input" for layer in layers]
        self.picture.show(layers, names, stages_in(*ledgers), self.way.running)
        for ledger in filter(None, ledgers):
            self.picture.cover(ledger)
        if theory:
            self.picture.expect(theory)
        if self.record:
            self.picture.draw(self._ledger(self.record))
        self.apply_theme(self.theme)
        self._write()

    def draw_plot(self, index: int, moment: Moment) -> None:
        if not self.run or len(moment.figures.all_layers) != len(self.names):
            return
        self.record, first = moment.figures, self.start is None
        self.start = moment.start
        ledger = self._ledger(self.record)
        if first or not set(stages_in(ledger)) <= set(self.picture.stages):
            self._begin()
        else:
            self.picture.cover(ledger)
            self.picture.draw(ledger)

    def update_text(self, moment: Moment | None) -> None:
        self._write()
        self.table.refresh_readout()

    def _write(self) -> None:
        if self.way is GRADIENT and self.run and not self.run.config.hidden:
            self.key.setText(NO_LAYER)
        elif self.record:
            ledger = self._ledger(self.record)
            self.picture.write(ledger)
            arrives, metrics = self.way.arrives.format(portion(ledger[-1].running)), self.key.fontMetrics()
            texts = (arrives + reading for reading in READINGS)
            fitting = (text for text in texts if metrics.horizontalAdvance(text) <= self.key.width())
            self.key.setText(next(fitting, arrives))
        else:
            self.key.setText(BEFORE if self.run and self.run.theory else NO_DATA)

    def _lay_out(self) -> None:
        self.picture.lay_out()
        self.apply_theme(self.theme)

    def _click(self, point: QPointF) -> None:
        place = self.picture.place_of(point)
        if place and self.picture.layers[place[0]] >= 0:  # the input is no layer
            self.layer_chosen.emit(self.picture.layers[place[0]])

    def read(self, point: QPointF) -> str:
        """Readout: layer, stage, and the gain measured and expected."""
        place = self.picture.place_of(point)
        if place is None or not self.run:
            return ""
        (row, column), stages = place, self.picture.stages
        if column is None:
            return ""
        values = [
            cell_values(ledger[row], stages)[column] if ledger else None
            for ledger in (self._ledger(self.record), self._ledger(self.run.theory))
        ]
        if values == [None, None]:
            return ""
        name = self.picture.rows[row].name.text
        return f"{name}  ·  {self.picture.columns[column].title}\n× {beside(*values)}"

    def tables(self) -> Tables:
        ledgers = self._ledger(self.record), self._ledger(self.run.theory if self.run else None)
        iteration = self.record.iteration if self.record else None
        return {f"Ledger of the {self.way.name}": partial(gains, self.way.kind, iteration, self.names, *ledgers)}

    def choose_layer(self, layer: int | None) -> None:
        super().choose_layer(layer)
        self.apply_theme(self.theme)
        if layer in self.picture.layers:
            row = self.picture.layers.index(layer)
            self.table.ensureVisible(0, row * self.picture.height, 1, self.picture.height, 0, 0)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.picture.apply_theme(theme, self.chosen, len(self.run.config.hidden) if self.run else 0)
