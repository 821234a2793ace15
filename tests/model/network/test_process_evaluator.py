"""Requests go to the process, the thread or whoever makes them; accuracies come back in the order of the requests."""

import os
import signal
from collections.abc import Callable
from multiprocessing import active_children

import pytest

from model.config.config import Config
from model.data.datasets import Dataset
from model.network.evaluation_process import EvaluationProcess
from model.network.evaluator import Evaluator, Examiner
from model.network.network import Network
from model.network.process_evaluator import ProcessEvaluator
from tests.support.evaluation_processes import network_of, wait_until_ready

CONFIG = Config(hidden=(8, 6), batch_size=10)


def in_process(evaluator: ProcessEvaluator) -> bool:
    """Whether it has gone over to its process."""
    return evaluator.claim is not None


def alone(network: Network, dataset: Dataset) -> float | None:
    """Its accuracy from a thread."""
    evaluator = Evaluator(network, dataset.test_set)
    evaluator.submit(network)
    accuracy = evaluator.result(wait=True)
    evaluator.close()
    return accuracy


def test_that_a_run_begins_in_a_thread_and_goes_over_when_the_process_is_ready(
    tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.network.evaluation_process.usable_cores", lambda: 2)
    process = EvaluationProcess()
    evaluator = ProcessEvaluator(network_of(CONFIG, tiny, 0), tiny.test_set, process)
    networks = [network_of(CONFIG, tiny, seed) for seed in range(2)]
    evaluator.submit(networks[0])
    assert not in_process(evaluator)
    process.start()
    wait_until_ready(process)
    evaluator.submit(networks[1])
    assert in_process(evaluator)
    found = [evaluator.result(wait=True) for _ in range(2)]
    assert evaluator.result(wait=True) is None
    evaluator.close()
    process.close()
    assert found == [alone(each, tiny) for each in networks]


@pytest.mark.parametrize("ready", [False, True])
def test_that_two_requests_are_taken_until_a_result_is_collected(
    process: EvaluationProcess, tiny: Dataset, monkeypatch: pytest.MonkeyPatch, ready: bool
) -> None:
    monkeypatch.setattr(EvaluationProcess, "ready", ready)
    networks = [network_of(CONFIG, tiny, seed) for seed in range(3)]
    evaluator = ProcessEvaluator(networks[0], tiny.test_set, process)
    for network in networks[:2]:
        assert not evaluator.full
        evaluator.submit(network)
    assert in_process(evaluator) == ready
    assert evaluator.full
    with pytest.raises(IndexError):
        evaluator.submit(networks[2])
    found = [evaluator.result(wait=True) for _ in range(2)]
    evaluator.submit(networks[2])
    found.append(evaluator.result(wait=True))
    assert evaluator.result(wait=True) is None
    evaluator.close()
    assert found == [alone(each, tiny) for each in networks]


def noted(
    accuracy: Callable[[Examiner, Network], float], networks: list[Network]
) -> Callable[[Examiner, Network], float]:
    """The same accuracy, of networks that are kept in `networks`."""

    def computed(examiner: Examiner, network: Network) -> float:
        networks.append(network)
        return accuracy(examiner, network)

    return computed


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
@pytest.mark.parametrize("dies", [False, True])
def test_that_a_request_for_which_a_helped_process_has_no_place_is_computed_by_whoever_makes_it(
    process: EvaluationProcess, tiny: Dataset, monkeypatch: pytest.MonkeyPatch, dies: bool
) -> None:
    (child,) = active_children()
    networks = [network_of(CONFIG, tiny, seed) for seed in range(6)]
    process.helped = True
    evaluator = ProcessEvaluator(networks[0], tiny.test_set, process)
    evaluator.submit(networks[0])
    assert evaluator.result(wait=True) == alone(networks[0], tiny)
    assert child.pid
    os.kill(child.pid, signal.SIGSTOP)
    try:
        here: list[Network] = []
        monkeypatch.setattr(Examiner, "accuracy", noted(Examiner.accuracy, here))
        for network in networks[1:5]:
            assert not evaluator.full
            evaluator.submit(network)
        assert here == networks[3:5]
        assert evaluator.result(wait=False) is None, "those of the process are older"
        if dies:
            child.kill()
            child.join()
    finally:
        if not dies:
            os.kill(child.pid, signal.SIGCONT)
    evaluator.submit(networks[5])
    found = [evaluator.result(wait=True) for _ in range(5)]
    assert evaluator.result(wait=True) is None
    evaluator.close()
    assert found == [alone(each, tiny) for each in networks[1:]]
