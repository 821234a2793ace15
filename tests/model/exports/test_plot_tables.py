"""Tables of plots: all digits, the names and values of the CSV export where both have them."""

import csv
from io import StringIO
from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.exports.csv import csv_of
from model.exports.plot_table import PlotTable
from model.exports.plot_tables import curves, gains, histograms, joined, layer_figures, series
from model.history.run_log import RunLog
from model.measurement.ledger import backward, forward
from model.measurement.records import Record
from tests.support.finished_runs import small, train


@pytest.fixture(scope="module")
def run_log(folder: str) -> RunLog:
    """A run that has ended."""
    return train(small(folder, iterations=60))[1]


def read(text: str) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(StringIO(text)))


def newest(run_log: RunLog) -> Record:
    """The last record with histograms."""
    return run_log.history.timeline.pictures[-1]


def exported(run_log: RunLog) -> list[dict[str, str]]:
    """The rows of the run's CSV export."""
    return read(csv_of(run_log).decode())


@given(st.lists(st.floats(allow_nan=False) | st.text(max_size=5) | st.integers() | st.none(), min_size=1, max_size=5))
def test_that_every_value_is_read_back_as_it_is(values: list[object]) -> None:
    columns = [f"column {place}" for place in range(len(values))]
    text = PlotTable(columns, [values]).csv()
    head, row = csv.reader(StringIO(text, newline=""))
    assert head == columns
    for value, written in zip(values, row, strict=True):
        assert (
            written == ""
            if value is None
            else (float(written) == value if isinstance(value, float) else written == str(value))
        )
    assert text.endswith("\n")


def test_that_what_was_not_measured_is_an_empty_cell_and_float32_keeps_its_own_digits() -> None:
    table = PlotTable(["a", "b", "c"], [[float("nan"), np.float32(0.1), np.float64(0.1)]])
    assert table.csv() == "a,b,c\n,0.1,0.1\n"


def test_that_a_row_with_other_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="columns a"):
        PlotTable(["a"], [[1, 2]])


def test_that_curves_are_those_of_the_export(run_log: RunLog) -> None:
    names = ("loss", "train_accuracy", "test_accuracy")
    wanted = {row["iteration"]: [row[name] for name in names] for row in exported(run_log)}
    found = read(curves([("", run_log)], names).csv())
    assert found
    assert {row["iteration"]: [row[name] for name in names] for row in found} == wanted


def test_that_several_runs_are_told_apart_by_their_names(run_log: RunLog) -> None:
    rows = read(curves([("one", run_log), ("two, with a comma", run_log)], ["loss"]).csv())
    assert [row["run"] for row in rows] == ["one"] * (len(rows) // 2) + ["two, with a comma"] * (len(rows) // 2)
    layers = [layer.name for layer in newest(run_log).all_layers]
    both = read(series([("one", run_log), ("two", run_log)], "delta_rms", layers).csv())
    assert {row["layer"] for row in both if row["run"] == "two"} == {"1"}
    assert {row["layer"] for row in both if row["run"] == "one"} == {str(k + 1) for k in range(len(layers))}


@pytest.mark.parametrize("name", ["delta_rms", "weight_gradient_rms", "update_ratio"])
def test_that_a_figure_over_time_is_that_of_the_export(run_log: RunLog, name: str) -> None:
    layers = [layer.name for layer in newest(run_log).all_layers]
    found = read(series([("", run_log)], name, layers).csv())
    wanted = [
        (row["iteration"], row["layer"], row["layer_name"], row[name]) for row in exported(run_log) if row["layer"]
    ]
    assert [(row["iteration"], row["layer"], row["layer_name"], row[name]) for row in found] == wanted


def test_that_figures_of_layers_are_those_of_the_export(run_log: RunLog) -> None:
    record = newest(run_log)
    names = ("signal_std", "delta_rms")
    head, *rows = read(layer_figures(record, None, names).csv())
    assert (head["layer_name"], float(head["signal_std"]), head["delta_rms"]) == ("Input", record.input_std, "")
    wanted = [row for row in exported(run_log) if row["iteration"] == str(record.iteration)]
    for name in ("layer", "layer_name", *names):
        assert [row[name] for row in rows] == [row[name] for row in wanted]
    assert all(row["expected_delta_rms"] == "" for row in rows)


@pytest.mark.parametrize(("kind", "lines"), [("gain", backward), ("signal_gain", forward)])
def test_that_gains_are_those_of_the_export_and_multiply_out(run_log: RunLog, kind: str, lines: object) -> None:
    record = newest(run_log)
    ledger = backward(record) if lines is backward else forward(record)
    names = [layer.name for layer in record.all_layers]
    rows = read(gains(kind, record.iteration, names, ledger, []).csv())
    wanted = {row["layer_name"]: row for row in exported(run_log) if row["iteration"] == str(record.iteration)}
    for row in rows:
        stages = [name for name in row if name.startswith(f"{kind}_") and not name.endswith(("_layer", "_running"))]
        for stage in stages:
            if row[stage]:
                assert row[stage] == wanted[row["layer_name"]][stage]
    assert isclose(float(rows[-1][f"{kind}_running"]), ledger[-1].running)


@pytest.mark.parametrize("name", ["z", "a", "delta", "weight_gradient", "weight"])
def test_that_histograms_hold_all_values(run_log: RunLog, name: str) -> None:
    start, now = run_log.history.timeline.pictures[0], newest(run_log)
    rows = read(histograms([start, now, now], name).csv())
    value = next(column.removesuffix("_from") for column in rows[0] if column.endswith("_from"))
    for record in (start, now):
        for number, layer in enumerate(record.all_layers, 1):
            own = [row for row in rows if (row["iteration"], row["layer"]) == (str(record.iteration), str(number))]
            if getattr(layer.histograms, name) is None:
                assert not own
                continue
            assert isclose(sum(float(row["share"]) for row in own), 1)
            assert all(float(row[f"{value}_from"]) <= float(row[f"{value}_to"]) for row in own)


def test_that_tables_of_runs_are_joined_with_their_names() -> None:
    one = PlotTable(["x"], [[1], [2]])
    assert joined([("a", one), ("b", one)]).csv() == "run,x\na,1\na,2\nb,1\nb,2\n"
    assert joined([]).csv() == "run\n"
