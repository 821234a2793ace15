"""What repeated runs have brought: curves above, final accuracies and the conclusion below."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from gui.pages.background_page import ResultsWidget
from gui.pages.repeats.accuracy_strip import AccuracyStrip
from gui.pages.repeats.figures_table import FiguresTable
from gui.pages.repeats.seed_curves import AccuracyOfSeeds, LossOfSeeds, SeedCurves
from gui.pages.repeats.side_styles import Pointed
from gui.pages.repeats.spoken_seeds import finals_said
from gui.pages.repeats.tables import final_table
from gui.style.theme import Theme
from gui.widgets.card import Card
from gui.widgets.split import Split
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import tr
from model.exports.plot_table import Tables
from model.sweeps.repeats import SeedResults
from model.sweeps.repeats_sentences import conclusion

CURVES, FINAL = 5, 4  # weights of the rows


class FinalCard(Card):
    """The card of the final accuracies that `strip` draws."""

    def __init__(self, strip: AccuracyStrip) -> None:
        super().__init__("repeats-final")
        self.strip = strip

    def tables(self) -> Tables:
        samples = self.strip.samples
        return {self.accessibleName(): partial(final_table, samples)} if samples else {}


class RepeatsResults(ResultsWidget):
    """Curves of one config or two over several seeds, their final accuracies, and whether these differ."""

    def __init__(self) -> None:
        super().__init__()
        self.accuracy, self.loss = AccuracyOfSeeds(), LossOfSeeds()
        self.curves: list[SeedCurves] = [self.accuracy, self.loss]
        self.strip, self.table = AccuracyStrip(), FiguresTable()
        self.sentence = WrappedLabel("title")
        self.final = FinalCard(self.strip)
        self.cards = [*self.curves, self.final]
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.strip, 1)
        below.addWidget(self.table)
        self.final.body.addWidget(self.sentence)
        self.final.body.addLayout(below, 1)
        self._lay_out()
        self.strip.run_pointed.connect(self._point)
        for curves in self.curves:
            curves.run_pointed.connect(self._point)

    def _lay_out(self) -> None:
        curves = Split("repeats-curves", Qt.Orientation.Horizontal)
        curves.setAccessibleName(tr("curves"))
        for card in self.curves:
            curves.add(card, 1)
        rows = Split("repeats-rows", Qt.Orientation.Vertical)
        rows.add(curves, CURVES)
        rows.add(self.final, FINAL)
        for split in (curves, rows):
            split.name_handles()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(rows)

    @Slot(object)
    def _point(self, run: Pointed | None) -> None:
        self.strip.mark(run)
        for curves in self.curves:
            curves.mark(run)

    def pieces(self, samples: Sequence[SeedResults], iterations: int) -> list[Callable[[], None]]:
        """What draws these results, each in a few milliseconds; `iterations` are those of the longest run."""
        drawn: list[Callable[[], None]] = [partial(curves.show_samples, samples, iterations) for curves in self.curves]
        return [*drawn, partial(self.strip.show_samples, samples), partial(self._write, samples)]

    def _write(self, samples: Sequence[SeedResults]) -> None:
        self.table.show_samples(samples)
        self.strip.describe(finals_said(samples))
        for curves in self.curves:
            curves.describe()
        self.sentence.say(conclusion(samples) or tr("The first run is under way."))

    def show_band(self, *, std: bool, seeds: bool) -> None:
        """Draw the standard deviation, or every seed's curve, in both plots."""
        for curves in self.curves:
            curves.show_band(std=std, seeds=seeds)

    def show_automatic(self) -> None:
        """Undo the user's zoom."""
        for curves in self.curves:
            curves.plot.show_automatic()

    def apply_theme(self, theme: Theme) -> None:
        self.strip.apply_theme(theme)
        self.table.apply_theme(theme)
        for curves in self.curves:
            curves.apply_theme(theme)
