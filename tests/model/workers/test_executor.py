"""The worker pool as an executor: futures as concurrent.futures has them, beside runs, on the cores there are."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, as_completed
from pathlib import Path
from threading import enumerate as living_threads

import pytest

from model.base.user_paths import ROOT
from model.config.config import Config
from model.config.recipe import Recipe
from model.sweeps.sweep import SweepCell, run_cell, submit, sweep
from model.workers.abandonment import CallAbandoned
from model.workers.pool import WorkerPool
from tests.support.patience import PATIENCE
from tests.support.worker_pools import (
    Going,
    die,
    kill_all,
    linger,
    refuse,
    unspeakable,
    wait_for_cancellation,
    wait_until,
    workers,
)

OWNER = """
import os, sys, time
sys.path.insert(0, {root!r})
if __name__ == "__main__":
    from model.config.config import Config
    from model.workers.pool import WorkerPool
    from model.history.run_log import RunLog
    from model.config.recipe import Recipe
    from multiprocessing import active_children
    pool, run_logs = WorkerPool(2), [RunLog(), RunLog()]
    for run_log in run_logs:
        pool.train(Recipe(Config(hidden=(8,), iterations=10_000_000, data={folder!r})), run_log)
    pool.executor.submit(time.sleep, 1_000)
    while not all(run_log.iteration for run_log in run_logs):
        time.sleep(0.01)
    print("training", flush=True)
    time.sleep(1_000)
"""


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    """Two workers, which must have gone after the test."""
    made = WorkerPool(2)
    yield made
    made.close()
    assert not workers()
    assert "worker pool" not in [thread.name for thread in living_threads()]


def test_that_functions_are_called_in_other_processes(pool: WorkerPool) -> None:
    futures = {pool.executor.submit(pow, base, 2, mod=7): base for base in range(40)}
    assert {futures[each]: each.result() for each in as_completed(futures)} == {k: k * k % 7 for k in range(40)}
    assert list(pool.executor.map(divmod, (7, 8), (2, 3))) == [(3, 1), (2, 2)]
    assert pool.executor.submit(os.getpid).result() != os.getpid()


def test_that_an_exception_comes_back_as_it_was_raised(pool: WorkerPool) -> None:
    with pytest.raises(KeyError, match="missing"):
        pool.executor.submit(refuse, "missing").result()


@pytest.mark.filterwarnings("default")
def test_that_what_cannot_be_pickled_is_an_error_of_its_own_future(pool: WorkerPool) -> None:
    with pytest.raises(Exception, match=r"[Pp]ickle"):
        pool.executor.submit(unspeakable).result()
    with pytest.raises(Exception, match=r"[Pp]ickle"):
        pool.executor.submit(lambda: 1)
    assert pool.executor.submit(pow, 2, 3).result() == 8


def test_that_a_worker_killed_amid_its_work_costs_no_result(pool: WorkerPool) -> None:
    futures = [pool.executor.submit(linger, 0.3) for _ in range(6)]
    wait_until(lambda: len(workers()) == 2 and any(future.running() for future in futures))
    kill_all()
    assert len({future.result(PATIENCE) for future in futures}) == 2


def test_that_what_kills_every_worker_is_given_up(pool: WorkerPool) -> None:
    deadly, harmless = pool.executor.submit(die), [pool.executor.submit(pow, 2, n) for n in range(20)]
    with pytest.raises(BrokenExecutor, match="memory"):
        deadly.result(PATIENCE)
    assert [future.result(PATIENCE) for future in harmless] == [2**n for n in range(20)]


def test_that_what_has_not_begun_can_be_cancelled(pool: WorkerPool) -> None:
    busy = [pool.executor.submit(linger, 0.3) for _ in range(2)]
    waiting = [pool.executor.submit(linger, 10) for _ in range(50)]
    assert all(future.cancel() for future in waiting[:25])
    pool.executor.shutdown(wait=True, cancel_futures=True)
    assert all(future.cancelled() for future in waiting)
    assert all(future.done() for future in busy)
    with pytest.raises(RuntimeError):
        pool.executor.submit(pow, 1, 1)


def test_that_closing_ends_futures_too() -> None:
    pool = WorkerPool(1)
    running, waiting = (pool.executor.submit(linger, 1_000) for _ in range(2))
    wait_until(running.running)
    pool.close()
    with pytest.raises(BrokenExecutor):
        running.result(PATIENCE)
    with pytest.raises(CancelledError):
        waiting.result(PATIENCE)


def test_that_runs_and_functions_share_the_processes_and_runs_come_first(pool: WorkerPool, folder: str) -> None:
    futures = [pool.executor.submit(linger, 0.05) for _ in range(40)]
    recipe = Recipe(Config(hidden=(8, 6), iterations=1_500, data=folder))
    for run in [Going(pool, recipe) for _ in range(4)]:
        assert run.result() is None
    assert not all(future.done() for future in futures)
    assert len(workers()) == 2
    assert {future.result(PATIENCE) for future in futures} == set(workers())


def test_that_cells_of_a_sweep_are_the_same_as_here(pool: WorkerPool, folder: str) -> None:
    config = Config(hidden=(8, 6), batch_size=10, iterations=60, data=folder)
    cells = [SweepCell(seed, config.replace(seed=seed)) for seed in range(5)]
    wanted = [run_cell(cell) for cell in cells]
    assert sorted(sweep(cells, pool.executor), key=lambda result: result.cell.index) == wanted
    assert submit(cells[3], pool.executor).result(PATIENCE) == wanted[3]


def test_that_no_worker_outlives_a_killed_owner(folder: str, tmp_path: Path) -> None:
    script = tmp_path / "owner.py"
    script.write_text(OWNER.format(root=str(ROOT), folder=folder))
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout
        assert owner.stdout.readline() == "training\n"
        owner.kill()
        # Every process that the owner has begun holds the pipe open.
        start = time.monotonic()
        assert owner.stdout.read() == ""
        assert time.monotonic() - start < PATIENCE


def test_that_a_running_call_that_asks_ends_when_it_is_cancelled(pool: WorkerPool, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    future = pool.executor.submit(wait_for_cancellation, str(begun))
    wait_until(begun.exists)
    assert not future.cancel(), "as concurrent.futures has it, it says that the function had begun"
    with pytest.raises(CallAbandoned):
        future.result(timeout=PATIENCE)
    assert [pool.executor.submit(pow, 2, 3).result(timeout=PATIENCE) for _ in range(4)] == [8] * 4


def test_that_a_call_that_nobody_waits_for_may_be_cancelled_after_the_pool_was_closed(tmp_path: Path) -> None:
    pool, begun = WorkerPool(1), tmp_path / "begun"
    future = pool.executor.submit(wait_for_cancellation, str(begun))
    wait_until(begun.exists)
    pool.close()
    assert not future.cancel()
