"""Single changes of a run: each sets one thing to the value that healthy networks have, and leaves the rest alone.

They are declared once, in HEALTHY, whatever ails a run: the search for a cure tries them, and a cause is true where the
change that removes it cures.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from model.base.errors import InputError
from model.config.config import Config
from model.data.pixel_scaling import Pixels
from model.diagnosis.remedies import LEAST_UNITS, RATE_FACTOR, USUAL_BATCH, USUAL_MOMENTUM, fitting
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.residual import Residual

HEALTHY_DEPTH = 2


@dataclass(frozen=True)
class SingleChange:
    """One change of a run: its key, its label in lists, and the settings that it changes, as Config.replace takes them.

    The key says which setting becomes healthy ("initial-weights"), the label to what ("He weights").
    """

    key: str
    label: str
    changes: dict[str, Any]

    def of(self, config: Config) -> Config:
        """Apply the change to `config`; raises InputError where a setting cannot be changed so."""
        return config.replace(**self.changes)

    def matters(self, config: Config) -> bool:
        """Whether `config` can take the change and becomes another by it."""
        try:
            return self.of(config) != config
        except InputError:
            return False


def _weights(config: Config) -> Iterator[SingleChange]:
    init = fitting(config.activation)
    yield SingleChange("initial-weights", f"{init.label} weights", {"init": init.key})


def _rates(config: Config) -> Iterator[SingleChange]:
    present = config.optimizer.learning_rate
    for key, wanted in (
        ("usual-rate", type(config.optimizer)().learning_rate),
        ("tenth-rate", present / RATE_FACTOR),
        ("tenfold-rate", present * RATE_FACTOR),
    ):
        rate = float(f"{wanted:.3g}")
        yield SingleChange(key, f"Learning rate {rate:g}", {"learning_rate": rate})


def _momentum(config: Config) -> Iterator[SingleChange]:
    if getattr(config.optimizer, "momentum", 0.0) > USUAL_MOMENTUM:
        yield SingleChange("momentum", f"Momentum {USUAL_MOMENTUM:g}", {"momentum": USUAL_MOMENTUM})


def _switched_off(config: Config) -> Iterator[SingleChange]:
    yield SingleChange("weight-decay", "No weight decay", {"weight_decay": 0.0})
    yield SingleChange("clipping", "No clipping", {"clip_norm": 0.0})


def _batch(config: Config) -> Iterator[SingleChange]:
    yield SingleChange("batch", f"Batch of {USUAL_BATCH}", {"batch_size": USUAL_BATCH})


def _pixels(config: Config) -> Iterator[SingleChange]:
    yield SingleChange("pixels", f"Pixels {Pixels.UNIT.label}", {"pixels": Pixels.UNIT.key})


def _loss(config: Config) -> Iterator[SingleChange]:
    yield SingleChange("loss", Loss.SOFTMAX.label, {"loss": Loss.SOFTMAX.key})


def _activation(config: Config) -> Iterator[SingleChange]:
    if config.hidden:
        activation, init = Activation.RELU, Initializer.HE
        changes = {"activation": activation.key, "init": init.key}
        yield SingleChange("activation", f"{activation.label} with {init.label} weights", changes)


def _norms(config: Config) -> Iterator[SingleChange]:
    for norm in Norm if config.hidden else ():
        words = norm.value.words
        yield SingleChange(f"norm-{norm.key}", words[:1].upper() + words[1:], {"norm": norm.key})


def _residual(config: Config) -> Iterator[SingleChange]:
    if any(n_in == units for n_in, units in pairwise(config.hidden)):
        yield SingleChange("residual", "Residual connections", {"residual": Residual.ON.key})


def _shape(config: Config) -> Iterator[SingleChange]:
    wide = [max(units, LEAST_UNITS) for units in config.hidden]
    yield SingleChange("width", f"Layers of at least {LEAST_UNITS} units", {"hidden": wide})
    yield SingleChange("depth", f"{HEALTHY_DEPTH} hidden layers", {"hidden": list(config.hidden[:HEALTHY_DEPTH])})


# In the order of trying: what ails most runs first.
HEALTHY: tuple[Callable[[Config], Iterator[SingleChange]], ...] = (
    _weights, _activation, _norms, _rates, _pixels, _loss, _residual, _shape, _batch, _momentum, _switched_off,
)  # fmt: skip


def single_changes(config: Config) -> tuple[SingleChange, ...]:
    """List the single changes of `config` that lead to different runs; none that changes nothing or is refused."""
    found: dict[Config, SingleChange] = {}
    for healthy in HEALTHY:
        for change in healthy(config):
            if change.matters(config):
                found.setdefault(change.of(config), change)
    return tuple(found.values())


def together(config: Config, first: SingleChange, second: SingleChange) -> Config | None:
    """Apply two changes to `config`; None where the order matters: then they speak of the same thing."""
    one, other = _in_turn(config, first, second), _in_turn(config, second, first)
    return one if one == other else None


def _in_turn(config: Config, first: SingleChange, then: SingleChange) -> Config | None:
    changed = first.of(config)
    # What is healthy depends on the settings: weights are made for the activation.
    renewed = next((each for each in single_changes(changed) if each.key == then.key), then)
    return renewed.of(changed) if renewed.matters(changed) else None
