"""Threads of the BLAS are limited where the work is done, whoever calls and whatever was set before."""

import signal
from collections.abc import Iterator
from multiprocessing import Pipe

import pytest

from model.base.blas import Blas, numpy_blas
from model.base.ending import ENDING
from model.config.config import Config
from model.config.recipe import Branch, Recipe
from model.data.datasets import Dataset
from model.network.evaluation_server import serve
from model.network.evaluator import Evaluator
from model.network.network import Network
from model.training.replay import snapshot_at, start_of
from model.training.trainer import Trainer
from tests.support.kernels import use_two_threads
from tests.support.reference_formulas import contents

# Large enough that OpenBLAS shares a product out between threads, and drawn by a decomposition that it shares out too.
CONFIG = Config.from_json({"hidden": [300, 100], "init": "orthogonal", "iterations": 8, "record_every": 4})


@pytest.fixture
def two_threads() -> Iterator[Blas]:
    """NumPy's BLAS with two threads, one again after the test."""
    yield use_two_threads()
    numpy_blas().limit(1)


def trained(dataset: Dataset) -> list[object]:
    """All numbers of a run, and the weights at its end."""
    trainer = Trainer(CONFIG, dataset)
    return [*map(contents, trainer), contents(trainer.network.state)]


def threads() -> int:
    """How many threads a product would have now."""
    told = numpy_blas().threads
    assert told
    return told()


def test_that_a_run_begun_with_two_threads_is_the_same_to_the_bit(
    mnist: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = trained(mnist)
    use_two_threads()
    assert trained(mnist) == alone
    use_two_threads()
    monkeypatch.setattr(Blas, "limit", lambda blas, count: 2)
    shared = trained(mnist)
    monkeypatch.undo()
    numpy_blas().limit(1)
    if shared == alone:
        pytest.skip("two threads round here as one does, so the promise is empty")


def test_that_the_trainer_says_what_it_computes_with(two_threads: Blas, tiny: Dataset) -> None:
    with Trainer(CONFIG, tiny) as trainer:
        assert (trainer.arithmetic.blas, trainer.arithmetic.threads) == (two_threads.name, 1)


@pytest.mark.usefixtures("two_threads")
def test_that_folding_batch_norm_into_a_branch_has_one_thread(tiny: Dataset) -> None:
    parent = Recipe(Config.from_json({"hidden": [5], "norm": "batch-before", "iterations": 4}))
    checkpoint = snapshot_at(parent, tiny, 2)
    use_two_threads()
    assert start_of(Recipe(parent.config.replace(norm="none"), Branch(parent, 2)), tiny, checkpoint)
    assert threads() == 1


@pytest.mark.usefixtures("two_threads")
def test_that_an_evaluation_in_a_thread_has_one(tiny: Dataset) -> None:
    network = Network.of(CONFIG, tiny)
    evaluator = Evaluator(network, tiny.test_set)
    evaluator.submit(network)
    evaluator.result(wait=True)
    evaluator.close()
    assert threads() == 1


@pytest.mark.usefixtures("two_threads")
def test_that_an_evaluation_process_has_one() -> None:
    before = {number: signal.getsignal(number) for number in ENDING}
    here, there = Pipe()
    here.close()
    try:
        serve(there)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        there.close()
    assert threads() == 1
