"""Many runs on any executor: each result once, and the same whoever computes it."""

import os
import pickle
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import fields
from math import inf, log10
from multiprocessing import active_children, get_context
from typing import Any

import pytest

from model.base.errors import Diverged, InputError
from model.config.config import Config
from model.data.datasets import Dataset, load_dataset
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Condition
from model.measurement.meter import Meter
from model.measurement.records import Record
from model.sweeps.sweep import Result, SweepCell, run_cell, submit, sweep
from model.training.trainer import Trainer
from model.workers.pool import WorkerPool
from tests.support.sweeps import in_order, serially, small

DIVERGING: dict[str, Any] = {
    "activation": "identity", "init": "gauss", "init_std": 100, "learning_rate": 1000, "record_every": 1
}  # fmt: skip


class Recorder(Executor):
    """Keeps what it is given; the first `ready` futures have a result at once, the others never."""

    def __init__(self, ready: float = 0) -> None:
        self.ready = ready
        self.given: list[tuple[SweepCell, Future[Any]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if len(self.given) < self.ready:
            future.set_result(args[0].index)
        self.given.append((args[0], future))
        return future


class CountedFuture(Future[int]):
    """Counts how often any of its kind is looked at, which takes its lock."""

    looks = 0

    @property
    def _condition(self) -> threading.Condition:
        CountedFuture.looks += 1
        return self._lock

    @_condition.setter
    def _condition(self, lock: threading.Condition) -> None:
        self._lock = lock


def looks_of(count: int) -> int:
    """How often futures are looked at in a sweep of so many cells, all of them out until one after the other lands."""
    futures: list[CountedFuture] = []
    landed: list[Result] = []

    class Runway(Executor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
            futures.append(CountedFuture())
            return futures[-1]

    def land() -> bool:
        if len(landed) < len(futures):
            futures[len(landed)].set_result(len(landed))
        return False

    CountedFuture.looks = 0
    for result in sweep([SweepCell(index, Config()) for index in range(count)], Runway(), land):
        landed.append(result)  # noqa: PERF402  land() reads it meanwhile
    return CountedFuture.looks


def run_in_workers(cells: list[SweepCell]) -> list[Result]:
    """Results from worker processes."""
    with closing(WorkerPool(2)) as pool:
        return list(sweep(cells, pool.executor))


def run_in_pool(cells: list[SweepCell]) -> list[Result]:
    """Results from the standard library's processes."""
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        return list(sweep(cells, pool))


def run_in_threads(cells: list[SweepCell]) -> list[Result]:
    """Results from threads of this process."""
    with ThreadPoolExecutor(3) as pool:
        return list(sweep(cells, pool))


def test_that_a_result_is_what_the_run_comes_to(folder: str) -> None:
    (cell,) = small(folder, iterations=45, record_every=10)
    dataset = load_dataset(folder)
    diagnosis = Diagnosis(cell.config, dataset.class_shares)
    records = []
    with Trainer(cell.config, dataset) as trainer:
        while not trainer.done:
            trainer.step()
            for record in trainer.collect(wait=trainer.done):
                diagnosis.read(record)
                records += [record] if record.tested else []
    result = run_cell(cell)
    assert result.cell == cell
    assert result.iterations == 45
    assert result.final_test_accuracy == records[-1].test_accuracy
    assert result.final_train_accuracy == records[-1].train_accuracy
    assert result.final_loss == records[-1].loss
    assert result.log_gradient == log10(records[-1].layers[0].delta_rms)
    assert (result.condition, result.cause) == (diagnosis.verdict.condition, diagnosis.verdict.cause)
    assert result.curve.iterations == (0, 10, 20, 30, 40, 45)
    assert result.curve.test_accuracy == tuple(record.test_accuracy for record in records)
    assert result.curve.loss == tuple(record.loss for record in records)


def test_that_no_time_goes_into_histograms_that_nobody_sees(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    asked: list[object] = []
    measured = Meter.measure

    def measure(meter: Meter, *figures: Any) -> Record:
        asked.append(figures[-1])
        return measured(meter, *figures)

    monkeypatch.setattr(Meter, "measure", measure)
    run_cell(*small(folder))
    assert asked
    assert not any(asked)


def test_that_a_diverged_run_is_a_result(folder: str) -> None:
    (cell,) = small(folder, **DIVERGING)
    result = run_cell(cell)
    with pytest.raises(Diverged) as error:
        list(Trainer(cell.config, load_dataset(folder)))
    assert result.diverged
    assert result.condition is Condition.DIVERGED
    assert result.iterations == error.value.iteration < 30
    assert result.final_test_accuracy == result.curve.test_accuracy[-1]


def test_that_a_run_that_diverges_at_once_has_no_figures(folder: str) -> None:
    (cell,) = small(folder, **DIVERGING | {"hidden": (9,) * 30})
    result = run_cell(cell)
    assert result.diverged
    assert result.iterations == 0
    assert result.final_test_accuracy is result.final_loss is result.log_gradient is None
    assert result.curve.iterations == ()


def test_that_a_gradient_of_exactly_zero_has_no_logarithm(folder: str) -> None:
    result = run_cell(*small(folder, init="zeros", activation="relu"))
    assert result.log_gradient is None


def test_that_without_hidden_layers_the_output_is_layer_1(folder: str) -> None:
    assert run_cell(*small(folder, hidden=())).log_gradient is not None


@pytest.mark.parametrize(("iterations", "record_every"), [(0, 1), (1, 1), (199, 1), (250, 1), (1_000, 3), (1_001, 2)])
def test_that_a_curve_has_few_points_and_the_last_record(folder: str, iterations: int, record_every: int) -> None:
    one, other = serially(small(folder, seeds=2, hidden=(2,), iterations=iterations, record_every=record_every))
    assert one.curve.iterations == other.curve.iterations
    assert one.curve.iterations[0] == 0
    assert one.curve.iterations[-1] == iterations
    assert len(one.curve.iterations) <= 202
    assert len(one.curve.iterations) == len(one.curve.loss) == len(one.curve.test_accuracy)
    if iterations < 200 * record_every:
        assert len(one.curve.iterations) == -(-iterations // record_every) + 1


def test_that_a_result_says_what_it_was_computed_with_but_not_by_whom_or_when() -> None:
    assert {field.name for field in fields(Result)} == {
        "cell", "iterations", "final_test_accuracy", "final_train_accuracy", "final_loss", "log_gradient", "condition",
        "cause", "curve", "arithmetic",
    }  # fmt: skip


def test_that_a_result_survives_pickling(folder: str) -> None:
    for result in serially(small(folder, "init=gauss,he") + small(folder, **DIVERGING)):
        assert pickle.loads(pickle.dumps(result)) == result


@pytest.mark.parametrize("run", [run_in_workers, run_in_pool, run_in_threads])
def test_that_results_do_not_depend_on_the_executor(
    run: Callable[[list[SweepCell]], list[Result]], folder: str
) -> None:
    cells = small(folder, "activation=sigmoid,relu", "init=gauss,he", seeds=2)
    assert in_order(run(cells)) == serially(cells)


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
def test_that_a_worker_killed_in_mid_sweep_costs_no_result(folder: str) -> None:
    cells = small(folder, "init=gauss,he,xavier", seeds=4, iterations=400)
    with closing(WorkerPool(2)) as pool:
        found = []
        for result in sweep(cells, pool.executor):
            found.append(result)
            if len(found) in {2, 5}:
                victim = active_children()[0]
                assert victim.pid
                os.kill(victim.pid, signal.SIGKILL)
    assert in_order(found) == serially(cells)
    assert len(found) == len(cells)


def test_that_a_cell_that_cannot_be_run_ends_the_sweep_with_its_reason() -> None:
    with closing(WorkerPool(1)) as pool, pytest.raises(InputError, match="no folder or file '/no/such/folder'"):
        list(sweep(small("/no/such/folder", seeds=3), pool.executor))


def test_that_only_so_many_cells_are_out_at_a_time(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setattr("model.sweeps.sweep.MOST_IN_FLIGHT", 3)
    executor = Recorder(ready=inf)
    found = list(sweep(small(folder, seeds=20), executor))
    assert [cell.index for cell, _ in executor.given] == list(range(20))
    assert len(found) == 20
    slow = Recorder()
    pulses = iter([False, False, True])
    assert list(sweep(small(folder, seeds=20), slow, lambda: next(pulses))) == []
    assert len(slow.given) == 3


def test_that_a_cell_that_lands_is_not_dearer_where_many_are_out() -> None:
    assert looks_of(400) / 400 <= looks_of(20) / 20 <= 10


def test_that_a_pulse_ends_the_sweep_and_what_has_not_begun_is_cancelled(folder: str) -> None:
    executor = Recorder()
    pulses = iter([False, False, False, True])
    assert list(sweep(small(folder, seeds=4), executor, lambda: next(pulses))) == []
    assert all(future.cancelled() for _, future in executor.given)


def test_that_who_asks_for_no_more_ends_the_sweep_too(folder: str) -> None:
    executor = Recorder(ready=1)
    for _ in sweep(small(folder, seeds=3), executor):
        break
    assert [future.cancelled() for _, future in executor.given] == [False, True, True]


def test_that_one_cell_can_be_submitted_by_itself(folder: str) -> None:
    (cell,) = small(folder)
    with ThreadPoolExecutor(1) as pool:
        assert submit(cell, pool).result() == run_cell(cell)


def test_that_an_empty_sweep_has_no_results() -> None:
    assert list(sweep([], Recorder())) == []


def test_that_runs_on_mnist_are_the_same_in_another_process(mnist: Dataset) -> None:
    cells = [SweepCell(seed, Config(hidden=(10,), iterations=20, seed=seed)) for seed in range(2)]
    assert in_order(run_in_workers(cells)) == serially(cells)
