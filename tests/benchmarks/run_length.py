"""What runs of 1,000 to 1,000,000 iterations cost in processor time: of a tiny network, all that they keep included."""

from collections.abc import Iterator
from dataclasses import replace
from time import process_time

from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset, load_dataset
from model.diagnosis.diagnosis import Diagnosis
from model.history.run_log import RunLog
from model.training.replay import train_recipe
from tests.benchmarks._figures import Cost, seconds_of

LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
CONFIG = Config(hidden=(10,), batch_size=10, record_every=1_000)


def measure() -> Iterator[Cost]:
    """Whole runs with few records, and logs of as many records as there are iterations."""
    dataset = load_dataset()
    for length in LENGTHS:
        yield _training(length, dataset)
    for length in LENGTHS:
        yield _logging(length, dataset)


def _training(length: int, dataset: Dataset) -> Cost:
    recipe = Recipe(CONFIG.replace(iterations=length))
    seconds = seconds_of(lambda: train_recipe(recipe, dataset), clock=process_time)
    detail = f"784-10-10, batches of {CONFIG.batch_size}, a record every {CONFIG.record_every:,}"
    return Cost("iterations: a whole run", f"{length:,}", seconds, length, "iteration", detail)


def _logging(length: int, dataset: Dataset) -> Cost:
    """The records are one trained run's last, with other iterations, as trainer and window would never make so many."""
    config = CONFIG.replace(iterations=length, record_every=1)
    trained = train_recipe(Recipe(CONFIG.replace(iterations=1)), dataset).history.newest
    assert trained
    run_log, bare = RunLog(Diagnosis(config, dataset.class_shares)), trained.bare()

    def log() -> None:
        for iteration in range(length):
            run_log.put(replace(bare, iteration=iteration))

    seconds = seconds_of(log, clock=process_time)
    return Cost("records: put into a run log and judged", f"{length:,}", seconds, length, "record")
