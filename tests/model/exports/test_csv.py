"""CSV: what a spreadsheet or pandas reads of a run is what was measured."""

import csv
from io import StringIO
from math import inf, isnan, nan

import pytest

from model.config.config import Config
from model.config.recipe import Recipe
from model.exports.csv import csv_of
from model.history.run_log import RunLog
from model.measurement.records import LayerRecord, Record
from model.nn.normalization import Norm
from tests.support.finished_runs import small, train
from tests.support.records import layer_of, record_of

Row = dict[str, str]


def rows_of(run_log: RunLog) -> list[Row]:
    """The rows of the file by column."""
    return list(csv.DictReader(StringIO(csv_of(run_log).decode(), newline="")))


def run_log_of(*records: Record) -> RunLog:
    """What is left of these records."""
    run_log = RunLog()
    for record in records:
        run_log.put(record)
    return run_log


def check_cell(text: str, value: object) -> None:
    """A cell holds the value to its last digit."""
    if isinstance(value, float):
        assert text == "" if isnan(value) else float(text) == value
    else:
        assert text == str(value)


@pytest.mark.parametrize("placement", Norm, ids=str)
@pytest.mark.parametrize("hidden", [(), (4,), (6, 5, 4)])
def test_that_there_is_a_row_with_every_figure_for_each_record_and_layer(
    folder: str, placement: Norm, hidden: tuple[int, ...]
) -> None:
    _, run_log = train(small(folder, hidden=hidden, norm=placement.key, iterations=120))
    rows = iter(rows_of(run_log))
    for record in run_log.history.timeline.moments:
        for number, layer in enumerate(record.all_layers, 1):
            row = next(rows)
            assert (int(row["iteration"]), int(row["layer"]), row["layer_name"]) == (
                record.iteration, number, layer.name,
            )  # fmt: skip
            for owner in (record, layer):
                for name in type(owner).__dataclass_fields__:
                    if name in row:
                        check_cell(row[name], getattr(owner, name))
            for kind in ("gain", "signal_gain"):
                for stage, factor in getattr(layer, kind):
                    check_cell(row[f"{kind}_{stage.replace(' ', '_')}"], factor)
    assert next(rows, None) is None


def test_that_every_figure_of_a_record_and_of_a_layer_has_its_column() -> None:
    (row,) = rows_of(run_log_of(record_of(0)))
    in_columns = {"name": "layer_name"}
    left_out = {"layers", "output", "gain", "signal_gain", "histograms"}  # no figures: columns of their own, or none
    names = {*Record.__dataclass_fields__, *LayerRecord.__dataclass_fields__} - left_out
    assert set(row) == {"layer", *(in_columns.get(name, name) for name in names)}


def test_that_a_figure_that_was_not_measured_is_empty_and_an_infinite_one_says_so() -> None:
    record = record_of(3, test=nan, loss=inf, output=layer_of("Output", update_ratio=nan))
    (row,) = rows_of(run_log_of(record))
    assert (row["test_accuracy"], row["update_ratio"], row["loss"]) == ("", "", "inf")


def test_that_the_curves_of_a_long_run_are_complete_though_most_layers_are_gone() -> None:
    run_log = run_log_of(*(record_of(iteration, loss=1 / (iteration + 1)) for iteration in range(0, 50_000, 10)))
    rows = rows_of(run_log)
    with_layers = [row for row in rows if row["layer"]]
    assert [int(row["iteration"]) for row in rows] == list(range(0, 50_000, 10))
    assert [int(row["iteration"]) for row in with_layers] == run_log.history.timeline.iterations()
    assert len(with_layers) < len(rows) / 5
    for row in rows:
        assert float(row["loss"]) == pytest.approx(1 / (int(row["iteration"]) + 1), rel=1e-6)  # float32
        assert (row["activation_std"] == "") == (row["layer"] == "")


def test_that_a_row_of_the_curves_has_no_more_digits_than_are_kept() -> None:
    run_log = run_log_of(*(record_of(iteration, loss=0.1) for iteration in range(0, 50_000, 10)))
    assert {row["loss"] for row in rows_of(run_log)} == {"0.1"}


def test_that_a_run_without_records_is_a_table_without_rows() -> None:
    text = csv_of(RunLog()).decode()
    assert text.startswith("iteration,loss,train_accuracy,test_accuracy,")
    assert text.count("\n") == 1


def test_that_rows_end_alike_on_every_system(folder: str) -> None:
    _, run_log = train(Recipe(Config(iterations=2, data=folder, batch_size=10)))
    assert b"\r" not in csv_of(run_log)
