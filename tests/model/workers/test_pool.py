"""A worker pool of worker processes: its runs are the same to the bit, whatever happens to the workers."""

import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor

import pytest

from model.base.errors import InputError
from model.config.config import Config
from model.config.recipe import Branch, Change, LayerScale, Recipe
from model.data.datasets import Dataset
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Condition
from model.history.run_log import RunLog
from model.training.replay import train_recipe
from model.workers.pool import WorkerPool
from tests.support.worker_pools import Deadly, Going, Kept, expected, kill_all, wait_until, workers


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    """Two workers, which must have gone after the test."""
    made = WorkerPool(2)
    yield made
    made.close()
    assert not workers()


@pytest.fixture
def config(folder: str) -> Config:
    return Config(hidden=(8, 6), batch_size=10, iterations=300, record_every=7, data=folder)


@pytest.fixture
def endless(config: Config) -> Recipe:
    return Recipe(config.replace(iterations=10_000_000, record_every=50))


def recipes(config: Config) -> list[Recipe]:
    """Runs of every kind: plain, with memory, diverging, without hidden layers, changed on the way, branched off."""
    adam = config.replace(optimizer="adam", learning_rate=0.01, norm="batch-before")
    parent = Recipe(adam, changes=(Change(40, "learning_rate", 0.005),))
    branch = Branch(parent, 70, (LayerScale(1, 3.0),))
    return [
        Recipe(config),
        parent,
        Recipe(config.replace(learning_rate=100.0, activation="identity", hidden=[8] * 6, iterations=2_000)),
        Recipe(config.replace(hidden=[], iterations=0)),
        Recipe(adam.replace(activation="tanh"), branch, (Change(90, "learning_rate", 0.1),)),
    ]


def test_that_all_that_runs_leave_is_the_same_to_the_bit(pool: WorkerPool, config: Config, tiny: Dataset) -> None:
    made = recipes(config)
    going = [Going(pool, recipe) for recipe in made]
    for run, recipe in zip(going, made, strict=True):
        assert run.result() is None
        assert run.run_log.all == expected(recipe, tiny).all


def test_that_one_of_the_runs_that_are_compared_diverges(config: Config, tiny: Dataset) -> None:
    verdicts = [expected(recipe, tiny).verdict() for recipe in recipes(config)]
    assert [said.condition for said in verdicts if said].count(Condition.DIVERGED) == 1


def test_that_runs_advance_together_and_records_come_while_they_train(pool: WorkerPool, endless: Recipe) -> None:
    going = [Going(pool, endless) for _ in range(5)]
    wait_until(lambda: all(run.run_log.history.newest for run in going))
    assert len(workers()) == 2
    assert not any(run.ended.is_set() for run in going)


@pytest.mark.parametrize("made", [0, 1, 30, 100, 299])
def test_that_a_run_goes_on_in_the_run_log_of_an_earlier_one(
    pool: WorkerPool, config: Config, tiny: Dataset, made: int
) -> None:
    recipe = Recipe(config, changes=(Change(20, "learning_rate", 0.05), Change(150, "learning_rate", 0.02)))
    book, left = Kept(Diagnosis(config, tiny.class_shares)), iter(range(made))
    train_recipe(recipe, tiny, book, lambda: next(left, None) is not None)
    assert book.iteration == made
    book.diagnosis = None  # from here on the worker's
    again = Going(pool, recipe, book)
    assert not book.ended
    assert again.result() is None
    assert book.all == expected(recipe, tiny).all


def test_that_killed_workers_cost_nothing_and_no_record_comes_twice(
    pool: WorkerPool, config: Config, tiny: Dataset
) -> None:
    recipe = Recipe(config.replace(iterations=2_500, record_every=3))
    going = [Going(pool, recipe) for _ in range(3)]
    moment = random.Random(4)
    for least in (1, 300):
        wait_until(lambda least=least: any(run.run_log.iteration >= least for run in going))
        time.sleep(moment.random() / 20)
        kill_all()
    wanted = expected(recipe, tiny).all
    for run in going:
        assert run.result() is None
        assert run.run_log.all == wanted


def test_that_a_run_that_workers_die_of_is_given_up_and_those_beside_it_are_trained(
    config: Config, tiny: Dataset
) -> None:
    pool = WorkerPool(1)
    recipe = Recipe(config.replace(iterations=1_000))
    harmless, deadly, other = (Going(pool, recipe, book) for book in (Kept(), Deadly(), Kept()))
    assert isinstance(deadly.result(), BrokenExecutor)
    assert deadly.run_log.ended
    wanted = expected(recipe, tiny).all
    for run in (harmless, other):
        assert run.result() is None
        assert run.run_log.all == wanted
    pool.close()


def test_that_a_missing_data_set_is_told(pool: WorkerPool, config: Config) -> None:
    run, other = Going(pool, Recipe(config.replace(data="/nowhere"))), Going(pool, Recipe(config))
    error = run.result()
    assert isinstance(error, InputError)
    assert "/nowhere" in str(error)
    assert run.run_log.ended
    assert other.result() is None


def test_that_a_run_is_cancelled_while_it_trains_and_while_it_waits(endless: Recipe, config: Config) -> None:
    pool = WorkerPool(1)
    going = [Going(pool, endless) for _ in range(8)]
    wait_until(lambda: going[0].run_log.history.newest)
    for run in going:
        run.job.cancel()
        run.job.cancel()
    for run in going:
        assert run.result() is None
        assert run.run_log.ended
    assert not going[-1].run_log.records
    assert Going(pool, Recipe(config)).result() is None
    pool.close()


def test_that_a_branch_is_cancelled_while_its_parent_is_trained_again(
    pool: WorkerPool, endless: Recipe, config: Config
) -> None:
    branch = Going(pool, Recipe(endless.config, Branch(endless, 9_000_000)))
    time.sleep(0.5)
    branch.job.cancel()
    assert branch.result() is None
    assert [Going(pool, Recipe(config)).result() for _ in range(2)] == [None, None]


def test_that_a_done_that_fails_stops_nobody(pool: WorkerPool, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *mistake: told.append(mistake[1]))

    def fail(error: Exception | None) -> None:
        raise LookupError("no window any more")

    pool.train(Recipe(config), RunLog(), fail)
    assert Going(pool, Recipe(config)).result() is None
    wait_until(lambda: told)
    assert isinstance(told[0], LookupError)


def test_that_closing_ends_everything_at_once(endless: Recipe) -> None:
    pool = WorkerPool(2)
    going = [Going(pool, endless) for _ in range(15)]
    wait_until(lambda: going[0].run_log.history.newest)
    pool.close()
    pool.close()
    assert not workers()
    assert all(run.run_log.ended and not run.ended.is_set() for run in going)
    going[0].job.cancel()
    with pytest.raises(RuntimeError):
        pool.train(endless, Kept())


def test_that_a_pool_without_work_has_no_process() -> None:
    pool = WorkerPool(3)
    assert not workers()
    pool.close()
