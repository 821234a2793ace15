"""A training step takes no memory once the run is under way."""

import gc
import tracemalloc
from typing import Any

import pytest

from model.config.config import Config
from model.data.datasets import Dataset
from model.training.trainer import Trainer

# NumPy has buffers of its own, of 8,192 values, which it takes and gives back where an operand is broadcast or cast;
# the indices of the next 64 batches are drawn at once. Every array of this network is larger than both together.
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


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"activation": "sigmoid", "batch_norm": "before"},
        {"activation": "gelu", "batch_norm": "after", "optimizer": "adam"},
        {"activation": "selu", "optimizer": "nesterov", "weight_decay": 0.01, "clip_norm": 1},
        {"activation": "silu", "optimizer": "adagrad", "sampling": "epochs", "numbers": "float64"},
        {"activation": "softplus", "optimizer": "rmsprop", "hidden": [UNITS] * 4},
    ],
    ids=lambda values: "-".join(str(value) for value in values.values())[:40] or "default",
)
def test_that_a_step_takes_no_memory_once_under_way(values: dict[str, Any], mnist: Dataset) -> None:
    config = Config.from_json(
        {"hidden": [UNITS] * 2, "batch_size": BATCH, "learning_rate": 0.001, "record_every": 100_000, **values}
    )
    held, peak = growth(config, mnist, 70)
    item = 8 if config.to_json()["numbers"] == "float64" else 4
    allowed = 8192 * item + IMAGES_AHEAD * BATCH * 8 + 4096
    assert allowed < BATCH * UNITS * item, "an array of a layer would not show"
    assert held < 4096
    assert peak < allowed
