"""One run under diagnosis: its verdict at READ_AT, and what it did until RUN_TO."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from model.base.errors import Diverged
from model.config.config import Config
from model.data.datasets import Dataset, load_dataset
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Condition, Verdict
from model.measurement.records import Record
from model.training.trainer import Trainer
from tests.verdicts.grid import READ_AT
from tests.verdicts.truth import Truth, truth_of


@dataclass(frozen=True)
class Trial:
    """What was said of the run `name` at READ_AT, and what training then did if it went on."""

    name: str
    verdict: Verdict
    truth: Truth | None


@dataclass(frozen=True)
class Task:
    """A config to be trained until the iteration `stop`."""

    name: str
    config: Config
    stop: int


def run_all(configs: dict[str, Config], stop: int) -> Iterator[Trial]:
    """Every config's trial as they come, on all cores."""
    tasks = [Task(name, config, stop) for name, config in configs.items()]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        yield from pool.map(run, tasks)


def run(task: Task) -> Trial:
    """Train to the end of the task; the verdict is read as if the run had been planned to end at READ_AT."""
    dataset = _mnist()
    config = task.config.replace(iterations=READ_AT)
    diagnosis = Diagnosis(config, dataset.class_shares, dataset.train_shares)
    tests: list[tuple[int, float]] = []
    try:
        for record in _records(task, dataset):
            if record.iteration <= READ_AT:
                diagnosis.read(record)
            if record.tested:
                tests.append((record.iteration, record.test_accuracy))
    except Diverged as error:
        if error.iteration <= READ_AT:
            diagnosis.diverged(error)
    verdict = diagnosis.verdict
    if task.stop <= READ_AT:
        return Trial(task.name, verdict, None)
    return Trial(task.name, verdict, truth_of(tests, diverged=verdict.condition is Condition.DIVERGED))


def _records(task: Task, dataset: Dataset) -> Iterator[Record]:
    with Trainer(task.config, dataset) as trainer:
        try:
            while trainer.iteration <= task.stop:
                trainer.step()
                yield from trainer.collect(wait=False)
        except Diverged:
            yield from trainer.collect(wait=True)
            raise
        yield from trainer.collect(wait=True)


@cache
def _mnist() -> Dataset:
    return load_dataset()
