"""Event files: TensorBoard's own reader finds every figure and every bin."""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.config.recipe import Recipe
from model.exports.reproduce import as_command
from model.exports.run_extract import figures
from model.exports.tensorboard import events_of, file_name
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.measurement.histograms import Histogram
from model.measurement.records import BY_DECADE, Histograms, LayerRecord, Record
from tests.support.finished_runs import small, train
from tests.support.records import layer_of, record_of

with warnings.catch_warnings():
    # protobuf's compiled types, on Python 3.12 and later
    warnings.filterwarnings("ignore", "Type google.*", DeprecationWarning)
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.backend.event_processing.event_file_loader import RawEventFileLoader
    from tensorboard.compat.proto.event_pb2 import Event

Scalars = dict[tuple[str, int], float]


def read(folder: Path, card: RunListing, run_log: RunLog) -> Any:
    """The run as TensorBoard reads it back, nothing left out."""
    path = folder / file_name(card)
    path.write_bytes(events_of(card, run_log))
    found = EventAccumulator(str(path), {"scalars": 0, "histograms": 0, "tensors": 0})
    found.Reload()
    return found


def scalars_in(read_back: Any) -> Scalars:
    """Every scalar by tag and step."""
    return {(tag, item.step): item.value for tag in read_back.Tags()["scalars"] for item in read_back.Scalars(tag)}


def place_of(layer: LayerRecord) -> str:
    return layer.name.lower().replace(" ", "_")


def figures_of(record: Record) -> Iterator[tuple[str, float]]:
    """Every number of a record by its tag."""
    renamed = {"train_accuracy": "accuracy/train", "test_accuracy": "accuracy/test"}
    yield from ((renamed.get(name, name), getattr(record, name)) for name in figures(Record) if name != "iteration")
    for layer in record.all_layers:
        place = place_of(layer)
        yield from ((f"{name}/{place}", getattr(layer, name)) for name in figures(LayerRecord) if name != "name")
        for kind in ("gain", "signal_gain"):
            for stage, factor in getattr(layer, kind):
                yield f"{kind}_{stage.replace(' ', '_')}/{place}", factor
        for name in Histograms.__dataclass_fields__:
            if (histogram := getattr(layer.histograms, name)) is not None:
                yield f"{name}_zeros/{place}", histogram.zeros


@pytest.fixture(scope="module", params=[{}, {"norm": "batch-after", "activation": "sigmoid"}], ids=str)
def left(request: pytest.FixtureRequest, folder: str) -> tuple[RunListing, RunLog]:
    """A run with all that records can have."""
    return train(small(folder, iterations=150, **request.param))


def test_that_every_figure_is_read_back_at_its_iteration(left: tuple[RunListing, RunLog], tmp_path: Path) -> None:
    card, run_log = left
    expected = {
        (tag, record.iteration): np.float32(value)
        for record in run_log.history.timeline.moments
        for tag, value in figures_of(record)
        if not isnan(value)
    }
    assert scalars_in(read(tmp_path, card, run_log)) == expected


def test_that_every_bin_of_every_histogram_is_read_back(left: tuple[RunListing, RunLog], tmp_path: Path) -> None:
    card, run_log = left
    found = read(tmp_path, card, run_log)
    told = {
        (tag, item.step): item.histogram_value for tag in found.Tags()["histograms"] for item in found.Histograms(tag)
    }
    for record in run_log.history.timeline.pictures:
        for layer in record.all_layers:
            for name in Histograms.__dataclass_fields__:
                histogram = getattr(layer.histograms, name)
                if histogram is not None:
                    tag = f"{name}_log10/{place_of(layer)}" if name in BY_DECADE else f"{name}/{place_of(layer)}"
                    check(told.pop((tag, record.iteration)), histogram, decades=name in BY_DECADE)
    assert not told


def check(told: Any, histogram: Histogram, *, decades: bool) -> None:
    """All bins are there, those beyond the edges added where there is something in them, zeros in their own."""
    bins = list(zip([told.min, *told.bucket_limit[:-1]], told.bucket_limit, told.bucket, strict=True))
    width = (histogram.high - histogram.low) / len(histogram.shares)
    assert told.max == bins[-1][1]
    if histogram.below:
        low, high, share = bins.pop(0)
        assert (low, high, share) == pytest.approx((histogram.low - width, histogram.low, histogram.below))
    if histogram.above:
        low, high, share = bins.pop()
        assert (low, high, share) == pytest.approx((histogram.high, histogram.high + width, histogram.above))
    shares = np.array([share for _, _, share in bins])
    differ = np.flatnonzero(shares != histogram.shares)
    if decades or not histogram.zeros:
        assert not len(differ)
    else:
        (place,) = differ.tolist()
        low, high, share = bins[place]
        assert low <= 0 <= high
        assert share == histogram.shares[place] + histogram.zeros
    for number, (low, high, _) in enumerate(bins):
        left = histogram.low + number * width
        assert (low, high) == pytest.approx((left, left + width))
    assert told.num == pytest.approx(1 - histogram.zeros if decades else 1)
    values = np.array([told.min, *told.bucket_limit])
    middle = (values[1:] + values[:-1]) / 2
    assert (told.sum, told.sum_squares) == pytest.approx((told.bucket @ middle, told.bucket @ middle**2))


def histogram_of(**figures: Any) -> Histogram:
    """Four bins from -1 to 1 with the values 0.1 .. 0.4 of all, but for those given."""
    usual: dict[str, Any] = {"low": -1.0, "high": 1.0, "shares": np.array([0.1, 0.2, 0.3, 0.4])}
    return Histogram(**{**usual, "below": 0.0, "above": 0.0, "zeros": 0.0, **figures})


def only(tmp_path: Path, name: str, histogram: Histogram) -> tuple[Any, float]:
    """A run of one record with one histogram: it as read back, and its share of exact zeros."""
    layer = layer_of("Layer 1", histograms=replace(Histograms(), **{name: histogram}))
    run_log = RunLog()
    run_log.put(record_of(0, layers=(layer,)))
    found = read(tmp_path, RunListing(Recipe(small("").config)), run_log)
    (tag,) = found.Tags()["histograms"]
    ((value,),) = [[item.histogram_value for item in found.Histograms(tag)]]
    ((zeros,),) = [[item.value for item in found.Scalars(f"{name}_zeros/layer_1")]]
    return value, zeros


@pytest.mark.parametrize("zeros", [0.0, 0.25])
@pytest.mark.parametrize(("below", "above"), [(0.0, 0.0), (0.1, 0.0), (0.0, 0.2), (0.1, 0.2)])
def test_that_what_lies_beyond_and_what_is_exactly_zero_is_told(
    tmp_path: Path, zeros: float, below: float, above: float
) -> None:
    histogram = histogram_of(shares=np.full(4, (1 - zeros - below - above) / 4), zeros=zeros, below=below, above=above)
    value, told = only(tmp_path, "a", histogram)
    assert told == pytest.approx(zeros)
    check(value, histogram, decades=False)
    value, told = only(tmp_path, "delta", histogram)
    assert told == pytest.approx(zeros)
    check(value, histogram, decades=True)


@pytest.mark.parametrize(("low", "high", "place"), [(0.0, 2.0, 0), (-2.0, 0.0, 3), (-1.0, 1.0, 2)])
def test_that_zeros_are_in_the_bin_that_holds_zero(tmp_path: Path, low: float, high: float, place: int) -> None:
    histogram = histogram_of(low=low, high=high, shares=np.zeros(4), zeros=1.0)
    value, _ = only(tmp_path, "a", histogram)
    assert list(np.flatnonzero(value.bucket)) == [place]


def test_that_a_layer_whose_gradient_is_all_zero_is_told(tmp_path: Path) -> None:
    value, zeros = only(tmp_path, "delta", histogram_of(low=-40, high=-39.875, shares=np.zeros(1), zeros=1.0))
    assert (zeros, value.num) == (1.0, 0.0)


def test_that_decades_say_what_they_are_once(left: tuple[RunListing, RunLog], tmp_path: Path) -> None:
    card, run_log = left
    path = tmp_path / file_name(card)
    path.write_bytes(events_of(card, run_log))
    notes: dict[str, list[str]] = {}
    for data in RawEventFileLoader(str(path)).Load():
        for value in Event.FromString(data).summary.value:
            if value.HasField("histo"):
                notes.setdefault(value.tag, []).append(value.metadata.summary_description)
    for tag, told in notes.items():
        name, _, place = tag.partition("/")
        expected = f"`{name.removesuffix('_log10')}_zeros/{place}`"
        assert (expected in told[0]) == ("log10" in told[0]) == name.endswith("_log10")
        assert not any(told[1:])


def test_that_the_curves_of_a_long_run_are_complete(tmp_path: Path) -> None:
    run_log = RunLog()
    for iteration in range(0, 50_000, 10):
        run_log.put(record_of(iteration, loss=iteration / 64))
    found = read(tmp_path, RunListing(Recipe(small("").config)), run_log)
    assert [(item.step, item.value) for item in found.Scalars("loss")] == [(i, i / 64) for i in range(0, 50_000, 10)]
    steps = [item.step for item in found.Scalars("delta_rms/output")]
    assert steps == run_log.history.timeline.iterations()


def test_that_time_never_runs_back_and_begins_with_the_run(left: tuple[RunListing, RunLog], tmp_path: Path) -> None:
    card, run_log = left
    times = [item.wall_time for item in read(tmp_path, card, run_log).Scalars("loss")]
    assert times[0] == card.created
    assert all(before < after for before, after in pairwise(times))


def test_that_the_file_says_how_to_make_the_run_again(left: tuple[RunListing, RunLog], tmp_path: Path) -> None:
    card, run_log = left
    (told,) = read(tmp_path, card, run_log).Tensors("recipe")
    assert told.tensor_proto.string_val[0].decode().strip() == as_command(card.recipe)
    (told,) = read(tmp_path, card, run_log).Tensors("computed with")
    assert told.tensor_proto.string_val[0].decode() == str(run_log.arithmetic)


def test_that_two_runs_of_one_second_have_files_of_their_own() -> None:
    first, second = (RunListing(small(""), created=1_700_000_000.5) for _ in range(2))
    assert file_name(first) != file_name(second)
    assert file_name(first).startswith("events.out.tfevents.1700000000.layerscope")
