"""A training step takes no memory once the run is under way."""

import gc
import tracemalloc
from typing import Any

import numpy as np
import pytest

from model.config.config import Config
from model.config.precision import Numbers
from model.data.batch_sampling import Sampling
from model.data.datasets import Dataset
from model.nn.activations import Activation
from model.nn.normalization import Norm
from model.nn.optimizers import Optimizer
from model.training.trainer import Trainer

# NumPy has buffers of its own, of 8,192 values, which it takes and gives back where an operand is broadcast or cast;
# the indices of the next 64 batches are drawn at once. The arrays of the layers here are larger than both together.
BATCH, UNITS, IMAGES_AHEAD = 100, 500, 64


def growth(config: Config, dataset: Dataset, steps: int = 200) -> tuple[int, int]:
    """Bytes held after `steps` more than before them, and at most in between."""
    with Trainer(config, dataset) as trainer:
        for _ in range(10):
            trainer.step()
            trainer.collect(wait=True)
        tracemalloc.start()
        try:
            for _ in range(2 * IMAGES_AHEAD):
                trainer.step()
            gc.collect()
            start = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            for _ in range(steps):
                trainer.step()
            gc.collect()
            now, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    return now - start, peak - start


CASES: list[dict[str, Any]] = [
    *({"activation": activation, "norm": placement} for activation in Activation for placement in Norm),
    *({"optimizer": kind, "weight_decay": 0.01, "clip_norm": 1} for kind in Optimizer.kinds),
    *({"sampling": sampling, "numbers": numbers} for sampling in Sampling for numbers in Numbers),
]


def check(config: Config, dataset: Dataset) -> None:
    """See that steps hold nothing, and take less in between than the array of a layer."""
    item = np.dtype(config.numbers.value.dtype).itemsize
    allowed = 8192 * item + IMAGES_AHEAD * BATCH * 8 + 4096
    assert allowed < BATCH * UNITS * item, "an array of a layer would not show"
    held, peak = growth(config, dataset, 70)
    if peak >= allowed:  # other threads of the test process may take memory meanwhile; a step takes its own every time
        held, peak = growth(config, dataset, 70)
    assert held < 4096
    assert peak < allowed


def config_of(hidden: list[int], **values: Any) -> Config:
    """A run that measures nothing on the way."""
    rest = {"batch_size": BATCH, "learning_rate": 0.001, "record_every": 100_000}
    return Config.from_json({"hidden": hidden, **rest, **values})


@pytest.mark.parametrize("values", CASES, ids=lambda values: "-".join(map(str, values.values())))
def test_that_a_step_takes_no_memory_once_under_way(values: dict[str, Any], tiny: Dataset) -> None:
    check(config_of([UNITS], **values), tiny)


def test_that_a_deep_network_takes_none_either(mnist: Dataset) -> None:
    check(config_of([UNITS] * 4, activation="gelu", norm="batch-after", optimizer="adam"), mnist)
