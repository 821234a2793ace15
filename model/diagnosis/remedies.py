"""Remedies for each cause: changes of settings that the present config can take."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from model.config.config import Config
from model.data.pixel_scaling import Pixels
from model.diagnosis.faults import RELU_AND_KIN, faults, fitting, usual_rate
from model.diagnosis.verdict import Cause, Remedy
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.residual import Residual

MOST_REMEDIES = 3
# Factor between learning rates tried: between too small and too large there is room for a tenfold step.
RATE_FACTOR = 10.0
USUAL_MOMENTUM, USUAL_BATCH, LEAST_UNITS = 0.9, 100, 50
USUAL_AVERAGE = 0.9
MOST_TANH_LAYERS = 10

# Labels of remedies that begin with one are not written small.
NAMES = {choice.label.split()[0] for kind in (Activation, Initializer) for choice in kind}

Offer = Callable[[Config], Iterator[Remedy]]


@lru_cache(maxsize=64)  # the sentence of a verdict is renewed more often than its cause
def remedies(cause: Cause, config: Config) -> tuple[Remedy, ...]:
    """List at most three remedies, the most direct first; none that `config` already has or cannot take.

    Where a remedy alone leaves another fault of the settings, it mends that too, and where it still leaves one, it is
    offered only if nothing better is known.
    """
    found: dict[Config, tuple[int, Remedy]] = {}
    for offer in OFFERS[cause]:
        for remedy in offer(config):
            if remedy.matters(config):
                whole = _completed(remedy, config)
                changed = whole.of(config)
                if not any(_does_more(whole, than) for _, than in found.values()):
                    found.setdefault(changed, (len(faults(changed)), whole))
    fewest = min((left for left, _ in found.values()), default=0)
    return tuple(remedy for left, remedy in found.values() if left == fewest)[:MOST_REMEDIES]


def _completed(remedy: Remedy, config: Config) -> Remedy:
    """Add the change that mends the first fault which a remedy leaves, if one is left and can be mended."""
    changed = remedy.of(config)
    for cause in faults(changed):
        mends = [further for offer in OFFERS[cause] for further in offer(changed) if further.matters(changed)]
        # None that would take back what the remedy does.
        if mends and not any(further.changes.keys() & remedy.changes.keys() for further in mends):
            further = mends[0]
            label = f"{remedy.label} and {within(further.label)}"
            parts = (remedy.label, further.label)
            return Remedy(label, {**remedy.changes, **further.changes}, parts=parts)
    return remedy


def _does_more(remedy: Remedy, than: Remedy) -> bool:
    return than.changes.items() < remedy.changes.items()


def within(label: str) -> str:
    """Write a label within a sentence: "batch of 100", but "He weights", which is a name."""
    return label if label.split(maxsplit=1)[0] in NAMES else label[:1].lower() + label[1:]


def scaled_pixels(config: Config) -> Iterator[Remedy]:
    """Offer pixels from 0 to 1, and where these are faint, standardised ones."""
    if config.pixels is Pixels.RAW:
        yield Remedy("Pixels from 0 to 1", {"pixels": Pixels.UNIT.key})
    else:
        yield Remedy("Standardised pixels", {"pixels": Pixels.STANDARDISED.key})


def no_decay(config: Config) -> Iterator[Remedy]:
    """Offer no weight decay."""
    yield Remedy("No weight decay", {"weight_decay": 0.0})


def no_clipping(config: Config) -> Iterator[Remedy]:
    """Offer no clipping."""
    yield Remedy("No clipping", {"clip_norm": 0.0})


def usual_momentum(config: Config) -> Iterator[Remedy]:
    """Offer a momentum of 0.9 to optimisers that have one."""
    if hasattr(config.optimizer, "momentum"):
        yield Remedy(f"Momentum {USUAL_MOMENTUM:g}", {"momentum": USUAL_MOMENTUM})


def larger_batch(config: Config) -> Iterator[Remedy]:
    """Offer a batch of 100."""
    if config.batch_size < USUAL_BATCH:
        yield Remedy(f"Batch of {USUAL_BATCH}", {"batch_size": USUAL_BATCH})


def norm_of_single_images(config: Config) -> Iterator[Remedy]:
    """Offer layer norm instead of batch norm."""
    if config.averages:
        yield Remedy("Layer norm instead", {"norm": Norm.LAYER_BEFORE.key})


def softmax(config: Config) -> Iterator[Remedy]:
    """Offer cross-entropy, with softmax outputs."""
    yield Remedy(Loss.SOFTMAX.label, {"loss": Loss.SOFTMAX.key})


def residual(config: Config) -> Iterator[Remedy]:
    """Offer residual connections to networks that have room for one."""
    if any(n_in == units for n_in, units in pairwise(config.hidden)):
        yield Remedy("Residual connections", {"residual": Residual.ON.key})


def usual_average(config: Config) -> Iterator[Remedy]:
    """Offer running averages that follow the batches within tens of them."""
    if config.averages and config.bn_momentum > USUAL_AVERAGE:
        yield Remedy(f"Running average {USUAL_AVERAGE:g}", {"bn_momentum": USUAL_AVERAGE})


def wider_layers(config: Config) -> Iterator[Remedy]:
    """Offer hidden layers of at least 50 units."""
    wide = [max(units, LEAST_UNITS) for units in config.hidden]
    yield Remedy(f"Layers of at least {LEAST_UNITS} units", {"hidden": wide})


def different_weights(config: Config) -> Iterator[Remedy]:
    """Offer weights that suit the activation."""
    init = fitting(config.activation)
    yield Remedy(f"{init.label} weights", {"init": init.key})


def norm_before(config: Config) -> Iterator[Remedy]:
    """Offer batch norm before the activation, to networks with hidden layers."""
    if config.hidden:
        yield Remedy("Batch norm", {"norm": Norm.BATCH_BEFORE.key})


def relu(config: Config) -> Iterator[Remedy]:
    """Offer ReLU with He weights, unless the activation is ReLU or its kin; with the usual rate where that is lower.

    A rate that sigmoids need makes ReLU diverge.
    """
    if config.activation not in RELU_AND_KIN:
        changes: dict[str, Any] = {"activation": Activation.RELU.key, "init": Initializer.HE.key}
        usual = usual_rate(config.replace(**changes))
        slower = config.optimizer.learning_rate > usual
        label = f"ReLU with He weights and learning rate {usual:g}" if slower else "ReLU with He weights"
        yield Remedy(label, {**changes, "learning_rate": usual} if slower else changes)


def he_for_kin(config: Config) -> Iterator[Remedy]:
    """Offer He weights to ReLU and its kin."""
    if config.activation in RELU_AND_KIN:
        yield from different_weights(config)


def tanh(config: Config) -> Iterator[Remedy]:
    """Offer tanh with Xavier weights to activations whose slope never reaches 1, where it has not to pass many."""
    if config.activation.max_slope < 1 and len(config.hidden) <= MOST_TANH_LAYERS:
        changes = {"activation": Activation.TANH.key, "init": Initializer.XAVIER.key}
        yield Remedy("Tanh with Xavier weights", changes)


def leaky(config: Config) -> Iterator[Remedy]:
    """Offer leaky ReLU instead of ReLU."""
    if config.activation is Activation.RELU:
        yield Remedy(Activation.LEAKY_RELU.label, {"activation": Activation.LEAKY_RELU.key})


def lower_rate(config: Config) -> Iterator[Remedy]:
    """Offer the usual learning rate if that is lower, else a tenth of the present one."""
    present, usual = config.optimizer.learning_rate, usual_rate(config)
    yield from _rate(usual if present > usual else present / RATE_FACTOR)


def lower_rate_if_high(config: Config) -> Iterator[Remedy]:
    """Offer the usual learning rate if that is lower."""
    if config.optimizer.learning_rate > usual_rate(config):
        yield from lower_rate(config)


def higher_rate(config: Config) -> Iterator[Remedy]:
    """Offer the usual learning rate if that is higher, else ten times the present one."""
    present, usual = config.optimizer.learning_rate, usual_rate(config)
    yield from _rate(usual if present < usual else present * RATE_FACTOR)


def _rate(rate: float) -> Iterator[Remedy]:
    rounded = float(f"{rate:.3g}")
    yield Remedy(f"Learning rate {rounded:g}", {"learning_rate": rounded})


OFFERS: dict[Cause, tuple[Offer, ...]] = {
    Cause.NONE: (),
    Cause.SMALL_WEIGHTS: (different_weights, norm_before, relu),
    Cause.SLOPE: (relu, he_for_kin, norm_before, tanh),
    Cause.SATURATION: (different_weights, norm_before),
    Cause.SYMMETRIC: (different_weights,),
    Cause.DEAD_UNITS: (lower_rate_if_high, leaky, norm_before),
    Cause.LARGE_WEIGHTS: (different_weights, norm_before),
    Cause.LEARNING_RATE_LOW: (higher_rate,),
    Cause.LEARNING_RATE_HIGH: (lower_rate, norm_before),
    Cause.PIXELS: (scaled_pixels, norm_before),
    Cause.WEIGHT_DECAY: (no_decay,),
    Cause.CLIPPING: (no_clipping,),
    Cause.HIGH_MOMENTUM: (usual_momentum, lower_rate),
    Cause.SMALL_BATCH: (larger_batch, norm_of_single_images, lower_rate),
    Cause.NARROW_LAYER: (wider_layers,),
    Cause.OUTPUT_SLOPE: (softmax,),
    Cause.STALE_AVERAGES: (usual_average,),
    Cause.TOO_DEEP: (norm_before, residual),
    Cause.BY_HEART: (),
}
