"""Weights as a chain of differences: whatever is kept, dropped, packed or freed on the way, what is read is right."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.data.datasets import Dataset
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog
from model.library.connection import connect, transaction
from model.library.library import Library
from model.library.schema import migrate
from model.library.weight_rows import LONGEST_CHAIN, chain, free_weights, pack_run, read_weights, store_weights
from tests.support.libraries import file_of
from tests.support.saved_runs import assert_same, library_with, tampered, trained

RUN = "INSERT INTO run SELECT 1, 'a', 1.0, NULL, '', 0, 0, '', '', '', '', 0, 1, 0.0, 0.0, '', 0, 1, 0"


def empty() -> sqlite3.Connection:
    """A library in memory with one run that has nothing."""
    connection = connect(None)
    with transaction(connection):
        migrate(connection)
        connection.execute(RUN)
    return connection


def moment(at: int, size: int = 5) -> Checkpoint:
    return Checkpoint(at, (np.random.default_rng(at).normal(size=size).astype(np.float32),))


def bits(weights: list[Checkpoint]) -> list[tuple[int, list[bytes]]]:
    return [(each.iteration, [array.tobytes() for array in each.state]) for each in weights]


@given(st.lists(st.sets(st.integers(0, 80), max_size=60), min_size=1, max_size=6))
def test_that_whichever_moments_come_and_go_those_kept_are_read_to_the_bit(kept: list[set[int]]) -> None:
    with closing(empty()) as connection:
        for places in kept:
            weights = {at: moment(at) for at in sorted(places)}
            with transaction(connection):
                store_weights(connection, 1, weights)
            assert bits(read_weights(connection, 1)) == bits(list(weights.values()))
            (noted,) = connection.execute("SELECT weight_bytes FROM run").fetchone()
            (there,) = connection.execute("SELECT coalesce(sum(length(data)), 0) FROM weights").fetchone()
            assert noted == there


@given(st.sets(st.integers(0, 300), min_size=1), st.dictionaries(st.integers(0, 300), st.integers(0, 300)))
def test_that_no_chain_is_long_whatever_was_there_before(places: set[int], before: dict[int, int]) -> None:
    there = {at: min(base, at) for at, base in before.items()}
    bases = chain([moment(at) for at in sorted(places)], there)
    assert bases.keys() == places
    links: dict[int, int] = {}
    for at in sorted(places):
        assert bases[at] in places, "what a moment is the difference from is kept too"
        links[at] = 0 if bases[at] == at else links[bases[at]] + 1
    assert max(links.values()) <= LONGEST_CHAIN


def test_that_a_long_run_has_a_key_frame_now_and_then() -> None:
    bases = chain([moment(at) for at in range(100)], {})
    assert [at for at, base in bases.items() if base == at] == [0, LONGEST_CHAIN + 1, 2 * (LONGEST_CHAIN + 1), 99]


def test_that_what_a_moment_rests_on_is_not_written_anew_when_more_come() -> None:
    with closing(empty()) as connection:
        with transaction(connection):
            store_weights(connection, 1, {at: moment(at) for at in range(5)})
        connection.execute("CREATE TEMP TABLE seen AS SELECT iteration, data FROM weights")
        with transaction(connection):
            before = connection.total_changes
            store_weights(connection, 1, {at: moment(at) for at in range(6)})
        assert connection.total_changes - before == 2, "one moment, and what all take"


def test_that_moments_of_other_shapes_begin_a_chain_of_their_own() -> None:
    weights = {0: moment(0, 4), 1: moment(1, 4), 2: moment(2, 9), 3: moment(3, 9)}
    assert chain(list(weights.values()), {}) == {0: 0, 1: 0, 2: 2, 3: 2}


def test_that_weights_of_an_earlier_program_are_packed_without_a_loss() -> None:
    with closing(connect(file_of(1))) as source, closing(connect(None)) as connection:
        source.backup(connection)
        with transaction(connection):
            migrate(connection)
        assert connection.execute("SELECT packed, weight_bytes > 0 FROM run").fetchone()[:] == (0, 1)
        before = bits(read_weights(connection, 1))
        with transaction(connection):
            pack_run(connection, 1)
        assert bits(read_weights(connection, 1)) == before
        assert connection.execute("SELECT count(*) FROM weights WHERE base IS NULL").fetchone()[0] == 0
        assert connection.execute("SELECT packed FROM run").fetchone()[0] == 1


def test_that_a_run_which_goes_on_writes_all_its_weights_again_where_another_window_has_freed_it(
    tmp_path: Path, tiny: Dataset
) -> None:
    listing, whole = trained(tiny, iterations=150, record_every=1)
    path = tmp_path / "library.sqlite"
    run_log = RunLog()
    with closing(Library.open(path)) as mine, closing(Library.open(path)) as other:
        mine.add(listing)
        for record in whole.history.timeline.moments:
            for checkpoint in whole.history.weights.kept:
                if checkpoint.iteration == record.iteration:
                    run_log.keep(checkpoint)
            run_log.put(record)
            if record.iteration in (40, 41, 100):
                mine.save(listing.id, run_log)
                assert other.load(listing.id).history.weights.kept, "also where nothing is new but a record"
                with other._writing() as connection:
                    free_weights(connection, 1)
                assert other.load(listing.id).history.weights.freed
        run_log.verdicts, run_log.iteration, run_log.arithmetic = whole.verdicts, whole.iteration, whole.arithmetic
        mine.save(listing.id, run_log)
        assert_same(other.load(listing.id), whole)
        assert not other.load(listing.id).history.weights.freed
        assert not other.runs()[0].freed


@pytest.mark.parametrize("base", ["-1", "7", "1000", "'x'", "1.5", "iteration + 1"])
def test_that_differences_from_what_is_not_there_give_one_sentence(tmp_path: Path, tiny: Dataset, base: str) -> None:
    path = library_with(tmp_path / "one.layerscope", trained(tiny, hidden=(3,), iterations=5))
    tampered(path, f"UPDATE weights SET base = {base} WHERE iteration = 3")
    with closing(Library.in_memory()) as library, pytest.raises(InputError, match="weights"):
        library.take(path)
