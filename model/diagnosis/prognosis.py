"""Prognosis: the chance that a network learns, from its settings alone, before anything of it is trained.

A logistic regression on what its settings are like and on their faults. Its coefficients come from networks that were
drawn at random and trained: `python3 run.py interventions --fit` writes them, and docs/verdicts.md says how well they
do for networks that were not among them. It does not see what two layers of small weights do, which the ledger does.
"""

import json
from collections.abc import Callable
from functools import cache, lru_cache
from math import exp, log, log10

import numpy as np
from numpy.typing import NDArray

from model.base.user_paths import RESOURCES
from model.config.config import Config
from model.data.pixel_scaling import Pixels
from model.diagnosis.faults import (
    FAULTS,
    RELU_AND_KIN,
    USUAL_AVERAGE,
    USUAL_BATCH,
    faults,
    is_adaptive,
    is_unbounded,
    slope_share,
    usual_rate,
    weights_factor,
    whole_rate,
)
from model.nn.initializers import Initializer
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.residual import Residual

FILE = RESOURCES / "prognosis.json"
# Below it a share or a number counts as no smaller: its logarithm would outweigh all else.
LEAST_SHARE, LEAST_NORM, LEAST_DECAY = 1e-20, 1e-4, 1e-4
HARMLESS_NORM = 100.0


def _rate_ratio(config: Config) -> float:
    return log10(config.optimizer.learning_rate / usual_rate(config))


def _memory(config: Config) -> float:
    """Steps that the optimiser remembers, in powers of ten."""
    return -log10(1 - getattr(config.optimizer, "momentum", 0.0))


def _shortened(config: Config) -> float:
    return log10(HARMLESS_NORM / max(config.clip_norm, LEAST_NORM)) if config.clip_norm else 0.0


def _followed(config: Config) -> float:
    return log10((1 - USUAL_AVERAGE) / (1 - config.bn_momentum)) if config.averages else 0.0


def _normalises_layers(config: Config) -> bool:
    return config.norm in (Norm.LAYER_BEFORE, Norm.LAYER_AFTER)


# What the settings of a network are like; each is 0 or near it where they are usual.
TRAITS: dict[str, Callable[[Config], float]] = {
    "layers": lambda config: log(max(len(config.hidden), 1)),
    "thinness": lambda config: sum(1 / units for units in config.hidden),
    "narrowest": lambda config: log(min(config.hidden, default=1)),
    "rate above": lambda config: max(_rate_ratio(config), 0.0),
    "rate below": lambda config: max(-_rate_ratio(config), 0.0),
    "few images": lambda config: max(log10(USUAL_BATCH / config.batch_size), 0.0),
    "batch norm": lambda config: config.averages,
    "layer norm": _normalises_layers,
    "norm after": lambda config: config.norm in (Norm.BATCH_AFTER, Norm.LAYER_AFTER),
    "residual": lambda config: config.residual is Residual.ON,
    "ReLU and kin": lambda config: config.activation in RELU_AND_KIN,
    "bounded": lambda config: not is_unbounded(config),
    "lost by slopes": lambda config: -log10(max(slope_share(config), LEAST_SHARE)),
    "weights above": lambda config: max(weights_factor(config), 0.0),
    "weights below": lambda config: max(-weights_factor(config), 0.0),
    "zeros": lambda config: config.init is Initializer.ZEROS,
    "adaptive": lambda config: is_adaptive(config.optimizer),
    "squared error": lambda config: config.loss is Loss.SQUARED,
    "raw pixels": lambda config: config.pixels is Pixels.RAW,
    "standardised pixels": lambda config: config.pixels is Pixels.STANDARDISED,
    "decay by steps": lambda config: log10(1 + config.weight_decay * whole_rate(config) / LEAST_DECAY),
    "decay": lambda config: log10(1 + config.weight_decay / (10 * LEAST_DECAY)),
    "clipping": _shortened,
    "memory": _memory,
    "long memory": lambda config: max(_memory(config) - 1, 0.0),
    "stale averages": _followed,
    "faults": lambda config: len(faults(config)),
}
# Traits that matter more, or less, together.
TOGETHER = (
    ("rate above", "clipping"), ("rate below", "rate below"), ("few images", "batch norm"), ("thinness", "norm after"),
    ("weights below", "batch norm"), ("ReLU and kin", "thinness"), ("bounded", "thinness"), ("thinness", "layer norm"),
    ("layers", "batch norm"), ("narrow-layer", "layer norm"),
)  # fmt: skip


def traits(config: Config) -> dict[str, float]:
    """Read everything of a config that the prognosis rests on: its traits, its faults by their keys, and products."""
    found = {name: float(trait(config)) for name, trait in TRAITS.items()}
    present = faults(config)
    found |= {fault.cause.key: float(fault.cause in present) for fault in FAULTS}
    return found | {f"{one} × {other}": found[one] * found[other] for one, other in TOGETHER}


@cache
def _coefficients() -> tuple[float, NDArray[np.float64]]:
    kept = json.loads(FILE.read_text("utf-8"))
    by_name = kept["coefficients"]
    return kept["intercept"], np.array([by_name[name] for name in traits(Config())])


@lru_cache(maxsize=4096)
def chance(config: Config) -> float:
    """Estimate the probability (0..1) that a network of these settings learns, on data as good as MNIST."""
    intercept, coefficients = _coefficients()
    odds = intercept + float(coefficients @ np.array(list(traits(config).values())))
    return 1 / (1 + exp(-min(max(odds, -500.0), 500.0)))
