"""Compare view: columns of all runs on one canvas, drawn in turns."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy

from gui.pages.compare.column import RunColumn
from gui.pages.compare.column_head import lines_needed
from gui.pages.compare.layout import CompareLayout
from gui.pages.compare.row_labels import RowLabels
from gui.pages.compare.shared_scales import SharedScales
from gui.pages.compare.spoken_runs import compared_said
from gui.plots.canvas import ItemPool
from gui.plots.walked_canvas import WalkedCanvas
from gui.runs.run_entry import RunEntry
from gui.style.theme import Theme
from model.base import number_format
from model.base.language import message, tr
from model.base.layer_names import shown_layer
from model.exports.plot_table import Tables
from model.exports.plot_tables import curves, histograms, joined, layer_figures

KEY = message(
    "bars: activations, outline: at the start  ·  line: test accuracy, pale: training batch  ·  dotted: δ at the start"
)
PIECES_A_FRAME = 8
# While one goes through the iterations, all columns shall move together.
PIECES_OF_A_MOMENT = 36
# At 30 frames a second, ten pictures a second of each plot.
FRAMES_A_ROUND = 3

Part = TypeVar("Part")


class CompareView(WalkedCanvas):
    """Small multiples of runs; `at` is the iteration shown of all, None the newest of each."""

    title_double_clicked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(self._read, lambda: self.scales.layers + 2 if self.columns else 0, self._cells, scrolls=True)
        self.setAccessibleName(tr("Runs side by side"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.theme = theme
        self.pool = ItemPool(partial(RunColumn, self))
        self.rows = RowLabels(self)
        self.columns: list[RunColumn] = []
        self.names: Mapping[str, str] = {}
        self.scales = SharedScales([])
        self.layout_: CompareLayout | None = None
        self.at: int | None = None
        self.turns: deque[tuple[RunColumn, int]] = deque()
        self.waited = 0
        self.resized.connect(self.lay_out)

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    def show_runs(self, entries: Sequence[RunEntry], names: Mapping[str, str]) -> None:
        """Show these runs; the same ones as before keep their plots and scales. `names` maps a run's id to its name."""
        same = [column.entry for column in self.columns] == list(entries)
        self.names = names
        if not same:
            self.scales = SharedScales([entry.recipe.config for entry in entries])
            self.turns.clear()
            self.columns = self.pool.show(len(entries))
            for column, entry in zip(self.columns, entries, strict=True):
                column.show(entry)
                column.setVisible(True)
        self.lay_out()
        self.apply_theme(self.theme)

    def go_to(self, iteration: int | None) -> None:
        """Show all runs at an iteration; None follows the newest."""
        if iteration != self.at:
            self.at = iteration
            self._look(self.columns)

    def lay_out(self) -> None:
        """Place all items for the present size, and queue all plots."""
        if not self.columns:
            return
        width, height = self.room.width(), self.room.height()
        layout = CompareLayout(width, height, len(self.columns), self.scales.layers)
        lines = lines_needed(map(self._name, self.columns), layout.column_width)
        layout = replace(layout, name_lines=lines)
        self.layout_ = layout
        self.set_extent(max(layout.height, height))
        for index, column in enumerate(self.columns):
            column.place(layout, index, self._name(column))
            column.write()
        self._place_rows()
        self._queue(self.columns)

    def _name(self, column: RunColumn) -> str:
        return self.names.get(column.entry.id, "") if column.entry else ""

    def _place_rows(self) -> None:
        if self.layout_:
            self.rows.place(self.layout_, self.scales, self.columns)
            self.rows.apply_theme(self.theme, self.theme.layer_colors(self.scales.layers), self.layout_)

    def _look(self, columns: Sequence[RunColumn]) -> None:
        """Read what these columns have to draw; if that grows the scales, queue all columns."""
        grown = False
        for column in columns:
            seen = column.look(self.at)
            if seen and column.entry:
                grown |= self.scales.cover(column.entry.id, column.entry.recipe.config, seen)
        if grown:
            self._place_rows()
        self._queue(self.columns if grown else columns)

    def _queue(self, columns: Sequence[RunColumn]) -> None:
        waiting = set(self.turns)
        turns = [(column, piece) for column in columns for piece in range(column.pieces)]
        self.turns.extend(turn for turn in turns if turn not in waiting)

    def frame(self) -> bool:
        """Draw the next few queued plots, False if there are none; a round begins every FRAMES_A_ROUND frames."""
        self.waited += 1
        if not self.turns and self.waited >= FRAMES_A_ROUND and (stale := [c for c in self.columns if c.stale]):
            self.waited = 0
            self._look(stale)
        pieces = PIECES_A_FRAME if self.at is None else PIECES_OF_A_MOMENT
        drawn = min(pieces, len(self.turns))
        for _ in range(drawn):
            column, piece = self.turns.popleft()
            column.draw(piece, self.scales, live=self.at is None)
        return drawn > 0

    def finish(self) -> None:
        """Draw all queued plots, for a picture."""
        self._look([column for column in self.columns if column.stale])
        while self.turns:
            self.frame()
        self.update_text()

    def update_text(self) -> None:
        """Write the figures of the records drawn last."""
        for column in self.columns:
            column.write()
        self.refresh_readout()
        seen = [(self._name(column), column.seen) for column in self.columns]
        self.describe(compared_said([(name, each) for name, each in seen if each]))

    def tables(self, names: Callable[[], Mapping[str, str]]) -> Tables:
        """What the columns show, as tables; `names` are those of the runs, asked for when a table is made."""
        runs = [(column.entry.id, column.entry.run_log, column.seen) for column in self.columns if column.entry]
        logs = [(id_, run_log) for id_, run_log, _ in runs if run_log]
        seen = [(id_, found) for id_, _, found in runs if found]
        if not seen:
            return {}

        def named(parts: Sequence[tuple[str, Part]]) -> list[tuple[str, Part]]:
            known = names()
            return [(known.get(id_, ""), part) for id_, part in parts]

        return {
            tr("Accuracy"): lambda: curves(named(logs), ("train_accuracy", "test_accuracy")),
            tr("Gradient of every layer"): lambda: joined(
                [(name, layer_figures(found.figures, None, ("delta_rms",))) for name, found in named(seen)]
            ),
            tr("Activations"): lambda: joined(
                [(name, histograms([found.start, found.pictures], "a")) for name, found in named(seen)]
            ),
        }

    def is_title(self, place: QPoint) -> bool:
        """Whether a place in the view is above the plots, where the runs have their names."""
        return self.layout_ is not None and self.mapToScene(place).y() < self.layout_.accuracy(0).top()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.is_title(event.position().toPoint()):
            self.title_double_clicked.emit()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.theme = theme
        colors = theme.layer_colors(self.scales.layers)
        for column in self.columns:
            column.apply_theme(theme, colors)
        self.rows.apply_theme(theme, colors, self.layout_)

    def _cells(self, row: int) -> list[QRectF]:
        """Where the plots of a row are: accuracy, layers, gradient."""
        layout = self.layout_
        if layout is None:
            return []
        runs, last = range(len(self.columns)), self.scales.layers + 1
        if row in (0, last):
            return [layout.accuracy(run) if row == 0 else layout.gradient(run) for run in runs]
        return [layout.layer(run, row - 1) for run in runs]

    def _read(self, place: QPointF) -> str:
        """Readout: the run under the cursor, and its layer there."""
        index = self.layout_.column_at(place.x()) if self.layout_ else None
        if index is None or self.layout_ is None or index >= len(self.columns):
            return ""
        column = self.columns[index]
        lines = [self._name(column)]
        if seen := column.seen:
            iteration = tr("iteration {iteration}", iteration=number_format.count(seen.iteration))
            test = tr("test {accuracy}", accuracy=number_format.percent(seen.accuracy))
            lines.append(f"{iteration}  ·  {test}")
            layer = self.layout_.layer_at(place.y())
            if layer is not None and (found := seen.layer(layer)):
                now, _ = found
                mean, std = (number_format.significant(each) for each in (now.activation_mean, now.activation_std))
                said = tr("{layer}: mean {mean}, sd {std}", layer=shown_layer(now.name), mean=mean, std=std)
                lines += [said, tr("RMS of δ {rms}", rms=number_format.significant(now.delta_rms))]
            if place.y() > self.layout_.gradient(index).top():
                lines += [
                    tr("{name}: {value}", name=shown_layer(each.name), value=number_format.significant(each.delta_rms))
                    for each in seen.figures.all_layers
                ]
        return "\n".join(lines)
