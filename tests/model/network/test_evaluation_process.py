"""A process beside this one evaluates to the bit what a thread does, and costs nothing when it starts late or dies."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest

from model.base.processors import usable_cores
from model.base.user_paths import ROOT
from model.config.config import Config
from model.data.datasets import Dataset
from model.network.evaluation_process import EvaluationProcess
from model.nn.normalization import Norm
from model.training.trainer import Trainer
from tests.support.evaluation_processes import network_of
from tests.support.patience import PATIENCE

CONFIG = Config(hidden=(8, 6), batch_size=10, iterations=60, record_every=1)


def accuracies(dataset: Dataset, process: EvaluationProcess | None, config: Config = CONFIG) -> list[float]:
    """The test accuracies of a whole run."""
    return [record.test_accuracy for record in Trainer(config, dataset, evaluation=process)]


@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("hidden", [(), (8,), (8, 6, 5)])
def test_that_it_gives_the_same_accuracies_in_the_same_order(
    process: EvaluationProcess, tiny: Dataset, hidden: tuple[int, ...], placement: Norm
) -> None:
    config = CONFIG.replace(hidden=hidden, norm=placement)
    assert accuracies(tiny, process, config) == accuracies(tiny, None, config)


@pytest.mark.skipif(sys.platform != "linux" or usable_cores() < 2, reason="there is no other core to send it to")
def test_that_it_evaluates_on_another_core_than_it_is_asked_from(
    process: EvaluationProcess, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    (child,) = active_children()
    mine = os.sched_getaffinity(0)
    for core in mine:
        monkeypatch.setattr("model.network.evaluation_process.present_core", lambda here=core: here)
        accuracies(tiny, process)
        assert child.pid
        assert os.sched_getaffinity(child.pid) == mine - {core}


def test_that_a_ready_process_is_what_evaluates(
    process: EvaluationProcess, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.network.evaluator.Evaluator.submit", None)
    assert len(accuracies(tiny, process)) == CONFIG.iterations + 1


def test_that_one_process_serves_runs_of_other_shapes_and_data_one_after_the_other(
    process: EvaluationProcess, tiny: Dataset
) -> None:
    other = replace(tiny, test_images=tiny.test_images[::2], test_labels=tiny.test_labels[::2])
    for dataset, hidden in ((tiny, (8,)), (other, (8,)), (other, (20, 3)), (tiny, (8,))):
        config = CONFIG.replace(hidden=hidden)
        assert accuracies(dataset, process, config) == accuracies(dataset, None, config)


def test_that_a_run_beside_another_is_evaluated_in_its_thread(process: EvaluationProcess, tiny: Dataset) -> None:
    alone = accuracies(tiny, None)
    with Trainer(CONFIG, tiny, evaluation=process) as first:
        first.step()
        assert accuracies(tiny, process) == alone
        found = first.collect(wait=True)
        while not first.done:
            first.step()
            found += first.collect(wait=False)
        found += first.collect(wait=True)
    assert [record.test_accuracy for record in found] == alone


def test_that_a_run_that_is_collected_at_its_end_keeps_its_order(tiny: Dataset, process: EvaluationProcess) -> None:
    with Trainer(CONFIG, tiny, evaluation=process) as trainer:
        while not trainer.done:
            trainer.step()
        found = [record.test_accuracy for record in trainer.collect(wait=True) if record.tested]
    assert found == accuracies(tiny, None)


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
@pytest.mark.parametrize("before", [0, 1, 7])
def test_that_its_death_costs_no_accuracy(process: EvaluationProcess, tiny: Dataset, before: int) -> None:
    found = []
    with Trainer(CONFIG, tiny, evaluation=process) as trainer:
        while not trainer.done:
            if trainer.iteration == before:
                (child,) = [each for each in active_children() if each.name == "evaluation"]
                child.kill()
                if before == 1:
                    child.join()
            trainer.step()
            found += trainer.collect(wait=False)
        found += trainer.collect(wait=True)
    assert [record.test_accuracy for record in found] == accuracies(tiny, None)
    assert accuracies(tiny, process) == accuracies(tiny, None), "a dead process is not asked again"


@pytest.mark.parametrize(("most", "folder"), [(1_000, "/"), (1 << 40, "/proc")])
def test_that_a_network_that_there_is_no_room_for_is_evaluated_in_a_thread(
    process: EvaluationProcess, tiny: Dataset, monkeypatch: pytest.MonkeyPatch, most: int, folder: str
) -> None:
    monkeypatch.setattr("model.network.evaluation_process.MOST_SHARED_BYTES", most)
    monkeypatch.setattr("model.network.evaluation_process.SHARED_MEMORY", Path(folder))
    network = network_of(CONFIG, tiny, 0)
    assert process.claim(network, tiny.test_set) is None
    assert accuracies(tiny, process) == accuracies(tiny, None)


def test_that_no_process_is_started_where_there_is_one_core(monkeypatch: pytest.MonkeyPatch, tiny: Dataset) -> None:
    monkeypatch.setattr("model.network.evaluation_process.usable_cores", lambda: 1)
    with EvaluationProcess() as process:
        assert not [each for each in active_children() if each.name == "evaluation"]
        assert not process.ready
        assert accuracies(tiny, process) == accuracies(tiny, None)


def test_that_a_system_that_starts_no_process_is_no_fault(monkeypatch: pytest.MonkeyPatch, tiny: Dataset) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("model.network.evaluation_process.usable_cores", lambda: 2)
    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    with EvaluationProcess() as process:
        assert accuracies(tiny, process) == accuracies(tiny, None)


def test_that_its_end_leaves_neither_a_process_nor_memory(process: EvaluationProcess, tiny: Dataset) -> None:
    before = shared_memory()
    with Trainer(CONFIG, tiny, evaluation=process) as trainer:
        trainer.step()
        assert shared_memory() != before or os.name == "nt"
    assert shared_memory() == before
    process.close()
    process.start()
    assert not [each for each in active_children() if each.name == "evaluation"]
    process.close()


def shared_memory() -> set[str]:
    """The names of what processes share now."""
    folder = Path("/dev/shm")
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


OWNER = """
import sys, time
sys.path.insert(0, sys.argv[1])
import model.network.evaluation_process as module
module.usable_cores = lambda: 2
if __name__ == "__main__":
    process = module.EvaluationProcess()
    process.start()
    while not process.ready:
        time.sleep(0.01)
    print(process._process.pid, flush=True)
    time.sleep(600)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks processes up in /proc")
def test_that_it_ends_with_a_program_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "owner.py"
    script.write_text(OWNER, "utf-8")
    with subprocess.Popen([sys.executable, script, str(ROOT)], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout
        child = Path("/proc") / owner.stdout.readline().strip()
        assert child.is_dir()
        owner.send_signal(signal.SIGKILL)
    end = time.monotonic() + PATIENCE
    while child.is_dir() and "Z" not in (child / "stat").read_text().rpartition(")")[2].split()[0]:
        assert time.monotonic() < end
        time.sleep(0.01)


def test_that_a_claim_before_the_process_is_ready_returns_at_once(tiny: Dataset) -> None:
    process = EvaluationProcess()
    network = network_of(CONFIG, tiny, 0)
    assert process.claim(network, tiny.test_set) is None
    process.close()
