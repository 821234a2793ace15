"""The timeline: the first iterations whole, the later ones thinned, all in bounded memory."""

import tracemalloc
from dataclasses import fields, replace
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.config.config import Config
from model.config.schedule import FULL_RATE, pictured, remembered
from model.data.datasets import Dataset
from model.history.checkpoints import BUDGET_BYTES, Checkpoint
from model.history.history import History
from model.history.timeline import CAPACITY_RECORDS, SERIES, Timeline, thinned
from model.measurement.gains import Gain
from model.measurement.records import EVERY_HISTOGRAM, Histograms, LayerRecord, Record
from model.training.trainer import Trainer
from tests.support.records import layer_of, record_of

MEGABYTE = 1 << 20
MOST_MEMORY = 64 * MEGABYTE
SEEN = Histograms(**dict.fromkeys(EVERY_HISTOGRAM, object()))  # type: ignore[arg-type]  # only whether there is one


def record(iteration: int, *, seen: bool = False, layers: int = 2) -> Record:
    """A record with figures of its own and, where it is seen, histograms."""
    names = [*(f"Layer {number}" for number in range(1, layers + 1)), "Output"]
    made = [
        layer_of(
            name,
            histograms=SEEN if seen else Histograms(),
            **{figure: iteration + place / 10 + order * 1000 for order, figure in enumerate(SERIES)},
        )
        for place, name in enumerate(names)
    ]
    return record_of(iteration, layers=tuple(made[:-1]), output=made[-1])


def filled(iterations: list[int], seen: frozenset[int] = frozenset()) -> Timeline:
    timeline = Timeline()
    for iteration in iterations:
        timeline.append(record(iteration, seen=iteration in seen))
    return timeline


def test_that_an_empty_timeline_has_nothing_to_go_to() -> None:
    timeline = Timeline()
    assert (timeline.moments, timeline.newest, timeline.at(5), timeline.pictured_at(5)) == ([], None, None, None)
    iterations, values = timeline.series("delta_rms")
    assert len(iterations) == len(values) == 0


@pytest.mark.parametrize("last", [50, 100, 700, 5_000])
def test_that_the_first_hundred_iterations_stay_whole(last: int) -> None:
    iterations = filled(list(range(last + 1))).iterations()
    assert iterations[: FULL_RATE + 1] == list(range(min(last, FULL_RATE) + 1))


@pytest.mark.parametrize("later", [511, 512, 513, 1024, 1025, 5_000, 33_000])
def test_that_later_ones_are_thinned_by_doubling_their_distance(later: int) -> None:
    every = 10
    timeline = filled([FULL_RATE + every * (number + 1) for number in range(later)])
    kept = timeline.iterations()
    *thin, newest = kept
    distances = np.diff(thin)
    assert set(distances) == {every * timeline.stride}
    assert timeline.stride & (timeline.stride - 1) == 0, "a power of two"
    assert CAPACITY_RECORDS / 2 <= len(kept) <= CAPACITY_RECORDS + 1
    assert newest == FULL_RATE + every * later


@given(st.integers(1, 3_000))
def test_that_the_newest_is_always_there_and_the_first_of_the_later_too(count: int) -> None:
    timeline = filled([FULL_RATE + 1 + number for number in range(count)])
    assert timeline.newest is timeline.moments[-1]
    assert timeline.moments[-1].iteration == FULL_RATE + count
    assert timeline.moments[0].iteration == FULL_RATE + 1


@given(st.lists(st.integers(1, 40), min_size=1, max_size=300), st.data())
def test_that_moments_are_in_order_and_found_by_their_iteration(gaps: list[int], data: st.DataObject) -> None:
    offered = np.cumsum(gaps).tolist()
    seen = frozenset(data.draw(st.sets(st.sampled_from(offered))))
    timeline = filled(offered, seen)
    kept = timeline.iterations()
    assert kept == sorted(set(kept))
    asked = data.draw(st.integers(0, offered[-1] + 10))
    before = [iteration for iteration in kept if iteration <= asked]
    found = timeline.at(asked)
    assert (found.iteration if found else None) == (before[-1] if before else None)
    pictures = [iteration for iteration in offered if iteration in seen and iteration <= asked]
    shown = timeline.pictured_at(asked)
    assert (shown.iteration if shown else None) == (pictures[-1] if pictures else None)


def test_that_records_with_histograms_all_stay_moments() -> None:
    offered = list(range(0, 40_000, 5))
    seen = frozenset(offered[::97])
    timeline = filled(offered, seen)
    assert [each.iteration for each in timeline.pictures] == sorted(seen)
    assert all(each.pictured for each in timeline.pictures)
    moments = {each.iteration: each for each in timeline.moments}
    assert all(moments[iteration].pictured for iteration in seen)
    others = [iteration for iteration in moments if iteration not in seen and iteration > FULL_RATE]
    assert len(others) <= CAPACITY_RECORDS + 1


@given(st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=120))
def test_that_the_series_are_what_the_records_say(offered: list[tuple[int, bool]]) -> None:
    timeline, iteration = Timeline(), 0
    for gap, seen in offered:
        iteration += gap
        timeline.append(record(iteration, seen=seen))
        for name in SERIES:
            iterations, values = timeline.series(name)
            assert iterations.tolist() == timeline.iterations()
            expected = [[getattr(layer, name) for layer in each.all_layers] for each in timeline.moments]
            assert values.tolist() == expected


def test_that_the_series_are_those_of_a_run_thinned_many_times() -> None:
    timeline = filled(list(range(0, 60_000, 3)), frozenset(range(0, 60_000, 1_500)))
    for name in SERIES:
        _, values = timeline.series(name)
        assert values.tolist() == [[getattr(layer, name) for layer in each.all_layers] for each in timeline.moments]


def test_that_a_series_stays_as_it_was_when_the_run_goes_on() -> None:
    timeline = filled(list(range(0, 4_000, 2)))
    iterations, values = timeline.series("update_ratio")
    before = iterations.tolist(), values.tolist()
    for iteration in range(4_000, 9_000, 2):
        timeline.append(record(iteration))
    assert (iterations.tolist(), values.tolist()) == before


def test_that_a_series_of_ten_layers_is_there_within_a_millisecond() -> None:
    timeline = Timeline()
    for iteration in range(0, 12_000, 10):
        timeline.append(record(iteration, layers=10, seen=iteration % 100 == 0))
    times = []
    for _ in range(20):
        began = perf_counter()
        timeline.series("delta_rms")
        times.append(perf_counter() - began)
    assert min(times) < 1e-3


@given(st.integers(1, 1_200), st.sampled_from([150, 300]))
def test_that_playing_back_is_bounded_dense_at_first_and_ends_at_the_end(moments: int, most: int) -> None:
    iterations = [*range(FULL_RATE + 1), *range(FULL_RATE + 10, FULL_RATE + 10 * 1_200, 10)][:moments]
    places = thinned(iterations, most)
    assert len(places) <= most
    assert places[0] == 0
    assert places[-1] == moments - 1
    assert places == sorted(set(places))
    steps = np.diff(places)
    early = steps[: np.searchsorted(places, min(moments, FULL_RATE + 1)) - 1]
    assert set(early[:-1]) <= {1 if most == 300 or moments <= 75 else 2}


def own(layer: LayerRecord) -> LayerRecord:
    """A layer that shares no memory with the given one."""
    figures = {
        each.name: value * 1.0 for each in fields(layer) if isinstance(value := getattr(layer, each.name), float)
    }
    histograms = {}
    for name in EVERY_HISTOGRAM:
        if histogram := getattr(layer.histograms, name):
            shares = histogram.shares.copy()
            histograms[name] = replace(
                histogram, shares=shares, low=histogram.low * 1.0, high=histogram.high * 1.0,
                below=histogram.below * 1.0, above=histogram.above * 1.0, zeros=histogram.zeros * 1.0,
            )  # fmt: skip
    gains = {
        name: tuple(Gain(gain.stage, gain.factor * 1.0) for gain in getattr(layer, name))
        for name in ("gain", "signal_gain")
    }
    return replace(layer, histograms=Histograms(**histograms), **figures, **gains)  # type: ignore[arg-type]


def test_that_a_million_iterations_of_ten_layers_are_remembered_in_64_mb(mnist: Dataset) -> None:
    config = Config(hidden=(50,) * 10, iterations=1_000_000, record_every=10)
    with Trainer(config, mnist) as trainer:
        trainer.step()
        (first,) = trainer.collect(wait=True)
        state = trainer.checkpoint().state
    bare = first.bare()
    offered = [*range(FULL_RATE), *range(FULL_RATE, config.iterations + 1, config.record_every)]
    assert all(remembered(config, iteration) for iteration in offered[:: len(offered) // 50])
    outline = Timeline()
    for iteration in offered:
        outline.append(replace(first if pictured(config, iteration) else bare, iteration=iteration))
    kept = set(outline.iterations())
    history = History()
    tracemalloc.start()
    try:
        for iteration in offered:
            each, accuracy = first if pictured(config, iteration) else bare, iteration / config.iterations
            made = replace(each, iteration=iteration, loss=accuracy + 1, test_accuracy=accuracy)
            if iteration in kept:
                made = replace(made, layers=tuple(own(layer) for layer in made.layers), output=own(made.output))
            history.append(made)
            if made.pictured:
                history.weights.offer(Checkpoint(iteration, tuple(array.copy() for array in state)))
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < MOST_MEMORY
    assert held > BUDGET_BYTES / 2, "the memory of the copies was counted"
    assert history.timeline.iterations() == outline.iterations()
    assert len(history) == len(offered)
