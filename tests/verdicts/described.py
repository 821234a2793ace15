"""Networks that people have described in forums, issues, books and papers, with what in truth ails each.

The truth was found by intervention: the change that removes the cause, alone, makes the run learn.
"""

from dataclasses import dataclass
from typing import Any

from model.config.config import Config
from model.diagnosis.verdict import Cause
from tests.verdicts.grid import EVERY, READ_AT


@dataclass(frozen=True)
class Described:
    """A network as it was described: what differs from the default, and what ails it."""

    name: str
    settings: dict[str, Any]
    cause: Cause

    @property
    def config(self) -> Config:
        """Its config, trained until its verdict is read."""
        return Config.from_json({"iterations": READ_AT, "record_every": EVERY, **self.settings})


DESCRIBED = (
    Described("thirty ReLU with Xavier", {"hidden": [50] * 30, "init": "xavier"}, Cause.SMALL_WEIGHTS),
    Described(
        "batch norm on two images", {"hidden": [100] * 5, "norm": "batch-before", "batch_size": 2}, Cause.SMALL_BATCH
    ),
    Described("weight decay 1", {"weight_decay": 1.0}, Cause.WEIGHT_DECAY),
    Described("clipped to 0.001", {"clip_norm": 0.001}, Cause.CLIPPING),
    Described("one unit in the middle", {"hidden": [100, 1, 100]}, Cause.NARROW_LAYER),
    Described("twenty SELU with He", {"hidden": [50] * 20, "activation": "selu"}, Cause.LARGE_WEIGHTS),
    Described(
        "ten linear layers",
        {"hidden": [50] * 10, "activation": "identity", "init": "gauss", "init_std": 0.01},
        Cause.SMALL_WEIGHTS,
    ),
    Described(
        "rate 4 with momentum on one image",
        {
            "hidden": [64],
            "activation": "sigmoid",
            "init": "xavier",
            "optimizer": "momentum",
            "learning_rate": 4.0,
            "batch_size": 1,
        },
        Cause.LEARNING_RATE_HIGH,
    ),
    Described("rate 3", {"hidden": [100, 100], "learning_rate": 3.0}, Cause.LEARNING_RATE_HIGH),
    Described(
        "momentum 0.99",
        {"hidden": [100, 100], "optimizer": "momentum", "momentum": 0.99, "learning_rate": 0.05},
        Cause.HIGH_MOMENTUM,
    ),
    Described(
        "RMSProp at 0.1", {"hidden": [100, 100], "optimizer": "rmsprop", "learning_rate": 0.1}, Cause.LEARNING_RATE_HIGH
    ),
    Described(
        "Adam at 1",
        {"hidden": [98], "init": "xavier", "optimizer": "adam", "learning_rate": 1.0},
        Cause.LEARNING_RATE_HIGH,
    ),
    Described(
        "sigmoid at 0.001",
        {"hidden": [400], "activation": "sigmoid", "init": "xavier", "learning_rate": 0.001, "batch_size": 32},
        Cause.LEARNING_RATE_LOW,
    ),
    Described("Adam at 10⁻⁶", {"hidden": [512], "optimizer": "adam", "learning_rate": 1e-6}, Cause.LEARNING_RATE_LOW),
    Described("a batch of one", {"hidden": [16], "batch_size": 1}, Cause.SMALL_BATCH),
    Described(
        "sigmoids that a high rate saves",
        {"hidden": [100] * 4, "activation": "sigmoid", "init": "xavier", "learning_rate": 3.0},
        Cause.SLOPE,
    ),
    Described(
        "ten sigmoids with Adam",
        {"hidden": [50] * 10, "activation": "sigmoid", "optimizer": "adam", "learning_rate": 0.001},
        Cause.SLOPE,
    ),
    Described("pixels that nobody scaled", {"pixels": "0-to-255"}, Cause.PIXELS),
)
