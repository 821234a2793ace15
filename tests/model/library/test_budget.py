"""A library within its budget: whose weights go, in which order, and that curves, records and the file are safe."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from model.base.user_paths import ROOT
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.budget import USUAL_BUDGET, Claim, LibrarySize, StoredWeights, goal_of
from model.library.library import Library
from tests.support.libraries import file_of
from tests.support.saved_runs import assert_same, library_with, noise, trained

Run = tuple[RunListing, RunLog]


def large(seed: int, **settings: Any) -> Run:
    """A run of some 300 kB of weights, hidden and unnamed."""
    listing, run_log = trained(noise(), seed=seed, hidden=(300,), iterations=12, record_every=3, **settings)
    return replace(listing, shown=False, created=1e9 + seed), run_log


@pytest.fixture(scope="module")
def runs() -> list[Run]:
    return [large(seed) for seed in range(6)]


@pytest.fixture
def path(tmp_path: Path, runs: list[Run]) -> Path:
    return library_with(tmp_path / "library.sqlite", *runs)


def without_weights(library: Library) -> list[int]:
    """The places of the runs whose weights went, in the order of the list."""
    return [place for place, listing in enumerate(library.runs()) if listing.freed]


def freed(library: Library, goal: int = 0, open_ids: tuple[str, ...] = (), *, claimed: bool = False) -> list[int]:
    """The places of the runs whose weights are gone after all steps; no step undoes another."""
    while not library.make_room(goal, open_ids, claimed=claimed).done:
        pass
    return without_weights(library)


def test_that_the_weights_of_the_oldest_go_and_no_more_than_are_too_many(path: Path, runs: list[Run]) -> None:
    with closing(Library.open(path)) as library:
        size = library.size()
        one = size.weights[0].bytes
        assert freed(library, size.bytes - 2 * one + one // 2) == [0, 1]


def test_that_curves_records_verdicts_and_settings_of_a_freed_run_stay(path: Path, runs: list[Run]) -> None:
    with closing(Library.open(path)) as library:
        assert freed(library) == [0, 1, 2, 3, 4, 5]
        for listing, run_log in runs:
            loaded = library.load(listing.id)
            assert loaded.history.weights.freed
            assert loaded.history.weights.kept == []
            loaded.history.weights.kept = run_log.history.weights.kept
            assert_same(loaded, run_log)


CLAIMS: dict[str, Callable[[Library, str], object]] = {
    "named": lambda library, id_: library.change(id_, label="mine"),
    "shown": lambda library, id_: library.change(id_, shown=True),
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_that_what_is_named_or_shown_goes_last_and_only_if_asked(path: Path, runs: list[Run], claim: str) -> None:
    with closing(Library.open(path)) as library:
        for place in (0, 3):
            CLAIMS[claim](library, runs[place][0].id)
        assert freed(library) == [1, 2, 4, 5]
        size = library.size()
        assert freed(library, size.bytes - 1, claimed=True) == [0, 1, 2, 4, 5]


def test_that_what_is_open_never_goes(path: Path, runs: list[Run]) -> None:
    with closing(Library.open(path)) as library:
        assert freed(library, open_ids=(runs[2][0].id,), claimed=True) == [0, 1, 3, 4, 5]


def test_that_a_run_which_has_not_ended_may_be_going_on_in_another_window(tmp_path: Path) -> None:
    listing, run_log = large(7)
    run_log.ended = False
    with closing(Library.open(library_with(tmp_path / "library.sqlite", (listing, run_log)))) as library:
        assert freed(library) == []
        assert library.size().weights[0].claim is Claim.UNFINISHED


def test_that_what_others_branch_off_goes_after_the_others(tmp_path: Path, runs: list[Run]) -> None:
    parent, child = runs[0], large(9)
    branched = parent[0].recipe.branched(6, learning_rate=0.01)
    twig = branched.branched(9, learning_rate=0.02)
    listing = replace(child[0], recipe=twig, created=2e9)
    middle = replace(large(10)[0], recipe=branched, created=1.5e9)
    path = library_with(tmp_path / "library.sqlite", parent, runs[1], (middle, large(10)[1]), (listing, child[1]))
    with closing(Library.open(path)) as library:
        assert freed(library) == [1, 3], "a run, the branch off it, and the branch off that"
        assert freed(library, claimed=True) == [0, 1, 2, 3]


def test_that_deleted_runs_go_first_and_can_still_be_brought_back(path: Path, runs: list[Run]) -> None:
    with closing(Library.open(path)) as library:
        library.delete([runs[5][0].id])
        size = library.size()
        assert (size.runs, size.deleted) == (5, 1)
        assert freed(library, size.bytes - 1) == []
        library.restore([runs[5][0].id])
        assert without_weights(library) == [5]


def test_that_the_file_shrinks_by_what_is_freed(path: Path) -> None:
    before = path.stat().st_size
    with closing(Library.open(path)) as library:
        weights = library.size().weight_bytes
        freed(library)
    assert path.stat().st_size < before - 0.9 * weights


def test_that_what_an_earlier_program_stored_is_packed_before_any_weights_go(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(file_of(1).read_bytes())
    with closing(Library.open(path)) as library:
        (listing,) = library.runs()
        library.change(listing.id, label="", shown=False)
        before = library.load(listing.id)
        made = library.make_room(0)
        assert (made.packed, made.runs, made.done) == (1, 0, False)
        assert_same(library.load(listing.id), before)
        assert library.make_room(0).runs == 1


def test_that_packing_comes_before_any_weights_go_also_those_of_older_runs(tmp_path: Path, runs: list[Run]) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(file_of(1).read_bytes())
    with closing(Library.open(path)) as library:
        assert library.runs()[0].label, "it is the last to lose its weights, and loses nothing by being packed"
        library.add(runs[0][0])
        library.save(runs[0][0].id, runs[0][1])
        made = library.make_room(library.size().bytes - 1)
        assert (made.packed, made.runs) == (1, 0)
        assert freed(library) == [0]


def test_that_the_budget_is_kept_in_the_library_and_what_is_freed_is_a_little_more_than_what_is_too_much(
    path: Path,
) -> None:
    with closing(Library.open(path)) as library, closing(Library.open(path)) as other:
        assert library.size().budget == USUAL_BUDGET
        assert not library.too_large()
        budget = int(0.6 * library.size().bytes)
        other.set_budget(budget)
        assert library.size().budget == budget
        assert library.too_large()
        while not library.make_room().done:
            pass
        assert library.size().bytes <= goal_of(budget) < budget
        other.set_budget(0)
        assert not library.too_large()


def test_that_a_size_tells_beforehand_what_freeing_does(path: Path) -> None:
    with closing(Library.open(path)) as library:
        size = library.size()
        for share in (1.0, 0.9, 0.7, 0.5, 0.2):
            budget = int(share * size.bytes)
            told = size.freeing(budget)
            while not library.make_room(goal_of(budget)).done and share < 1:
                pass
            gone = without_weights(library) if share < 1 else []
            assert abs(told.runs - len(gone)) <= 1, "pages are not divided among runs"
        assert size.freeing(0).runs == 0, "no budget, nothing to free"


def test_that_a_size_tells_how_many_are_claimed_and_what_is_too_much_even_then() -> None:
    weights = tuple(
        StoredWeights(number, 100, True, claim)
        for number, claim in enumerate((Claim.NONE, Claim.SHOWN, Claim.NAMED, Claim.OPEN))
    )
    size = LibrarySize(1_000, 4, 0, weights, 900)
    freeing = size.freeing(500)
    assert (freeing.runs, freeing.claimed, freeing.bytes, freeing.short) == (3, 2, 300, 1_000 - 475 - 300)


def test_that_an_export_gives_a_freed_run_its_weights_back(tmp_path: Path, path: Path, runs: list[Run]) -> None:
    listing, run_log = runs[0]
    with closing(Library.open(path)) as library:
        library.write(listing.id, tmp_path / "one.layerscope")
        freed(library)
        library.write(listing.id, tmp_path / "without.layerscope")
        (taken,) = library.take(tmp_path / "without.layerscope")
        assert taken.freed
        (taken,) = library.take(tmp_path / "one.layerscope")
        assert not taken.freed
        assert_same(library.load(listing.id), run_log)
        assert without_weights(library) == [1, 2, 3, 4, 5]


FREE = """
import os, signal, sys
from pathlib import Path
from model.library import making_room, weight_rows
from model.library.library import Library
library = Library.open(Path(sys.argv[1]))
made, die_at = 0, int(sys.argv[2])
free = making_room.free_weights
def dying(connection, number):
    global made
    free(connection, number)
    made += 1
    if made == die_at:
        os.kill(os.getpid(), signal.SIGKILL)
making_room.free_weights = dying
making_room.STEP_BYTES = 700_000
while not library.make_room(0).done:
    pass
"""


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
@pytest.mark.parametrize("die_at", [1, 2, 3, 5])
def test_that_a_program_killed_while_it_frees_leaves_every_run_whole_or_freed(
    path: Path, runs: list[Run], die_at: int
) -> None:
    killed = subprocess.run([sys.executable, "-c", FREE, str(path), str(die_at)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    with closing(Library.open(path)) as library:
        library.verify()
        assert len(without_weights(library)) < die_at
        for listing, run_log in runs:
            loaded = library.load(listing.id)
            if not loaded.history.weights.freed:
                assert_same(loaded, run_log)
        assert len(freed(library)) == len(runs), "and it can go on"


FULL = """
import resource, sys
from pathlib import Path
from model.base.errors import InputError
from model.library.library import Library
path = Path(sys.argv[1])
library = Library.open(path)
library.verify()
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    while not library.make_room(0).done:
        pass
    print("freed")
except InputError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="limits as POSIX has them")
@pytest.mark.parametrize("limit", [0, 4_096, 40_000, 10_000_000])
def test_that_freeing_on_a_full_disk_frees_or_says_so_and_harms_nothing(
    path: Path, runs: list[Run], limit: int
) -> None:
    command = [sys.executable, "-c", FULL, str(path), str(limit)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    assert said == "freed" or said.startswith(f"'{path}' cannot be written: the disk ")
    assert (said == "freed") == (limit > 100_000)
    with closing(Library.open(path)) as library:
        library.verify()
        for listing, run_log in runs:
            loaded = library.load(listing.id)
            if not loaded.history.weights.freed:
                assert_same(loaded, run_log)


def test_that_two_windows_free_one_library_at_the_same_time(path: Path, runs: list[Run], tiny: Dataset) -> None:
    with closing(Library.open(path)) as mine, closing(Library.open(path)) as other:
        done = False
        while not done:
            done = mine.make_room(0).done & other.make_room(0).done
            mine.load(runs[0][0].id)
        assert mine.changed_elsewhere()
        assert without_weights(mine) == without_weights(other) == [0, 1, 2, 3, 4, 5]
