"""Strip of final accuracies: a dot per seed, and the paired differences with their confidence interval."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QFont, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsPathItem

from gui.pages.repeats.scales import PixelScale, StripAxis
from gui.pages.repeats.side_styles import Pointed, side_color
from gui.plots.canvas import DOTS
from gui.plots.pens_and_paths import translucent
from gui.plots.walked_canvas import WalkedCanvas
from gui.style.text_size import follow
from gui.style.theme import LIGHT, Theme
from model.base.language import tr
from model.sweeps.repeats import SIDES, SeedResults
from model.sweeps.repeats_sentences import accuracy, difference, points

GUTTER, RIGHT = 46, 26
AXIS = 24  # a line, its ticks and their labels
ROW, TALLEST_ROW = 20, 56
GAP_PIXELS = 12
DOT, MEAN = 3.2, 9.0
NEAR_PIXELS = 8.0  # from a dot within which the cursor means it
LEAST_ACCURACY, LEAST_DIFFERENCE = 0.2, 0.1  # points that an axis spans at least
SMALLEST = (140, 4 * ROW + 2 * AXIS + GAP_PIXELS)
DIFFERENCE = "B \u2212 A"


class AccuracyStrip(WalkedCanvas):
    """A row of dots per side with a tick at the mean, pairs joined; below, B - A per pair, its mean and interval.

    `run_pointed` carries the run under the cursor, or None.
    """

    run_pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__(self.read_at, lambda: len(self._rows()), lambda row: self._rows()[row])
        self.samples: Sequence[SeedResults] = ()
        self.theme = LIGHT
        follow(self.setMinimumSize, *SMALLEST)
        self.setAccessibleName(tr("Final accuracies of all seeds"))
        self.ties, self.zero = self.path(0), self.path(0)
        self.dots, self.means = [self.path(1) for _ in SIDES], [self.path(2) for _ in SIDES]
        self.gaps, self.interval, self.marked = self.path(1), self.path(2), self.path(3)
        self.names = [self.text(12, QFont.Weight.DemiBold) for _ in (*SIDES, DIFFERENCE)]
        self.unit = self.text(11)
        self.axes = StripAxis(self), StripAxis(self)
        self.places: dict[Pointed, QPointF] = {}
        self.pairs: dict[int, QPointF] = {}  # where B - A of each seed is
        self.marked_run: Pointed | None = None

    def sizeHint(self) -> QSize:
        return self.minimumSize()  # not the size of the scene, which follows that of the view

    def show_samples(self, samples: Sequence[SeedResults]) -> None:
        """Draw one or two sides' results."""
        self.samples = samples
        self.redraw()

    def redraw(self) -> None:
        """Lay out and draw everything for the present size."""
        self.set_extent(self.room.height())
        right, count = self.room.width() - RIGHT, len(self.samples)
        accuracies = [sample.accuracies for sample in self.samples]
        paired = count > 1 and bool(difference(*self.samples).n)
        room = self.room.height() - (2 * AXIS + GAP_PIXELS if count > 1 else AXIS)
        row = min(max(room / (count + 1.6 if count > 1 else 1.3), ROW), TALLEST_ROW)
        values = [100 * value for found in accuracies for value in found.values()]
        scale = PixelScale.around(values, LEAST_ACCURACY, GUTTER, right)
        self.places = {
            Pointed(side, seed): QPointF(scale.x(100 * value), row * (side + 0.6))
            for side, found in enumerate(accuracies)
            for seed, value in found.items()
        }
        bottom = row * (count + 0.3)
        self.axes[0].draw(scale if values else None, bottom, percent=True)
        for side, name in enumerate(SIDES):
            self._draw_side(side, scale, row * (side + 0.6))
            self.names[side].write(name if side < count else "")
            self.names[side].place(4, row * (side + 0.6))
        self._draw_ties()
        self._draw_differences(paired, bottom + AXIS + GAP_PIXELS, row, right)
        self.mark(self.marked_run)

    def _draw_side(self, side: int, scale: PixelScale, y: float) -> None:
        dots, mean = QPainterPath(), QPainterPath()
        dots.setFillRule(Qt.FillRule.WindingFill)  # where two lie on each other too
        for run, place in self.places.items():
            if run.side == side:
                dots.addEllipse(place, DOT, DOT)
        if not dots.isEmpty():
            x = scale.x(100 * float(self.samples[side].spread.mean[0]))
            mean.moveTo(x, y - MEAN)
            mean.lineTo(x, y + MEAN)
        self.dots[side].setPath(dots)
        self.means[side].setPath(mean)

    def _draw_ties(self) -> None:
        path = QPainterPath()
        for run, place in self.places.items():
            other = self.places.get(Pointed(1, run.seed))
            if run.side == 0 and other:
                path.moveTo(place)
                path.lineTo(other)
        self.ties.setPath(path)

    def _draw_differences(self, paired: bool, top: float, row: float, right: float) -> None:
        zero, gaps, interval = QPainterPath(), QPainterPath(), QPainterPath()
        gaps.setFillRule(Qt.FillRule.WindingFill)
        self.pairs = {}
        self.names[-1].write(DIFFERENCE if paired else "")
        self.unit.write(tr("points") if paired else "")
        scale, y = None, top + 0.5 * row
        if paired:
            first, second = (sample.accuracies for sample in self.samples)
            each = {seed: 100 * (second[seed] - first[seed]) for seed in second if seed in first}
            found = difference(*self.samples)
            ends = [100 * end for end in (found.low, found.high) if end is not None]
            scale = PixelScale.around([0.0, *each.values(), *ends], LEAST_DIFFERENCE, GUTTER, right)
            self.names[-1].place(4, y)
            self.unit.place(4, y + 15)
            zero.moveTo(scale.x(0), top - GAP_PIXELS / 2)
            zero.lineTo(scale.x(0), top + 1.3 * row)
            self.pairs = {seed: QPointF(scale.x(value), y - 0.1 * row) for seed, value in each.items()}
            for place in self.pairs.values():
                gaps.addEllipse(place, DOT, DOT)
            x, low = scale.x(100 * found.difference), y + 0.42 * row
            for end in ends:
                interval.moveTo(scale.x(end), low - 4)
                interval.lineTo(scale.x(end), low + 4)
            if ends:
                interval.moveTo(scale.x(ends[0]), low)
                interval.lineTo(scale.x(ends[1]), low)
            interval.moveTo(x, low - 7)
            interval.lineTo(x, low + 7)
        self.axes[1].draw(scale, top + 1.3 * row, percent=False)
        for item, path in ((self.zero, zero), (self.gaps, gaps), (self.interval, interval)):
            item.setPath(path)

    def mark(self, run: Pointed | None) -> None:
        """Ring a run's dot and its pair's difference; None removes the rings."""
        self.marked_run, path = run, QPainterPath()
        for place in (self.places.get(run), self.pairs.get(run.seed)) if run else ():
            if place:
                path.addEllipse(place, DOT + 3, DOT + 3)
        self.marked.setPath(path)

    def _rows(self) -> list[list[QRectF]]:
        """Where the dots are that keys walk through, a row per side and one of the differences, from left to right."""
        sides = [[place for run, place in self.places.items() if run.side == side] for side in range(len(SIDES))]
        return [
            [QRectF(place.x() - DOT, place.y() - DOT, 2 * DOT, 2 * DOT) for place in sorted(row, key=QPointF.x)]
            for row in (*sides, list(self.pairs.values())) if row
        ]  # fmt: skip

    def at(self, point: QPointF) -> Pointed | None:
        """Run whose dot is within NEAR_PIXELS of a point; a difference stands for the run of side B."""
        spots = [*self.places.items(), *((Pointed(1, seed), place) for seed, place in self.pairs.items())]
        near = [((place - point).manhattanLength(), index) for index, (_, place) in enumerate(spots)]
        distance, index = min(near, default=(NEAR_PIXELS, 0))
        return spots[index][0] if distance < NEAR_PIXELS else None

    def read_at(self, point: QPointF) -> str:
        """Readout: the seed under the cursor, its accuracies and their difference; emits `run_pointed`."""
        run = self.at(point)
        self.run_pointed.emit(run)
        if run is None:
            return ""
        values = [(sample.name, sample.accuracies.get(run.seed)) for sample in self.samples]
        lines = [tr("seed {seed}", seed=run.seed)]
        lines += [
            tr("{name}: {value}", name=name, value=accuracy(value)) for name, value in values if value is not None
        ]
        ends = [value for _, value in values if value is not None]
        if len(ends) == len(SIDES):
            apart = tr("{difference} points", difference=points(ends[1] - ends[0], signed=True))
            lines.append(tr("{name}: {value}", name=DIFFERENCE, value=apart))
        return "\n".join(lines)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.run_pointed.emit(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.run_pointed.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.redraw()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.theme = theme
        for side in range(len(SIDES)):
            color = side_color(theme, side)
            _ring(self.dots[side], color, filled=side == 0)
            self.means[side].setPen(QPen(color, 2.5))
            self.names[side].color(theme.as_text(color))
        self.names[-1].color(theme.text)
        self.unit.color(theme.muted)
        _ring(self.gaps, QColor(theme.muted), filled=True)
        self.ties.setPen(QPen(QColor(theme.edge), 1))
        zero = QPen(QColor(theme.muted), 1)
        zero.setDashPattern(list(DOTS))
        self.zero.setPen(zero)
        self.interval.setPen(QPen(QColor(theme.text), 2))
        self.marked.setPen(QPen(QColor(theme.text), 1.5))
        for axis in self.axes:
            axis.apply_theme(theme)


def _ring(item: QGraphicsPathItem, color: QColor, *, filled: bool) -> None:
    item.setPen(QPen(color, 1.4))
    item.setBrush(QBrush(translucent(color, 0.75) if filled else QColor(0, 0, 0, 0)))
