"""What plots of runs show, as tables: curves, figures of layers, gains, histograms."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from model.exports.plot_table import PlotTable
from model.exports.run_extract import Extract, Point
from model.history.run_log import RunLog
from model.measurement.histograms import Histogram
from model.measurement.ledger import LedgerLine, layers_of, stages_in
from model.measurement.records import BY_DECADE, LayerRecord, Record
from model.measurement.theory import Theory

# Runs by the names that are shown; '' for a run that stands alone.
Runs = Sequence[tuple[str, RunLog]]
RowsOf = Callable[[RunLog], Iterable[Sequence[object]]]
LAYER = ("layer", "layer_name")
NEITHER = [None, None]
# What the values of each kind of histogram are called.
VALUES = {
    "z": "z",
    "a": "activation",
    "delta": "abs_delta",
    "weight_gradient": "abs_weight_gradient",
    "weight": "weight",
}


def curves(runs: Runs, names: Sequence[str]) -> PlotTable:
    """Figures of `Point` against iterations, of one run or several."""
    return _of_runs(runs, ("iteration", *names), lambda run_log: _curve(run_log, names))


def _curve(run_log: RunLog, names: Sequence[str]) -> Iterator[Sequence[object]]:
    for row in Extract.of(run_log).rows():
        single = isinstance(row, Point)
        yield row.iteration, *(np.float32(value) if single else value for value in (getattr(row, n) for n in names))


def series(runs: Runs, name: str, layers: Sequence[str]) -> PlotTable:
    """A figure of every layer against iterations; of all runs but the first that of layer 1 alone."""

    def of_one(run_log: RunLog, most: int) -> Iterator[Sequence[object]]:
        with run_log.lock:
            if not run_log.history.timeline.moments:
                return
            x, values = run_log.history.timeline.series(name)
        for iteration, row in zip(x, values[:, :most], strict=True):
            for number, value in enumerate(row, 1):
                yield int(iteration), number, layers[number - 1] if most > 1 else layers[0], float(value)

    columns = ("iteration", *LAYER, name)
    first, others = runs[0], runs[1:]
    if not others:
        return PlotTable.of(columns, of_one(first[1], len(layers)))
    rows = [(first[0], *row) for row in of_one(first[1], len(layers))]
    return PlotTable(("run", *columns), rows + [(run, *row) for run, log in others for row in of_one(log, 1)])


def layer_figures(record: Record | None, theory: Theory | None, names: Sequence[str]) -> PlotTable:
    """Figures of every layer, the input's spread before them, and beside them what theory expects."""
    measured = layers_of(record) if record else []
    expected = layers_of(theory) if theory else []

    def rows() -> Iterator[Sequence[object]]:
        iteration = record.iteration if record else None
        spread = [record.input_std if record else None, theory.input_std if theory else None]
        yield iteration, 0, "Input", *(each for name in names for each in (spread if name == "signal_std" else NEITHER))
        for index, layer in enumerate(measured or expected):
            both = (measured[index] if measured else None, expected[index] if expected else None)
            figures = [getattr(each, name, None) for name in names for each in both]
            yield iteration, index + 1, layer.name, *figures

    columns = [column for name in names for column in (name, f"expected_{name}")]
    return PlotTable.of(("iteration", *LAYER, *columns), rows())


def gains(kind: str, iteration: int | None, names: Sequence[str], *ledgers: list[LedgerLine]) -> PlotTable:
    """A ledger of gains of this `kind`, and behind it that of theory; either may be empty.

    Columns are the stages as in the CSV of a run, the layer's product and the product of all lines so far.
    """
    stages = stages_in(*ledgers)
    titles = [*(f"{kind}_{stage.replace(' ', '_')}" for stage in stages), f"{kind}_layer", f"{kind}_running"]
    lines = next((ledger for ledger in ledgers if ledger), [])

    def rows() -> Iterator[Sequence[object]]:
        for place, line in enumerate(lines):
            values: list[object] = []
            for ledger in ledgers:
                found = ledger[place] if ledger else None
                values += [found.factors.get(stage) if found else None for stage in stages]
                values += [found.whole if found else None, found.running if found else None]
            yield iteration, line.layer + 1, names[line.layer] if line.layer >= 0 else "Input", *values

    return PlotTable.of(("iteration", *LAYER, *titles, *(f"expected_{title}" for title in titles)), rows())


def histograms(records: Iterable[Record], name: str) -> PlotTable:
    """Histograms called `name` of every layer of some records, a row for each bin: its ends and its share (0..1).

    Exact zeros have a row from 0 to 0, and what lies outside of the bins one to the end of the numbers on either side.
    """
    value = VALUES[name]
    kept = list({record.iteration: record for record in records}.values())
    rows = (
        (record.iteration, number, layer.name, *bin_)
        for record in kept
        for number, layer in enumerate(record.all_layers, 1)
        for bin_ in _bins(layer, name)
    )
    return PlotTable.of(("iteration", *LAYER, f"{value}_from", f"{value}_to", "share"), rows)


def _bins(layer: LayerRecord, name: str) -> Iterator[tuple[float, float, float]]:
    histogram: Histogram | None = getattr(layer.histograms, name)
    if histogram is None:
        return
    edges = np.linspace(histogram.low, histogram.high, len(histogram.shares) + 1)
    least = -np.inf
    if name in BY_DECADE:
        edges, least = 10.0**edges, 0.0
    if histogram.zeros:
        yield 0.0, 0.0, histogram.zeros
    if histogram.below:
        yield least, float(edges[0]), histogram.below
    for low, high, share in zip(edges[:-1], edges[1:], histogram.shares, strict=True):
        yield float(low), float(high), float(share)
    if histogram.above:
        yield float(edges[-1]), np.inf, histogram.above


def joined(tables: Sequence[tuple[str, PlotTable]]) -> PlotTable:
    """Tables of several runs with the same columns as one, the runs' names in front."""
    columns = ("run", *tables[0][1].columns) if tables else ("run",)
    return PlotTable.of(columns, ((name, *row) for name, table in tables for row in table.rows))


def _of_runs(runs: Runs, columns: Sequence[str], rows_of: RowsOf) -> PlotTable:
    if len(runs) == 1:
        return PlotTable.of(columns, rows_of(runs[0][1]))
    return PlotTable.of(("run", *columns), ((name, *row) for name, run_log in runs for row in rows_of(run_log)))
