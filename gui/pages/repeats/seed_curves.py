"""Curves of many seeds: each side's mean over a band, single seeds as thin lines."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QPainterPath, QPen

from gui.pages.repeats.side_styles import Pointed, side_color, side_dashes
from gui.pages.repeats.spoken_seeds import curves_said
from gui.pages.repeats.tables import band_table, seed_table
from gui.plots.live_view import LiveView
from gui.plots.pens_and_paths import band_path, cosmetic, translucent
from gui.plots.plot import Plot
from gui.plots.shared_axis import LOSSES, SEEDS, beyond_text
from gui.style.text_size import follow
from gui.style.theme import LIGHT, Theme
from gui.widgets.card import Card
from model.base import number_format
from model.base.arrays import Array
from model.base.language import tr
from model.exports.plot_table import Tables
from model.sweeps.repeats import SIDES, CurveBundle, SeedResults, bundle

TOPS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 1e4, 1e6)
HIGHEST = 1e9


class SideCurves:
    """The items of one side; its curves have so few points that all are drawn."""

    def __init__(self, plot: Plot, side: int) -> None:
        self.side = side
        self.band, self.seeds, self.mean = plot.path(1), plot.path(2), plot.path(5 + side)
        self.halo = plot.path(4)  # parts the mean from the seeds
        self.band.setPen(QPen(Qt.PenStyle.NoPen))
        self.bundle: CurveBundle | None = None

    def draw(self, *, std: bool) -> None:
        """Draw mean, seeds and band: one standard deviation either way with `std`, else from minimum to maximum."""
        for item in (self.band, self.seeds, self.halo, self.mean):
            item.setPath(QPainterPath())
        if self.bundle is None or not len(self.bundle.x):
            return
        x, found = self.bundle.x, self.bundle.band
        low, high = (found.mean - found.std, found.mean + found.std) if std else (found.low, found.high)
        there = np.isfinite(low)
        if there.any():
            self.band.setPath(band_path(x[there], low[there], high[there]))
        for item in (self.halo, self.mean):
            item.setPath(polyline(x, found.mean))
        # One path for all of them, cut where one ends: Qt paints it in one go.
        ends = np.full((len(self.bundle.values), 1), np.nan)
        values = np.concatenate((self.bundle.values, ends), axis=1)
        self.seeds.setPath(polyline(np.tile(np.append(x, x[-1]), len(values)), values.reshape(-1)))

    def values_at(self, iteration: float) -> tuple[float, Array]:
        """Nearest recorded iteration, and the values there of all seeds, of shape (seeds,)."""
        assert self.bundle is not None
        index = int(np.abs(self.bundle.x - iteration).argmin())
        return float(self.bundle.x[index]), self.bundle.values[:, index]

    def apply_theme(self, theme: Theme) -> None:
        color = side_color(theme, self.side)
        self.band.setBrush(QBrush(translucent(color, 0.16)))
        self.seeds.setPen(cosmetic(theme.pale(color), 1))
        self.halo.setPen(cosmetic(translucent(theme.card, 0.8), 4.5))
        self.mean.setPen(cosmetic(color, 2.2, side_dashes(theme, self.side)))


def polyline(x: Array, y: Array) -> QPainterPath:
    """Polyline through the finite points; NaN interrupts it."""
    path: QPainterPath = pg.arrayToQPath(x.astype(float), y.astype(float), connect="finite")
    return path


class SeedCurves(Card):
    """One quantity of all runs against iterations; `run_pointed` carries the run under the cursor, or None."""

    run_pointed = Signal(object)

    def __init__(self, quantity: str) -> None:
        super().__init__(f"repeats-{quantity.replace('_', '-')}")
        self.quantity = quantity
        self.std, self.theme = False, LIGHT
        self.view = LiveView(antialiased=True, left=6, right=16)
        follow(self.view.setMinimumHeight, 110)
        self.plot = Plot(self.view, self.read)
        self.plot.axes[0].counts = True
        self.plot.menu_wanted.connect(self.menu_from_plot)
        self.sides = [SideCurves(self.plot, side) for side in range(len(SIDES))]
        self.marked = self.plot.path(8)
        self.marked_run: Pointed | None = None
        self.samples: Sequence[SeedResults] = ()
        self.body.addWidget(self.view, 1)
        self.view.left.connect(self._leave)

    def show_samples(self, samples: Sequence[SeedResults], iterations: int) -> None:
        """Draw one or two sides' results on an axis of this number of iterations."""
        self.samples = samples
        for side in self.sides:
            side.bundle = bundle(samples[side.side], self.quantity) if side.side < len(samples) else None
        self.plot.set_automatic((0.0, float(max(iterations, 1))), (0.0, self.top()))
        self.redraw()

    def show_band(self, *, std: bool, seeds: bool) -> None:
        """Choose the band, and whether single seeds are drawn."""
        self.std = std
        for side in self.sides:
            side.seeds.setVisible(seeds)
        self.redraw()

    def redraw(self) -> None:
        """Draw all curves again."""
        for side in self.sides:
            side.draw(std=self.std)
        self.mark(self.marked_run)

    def top(self) -> float:
        """Upper end of the vertical axis."""
        raise NotImplementedError

    def written(self, value: float) -> str:
        """Format a value for the readout."""
        raise NotImplementedError

    def mark(self, run: Pointed | None) -> None:
        """Draw a run's curve above all others; None removes it."""
        self.marked_run, path = run, QPainterPath()
        found = self.sides[run.side].bundle if run else None
        if run and found and run.seed in found.seeds:
            path = polyline(found.x, found.values[found.seeds.index(run.seed)])
            color = side_color(self.theme, run.side)
            self.marked.setPen(cosmetic(color, 1.8 * self.view.pixel_ratio))
        self.marked.setPath(path)

    def nearest(self, x: float, y: float) -> Pointed | None:
        """Run whose curve is nearest to (x, y) at the recorded iteration next to x; None without any."""
        found: list[tuple[float, Pointed]] = []
        for side in self.sides:
            if side.bundle and len(side.bundle.x):
                distance = np.abs(side.values_at(x)[1] - y)
                if np.isfinite(distance).any():
                    index = int(np.nanargmin(distance))
                    found.append((float(distance[index]), Pointed(side.side, side.bundle.seeds[index])))
        return min(found, key=lambda each: each[0])[1] if found else None

    def read(self, x: float, y: float) -> str:
        """Readout: the nearest run's value and its side's mean; emits `run_pointed`."""
        run = self.nearest(x, y)
        self.run_pointed.emit(run)
        if run is None:
            return ""
        side = self.sides[run.side]
        assert side.bundle is not None
        iteration, values = side.values_at(x)
        value = float(values[side.bundle.seeds.index(run.seed)])
        mean = float(side.bundle.band.mean[np.searchsorted(side.bundle.x, iteration)])
        head = tr("iteration {iteration}", iteration=number_format.count(iteration))
        lines = [
            head,
            self.samples[run.side].name,
            tr("seed {seed}: {value}", seed=run.seed, value=self.written(value)),
        ]
        return "\n".join([*lines, tr("mean {mean}", mean=self.written(mean))] if np.isfinite(mean) else lines)

    def describe(self) -> None:
        """Say to a screen reader how the curves of each side end."""
        bundles = {self.samples[side.side].name: side.bundle for side in self.sides if side.bundle}
        self.plot.keys.describe(self.accessibleName(), curves_said(bundles, self.written))

    def tables(self) -> Tables:
        title = self.accessibleName()
        shown = [side.side for side in self.sides if side.bundle]
        samples = [self.samples[side] for side in shown]
        if not samples:
            return {}
        return {
            tr("{card}: every seed", card=title): partial(seed_table, samples, self.quantity),
            tr("{card}: mean and spread", card=title): partial(band_table, samples, self.quantity),
        }

    def _leave(self) -> None:
        self.run_pointed.emit(None)

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""
        self.theme = theme
        self.plot.apply_theme(theme)
        for side in self.sides:
            side.apply_theme(theme)
        self.mark(self.marked_run)


class AccuracyOfSeeds(SeedCurves):
    """Test accuracy, from 0 to 100 %."""

    def __init__(self) -> None:
        super().__init__("test_accuracy")
        self.plot.axes[1].fixed = [(k / 4, number_format.with_percent(f"{25 * k}")) for k in range(5)]

    def top(self) -> float:
        return 1.0

    def written(self, value: float) -> str:
        return number_format.percent(value)


class LossOfSeeds(SeedCurves):
    """The training batch's loss, on an axis that holds all runs but those that go far beyond the others."""

    def __init__(self) -> None:
        super().__init__("loss")

    def top(self) -> float:
        worst = self._worst()
        top = next((top for top in TOPS if top >= LOSSES.reach(worst)), HIGHEST)
        self.subtitle.setText(beyond_text(sum(each > top for each in worst), SEEDS))
        return top

    def _worst(self) -> list[float]:
        """The largest loss of each run."""
        seeds = [seed for side in self.sides if side.bundle for seed in side.bundle.values]
        return [float(np.nanmax(values)) for values in seeds if np.isfinite(values).any()]

    def written(self, value: float) -> str:
        return number_format.significant(value)
