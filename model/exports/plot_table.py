"""Table of what a plot shows, as CSV for a clipboard: all digits, a header, lines ending in \\n.

Names and values are those of the CSV exports where both have them. A cell is empty where nothing was measured.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

import numpy as np

from model.exports.csv import cell


@dataclass(frozen=True)
class PlotTable:
    """Rows of values under the names of their columns; raises ValueError where a row has others than these."""

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"not all rows have the columns {', '.join(self.columns)}")

    def csv(self) -> str:
        """Encode as CSV with commas and decimal points."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_written(value) for value in row] for row in self.rows)
        return text.getvalue()

    @classmethod
    def of(cls, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> "PlotTable":
        """Table of rows that are still to be made."""
        return cls(columns, list(rows))


# The tables of a card or a page by what they are of; each is made when it is wanted.
Tables = dict[str, Callable[[], PlotTable]]


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, np.generic):
        # A float32 with its own digits, not those of the float64 next to it.
        return (
            cell(float(value), single=isinstance(value, np.float32)) if isinstance(value, np.floating) else str(value)
        )
    return cell(value) if isinstance(value, float) else str(value)
