"""kill -9 at a hundred random moments: the library is sound, and each run holds all but at most its last second."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from model.base.user_paths import ROOT
from model.history.run_log import RunLog
from model.library.library import Library
from model.measurement.records import Record
from model.training.replay import train_recipe
from tests.support.kill_target import BEAT, ENTRY, HEARTBEAT, LONGEST, PER_SECOND, SIZES, recipe
from tests.support.saved_runs import equal, noise

MOMENTS = 100
LIBRARIES = 4  # at once
LAST = 1.0  # second

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked, so that they start at once")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where a disk that others keep busy makes nobody wait; what a killed process has written is there all the same."""
    if not os.access("/dev/shm", os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        yield Path(name)


@pytest.fixture(scope="module")
def right() -> list[dict[int, Record]]:
    """By iteration, every record that a run of each size makes."""
    found = []
    for size in range(len(SIZES)):
        config = recipe(size).config.replace(iterations=int(2 * LONGEST * PER_SECOND))
        all_records: dict[int, Record] = {}

        class Everything(RunLog):
            def _put(self, record: Record, records: dict[int, Record] = all_records) -> None:
                records[record.iteration] = record

        train_recipe(type(recipe(size))(config), noise(), Everything())
        found.append(all_records)
    return found


def stalled(diary: np.ndarray, killed: float) -> float:
    """Seconds of the last ones in which the machine left no time to the process at all."""
    beats = diary["time"][diary["iteration"] == HEARTBEAT]
    gaps = np.diff(np.append(beats[beats > killed - 2 * LAST], killed))
    return float(np.maximum(gaps - 2 * BEAT, 0).sum())


def missed(library: Library, folder: Path, id_: str, killed: float, right: dict[int, Record]) -> float:
    """How long before the end the first record came that is lost; what is there is as it should be."""
    file = folder / f"{id_}.diary"
    diary = np.frombuffer(file.read_bytes() if file.exists() else b"", ENTRY)
    came = diary[diary["iteration"] != HEARTBEAT]
    saved = 0
    if id_ in [listing.id for listing in library.runs()]:
        run_log = library.load(id_)
        saved = len(run_log.history)
        assert run_log.history.iterations.rows[:, 0].tolist() == list(range(saved))
        losses = [right[iteration].loss for iteration in range(saved)]
        np.testing.assert_array_equal(run_log.history.curves["loss"].values.rows[:, 0], np.array(losses, np.float32))
        for moment in run_log.history.timeline.moments[::10]:
            assert equal(moment, right[moment.iteration])
        kept = [checkpoint.iteration for checkpoint in run_log.history.weights.kept]
        assert kept == [at for at in range(saved + 1) if at in kept]
    lost = came[came["iteration"] >= saved]
    return killed - float(lost["time"][0]) - stalled(diary, killed) if len(lost) else 0.0


def story(folder: Path, seed: int, right: list[dict[int, Record]]) -> list[float]:
    """One library through many deaths; how much each cost."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.support.kill_target", str(folder), str(seed)]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    costs = []
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as victim:
        assert victim.stdin
        assert victim.stdout
        lengths: dict[str, int] = {}
        for _ in range(MOMENTS // LIBRARIES):
            victim.stdin.write("go\n")
            victim.stdin.flush()
            id_, size, killed = victim.stdout.readline().split()
            with closing(Library.open(folder / "library.sqlite")) as library:
                costs.append(missed(library, folder, id_, float(killed), right[int(size)]))
                if id_ in [listing.id for listing in library.runs()]:
                    lengths[id_] = len(library.load(id_).history)
        victim.stdin.close()
    assert not list(folder.glob("*.told"))
    with closing(Library.open(folder / "library.sqlite")) as library:
        assert {listing.id: len(library.load(listing.id).history) for listing in library.runs()} == lengths
    return costs


def test_that_killing_at_any_moment_costs_at_most_the_last_second(folder: Path, right: list[dict[int, Record]]) -> None:
    with ThreadPoolExecutor(LIBRARIES) as pool:
        stories = [pool.submit(story, folder / str(seed), seed, right) for seed in range(LIBRARIES)]
        costs = [cost for each in stories for cost in each.result()]
    assert len(costs) == MOMENTS
    assert max(costs) <= LAST
    assert sum(cost > 0 for cost in costs) > MOMENTS / 4, "most were killed at work"
