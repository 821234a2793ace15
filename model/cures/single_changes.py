"""Single changes of a run: each sets one thing to the value that healthy networks have, and leaves the rest alone.

They are declared once, in HEALTHY, whatever ails a run: the search for a cure tries them, and a cause is true where the
change that removes it cures.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from model.base.language import Message, message_of
from model.config.config import Config
from model.data.pixel_scaling import Pixels
from model.diagnosis.faults import USUAL_BATCH, USUAL_MOMENTUM
from model.diagnosis.offers import (
    RATE_FACTOR,
    Offer,
    batch_remedy,
    different_weights,
    fewer_layers,
    leaky,
    momentum_remedy,
    no_clipping,
    no_decay,
    rate_remedy,
    residual,
    softmax,
    usual_average,
    wider_layers,
)
from model.diagnosis.verdict import Remedy
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.normalization import Norm


@dataclass(frozen=True)
class SingleChange(Remedy):
    """One change of a run; `key` says which setting becomes healthy ("initial-weights"), its label to what."""

    key: str


def _as_single(remedy: Remedy, key: str) -> SingleChange:
    return SingleChange(remedy.words, remedy.changes, key)


def _offered(key: str, offer: Offer) -> Callable[[Config], Iterator[SingleChange]]:
    """What a verdict would offer, whatever ails the run."""

    def changes(config: Config) -> Iterator[SingleChange]:
        return (_as_single(remedy, key) for remedy in offer(config))

    return changes


def _rates(config: Config) -> Iterator[SingleChange]:
    present = config.optimizer.learning_rate
    for key, wanted in (
        ("usual-rate", type(config.optimizer)().learning_rate),
        ("tenth-rate", present / RATE_FACTOR),
        ("tenfold-rate", present * RATE_FACTOR),
    ):
        yield _as_single(rate_remedy(wanted), key)


def _momentum(config: Config) -> Iterator[SingleChange]:
    if getattr(config.optimizer, "momentum", 0.0) > USUAL_MOMENTUM:
        yield _as_single(momentum_remedy(USUAL_MOMENTUM), "momentum")


def _batch(config: Config) -> Iterator[SingleChange]:
    yield _as_single(batch_remedy(USUAL_BATCH), "batch")


def _pixels(config: Config) -> Iterator[SingleChange]:
    words = Message("Pixels {scale}", scale=message_of(Pixels.UNIT.value, "label"))
    yield SingleChange(words, {"pixels": Pixels.UNIT.key}, "pixels")


def _activation(config: Config) -> Iterator[SingleChange]:
    if config.hidden:
        changes = {"activation": Activation.RELU.key, "init": Initializer.HE.key}
        yield SingleChange(Message("ReLU with He weights"), changes, "activation")


def _norms(config: Config) -> Iterator[SingleChange]:
    for norm in Norm if config.hidden else ():
        yield SingleChange(message_of(norm.value, "change"), {"norm": norm.key}, f"norm-{norm.key}")


# In the order of trying: what ails most runs first.
HEALTHY: tuple[Callable[[Config], Iterator[SingleChange]], ...] = (
    _offered("initial-weights", different_weights), _activation, _offered("leaky", leaky), _norms, _rates, _pixels,
    _offered("loss", softmax), _offered("residual", residual), _offered("width", wider_layers),
    _offered("depth", fewer_layers), _batch,
    _momentum, _offered("weight-decay", no_decay), _offered("clipping", no_clipping),
    _offered("running-average", usual_average),
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
