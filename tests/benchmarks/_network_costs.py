"""What a network of some size costs: a step, its measurement, and an evaluation on all test images."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

from model.config.schedule import FULL_RATE
from model.data.datasets import Dataset
from model.measurement.records import EVERY_HISTOGRAM
from model.network.evaluator import Examiner
from model.training.trainer import Trainer
from tests.benchmarks._figures import Cost, seconds_of
from tests.benchmarks.step import Shape, config_of

FEWEST_CALLS, MOST_CALLS = 3, 200
SECONDS = 0.7  # that the calls of one figure may take together


@dataclass(frozen=True)
class Size:
    """One of a row of networks: `work` is how many of `unit` it has, `label` what the row is headed."""

    over: str
    label: str
    hidden: tuple[int, ...]
    work: int
    unit: str


def costs(size: Size, dataset: Dataset) -> Iterator[Cost]:
    """The processor time of each, in steps after those at a run's beginning that all make records."""
    with Trainer(config_of(Shape(size.label, size.hidden)), dataset) as trainer:
        for _ in range(FULL_RATE + 1):
            trainer.step()
            trainer.collect(wait=True)
        examiner = Examiner(trainer.network, dataset.test_set)
        measured: tuple[tuple[str, Callable[[], object]], ...] = (
            ("a step", trainer.step),
            ("a step with all histograms", lambda: trainer.step(EVERY_HISTOGRAM)),
            ("accuracy on 10,000 images", lambda: examiner.accuracy(trainer.network)),
        )
        for what, function in measured:
            seconds, calls = typical(function)
            yield Cost(f"{size.over}: {what}", size.label, seconds, size.work, size.unit, f"median of {calls}")


def typical(function: Callable[[], object]) -> tuple[float, int]:
    """Median processor time of a call, and of how many: as many as fit into SECONDS."""
    found: list[float] = []
    end = perf_counter() + SECONDS
    while len(found) < FEWEST_CALLS or (len(found) < MOST_CALLS and perf_counter() < end):
        found.append(seconds_of(function, clock=process_time))
    return median(found), len(found)
