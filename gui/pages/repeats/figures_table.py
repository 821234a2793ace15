"""Table of the final accuracies' statistics, per side and for the paired difference."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.pages.repeats.accuracy_strip import DIFFERENCE
from gui.pages.repeats.side_styles import side_color
from gui.style.theme import Theme
from gui.widgets.card import label
from model.base import number_format
from model.base.language import message, tr, tr_count
from model.sweeps.repeats import SIDES, SeedResults
from model.sweeps.repeats_sentences import accuracy, difference, points, verdicts
from model.sweeps.statistics import CONFIDENCE, FEWEST_PAIRS

# The rows, by the words before them.
MEAN, STD, LOWEST, HIGHEST = message("mean"), message("std. dev."), message("lowest"), message("highest")
SEEDS, INTERVAL, WINS, VERDICTS = message("seeds"), message("{share} interval"), message("wins"), message("verdicts")
ROWS = (MEAN, STD, LOWEST, HIGHEST, SEEDS, INTERVAL, WINS, VERDICTS)


class FiguresTable(QWidget):
    """A column per side and one for B - A; cells stay empty until there are results."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(1)
        self.heads = [label(name, "title") for name in (*SIDES, DIFFERENCE)]
        self.rows: dict[str, list[QLabel]] = {}
        for column, head in enumerate(self.heads, 1):
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(head, 0, column)
        for row, name in enumerate(ROWS, 1):
            said = tr(name, share=number_format.with_percent(f"{100 * CONFIDENCE:.0f}"))
            cells = self.rows[name] = [label(said, "muted"), *(label("") for _ in self.heads)]
            for column, cell in enumerate(cells):
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                cell.setAlignment(side | Qt.AlignmentFlag.AlignTop)
                grid.addWidget(cell, row, column)
        grid.setRowStretch(len(ROWS) + 1, 1)

    def show_samples(self, samples: Sequence[SeedResults]) -> None:
        """Write the statistics of one or two sides."""
        paired = len(samples) == len(SIDES)
        columns = [_figures(sample) for sample in samples]
        if paired:
            _add_difference(samples, columns)
        for column, head in enumerate(self.heads):
            head.setVisible(paired or column < len(samples))
        for name, cells in self.rows.items():
            for index, cell in enumerate(cells):
                cell.setVisible(paired or name not in (INTERVAL, WINS))
                if index:
                    cell.setText(columns[index - 1].get(name, "") if index <= len(columns) else "")

    def apply_theme(self, theme: Theme) -> None:
        """Set the headings' colours."""
        for side, head in enumerate(self.heads[: len(SIDES)]):
            head.setStyleSheet(f"color: {side_color(theme, side).name()}")


def _figures(sample: SeedResults) -> dict[str, str]:
    """Cells of a side's column, by row."""
    if not sample.results:
        return {}
    ended, all_seeds = (number_format.count(len(each)) for each in (sample.accuracies, sample.results))
    seeds = all_seeds if ended == all_seeds else tr("{some} of {all}", some=ended, all=all_seeds)
    found = {SEEDS: seeds, VERDICTS: "\n".join(verdicts(sample))}
    if sample.accuracies:
        spread = sample.spread
        mean, low, high, std = (float(part[0]) for part in (spread.mean, spread.low, spread.high, spread.std))
        found |= {MEAN: accuracy(mean), LOWEST: accuracy(low), HIGHEST: accuracy(high)}
        found[STD] = points(std) if len(sample.accuracies) > 1 else "\u2013"
    return found


def _add_difference(samples: Sequence[SeedResults], columns: list[dict[str, str]]) -> None:
    """Append the column of B - A, and add the number of wins to both sides' columns."""
    found = difference(*samples)
    if not found.n:
        return
    for column, won in zip(columns, (found.losses, found.wins), strict=True):
        column[WINS] = tr("{some} of {all}", some=won, all=found.n)
    mean = tr("{difference} points", difference=points(found.difference, signed=True))
    columns.append({MEAN: mean, SEEDS: tr_count("{n} pair", "{n} pairs", found.n)})
    if found.low is None or found.high is None:
        columns[-1][INTERVAL] = tr("takes {pairs} pairs", pairs=FEWEST_PAIRS)
    else:
        low, high = (points(end, signed=True) for end in (found.low, found.high))
        columns[-1][INTERVAL] = tr("{low} to {high}", low=low, high=high)
