"""Changes that can be offered for each cause: those that take it away, and those with which a network learns anyway."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from model.base.language import Message, message_of
from model.base.number_format import as_set
from model.config.config import Config
from model.data.pixel_scaling import Pixels
from model.diagnosis.faults import RELU_AND_KIN, USUAL_AVERAGE, USUAL_BATCH, USUAL_MOMENTUM, fitting, usual_rate
from model.diagnosis.verdict import Cause, Remedy
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.residual import Residual

# Factor between learning rates tried: between too small and too large there is room for a tenfold step.
RATE_FACTOR = 10.0
LEAST_UNITS, HEALTHY_DEPTH = 50, 2
MOST_TANH_LAYERS = 10

Offer = Callable[[Config], Iterator[Remedy]]


def scaled_pixels(config: Config) -> Iterator[Remedy]:
    """Offer pixels from 0 to 1, and where these are faint, standardised ones."""
    if config.pixels is Pixels.RAW:
        yield Remedy(Message("Pixels from 0 to 1"), {"pixels": Pixels.UNIT.key}, within=Message("pixels from 0 to 1"))
    else:
        changes = {"pixels": Pixels.STANDARDISED.key}
        yield Remedy(Message("Standardised pixels"), changes, within=Message("standardised pixels"))


def no_decay(config: Config) -> Iterator[Remedy]:
    """Offer no weight decay."""
    yield Remedy(Message("No weight decay"), {"weight_decay": 0.0}, within=Message("no weight decay"))


def no_clipping(config: Config) -> Iterator[Remedy]:
    """Offer no clipping."""
    yield Remedy(Message("No clipping"), {"clip_norm": 0.0}, within=Message("no clipping"))


def usual_momentum(config: Config) -> Iterator[Remedy]:
    """Offer a momentum of 0.9 to optimisers that have one."""
    if hasattr(config.optimizer, "momentum"):
        yield momentum_remedy(USUAL_MOMENTUM)


def larger_batch(config: Config) -> Iterator[Remedy]:
    """Offer a batch of 100."""
    if config.batch_size < USUAL_BATCH:
        yield batch_remedy(USUAL_BATCH)


def norm_of_single_images(config: Config) -> Iterator[Remedy]:
    """Offer layer norm instead of batch norm."""
    if config.averages:
        changes = {"norm": Norm.LAYER_BEFORE.key}
        yield Remedy(Message("Layer norm instead"), changes, within=Message("layer norm instead"))


def softmax(config: Config) -> Iterator[Remedy]:
    """Offer cross-entropy, with softmax outputs."""
    yield Remedy(Message("Cross-entropy"), {"loss": Loss.SOFTMAX.key}, within=Message("cross-entropy"))


def residual(config: Config) -> Iterator[Remedy]:
    """Offer residual connections to networks that have room for one."""
    if any(n_in == units for n_in, units in pairwise(config.hidden)):
        changes = {"residual": Residual.ON.key}
        yield Remedy(Message("Residual connections"), changes, within=Message("residual connections"))


def usual_average(config: Config) -> Iterator[Remedy]:
    """Offer running averages that follow the batches within tens of them."""
    if config.averages and config.bn_momentum > USUAL_AVERAGE:
        average = as_set(USUAL_AVERAGE)
        yield Remedy(
            Message("Running average {average}", average=average),
            {"bn_momentum": USUAL_AVERAGE},
            within=Message("running average {average}", average=average),
        )


def wider_layers(config: Config) -> Iterator[Remedy]:
    """Offer hidden layers of at least 50 units."""
    wide = [max(units, LEAST_UNITS) for units in config.hidden]
    yield Remedy(
        Message("Layers of at least {units} units", units=LEAST_UNITS),
        {"hidden": wide},
        within=Message("layers of at least {units} units", units=LEAST_UNITS),
    )


def fewer_layers(config: Config) -> Iterator[Remedy]:
    """Offer two hidden layers to networks that have more."""
    yield Remedy(
        Message("Only {layers} hidden layers", layers=HEALTHY_DEPTH),
        {"hidden": list(config.hidden[:HEALTHY_DEPTH])},
        within=Message("only {layers} hidden layers", layers=HEALTHY_DEPTH),
    )


def different_weights(config: Config) -> Iterator[Remedy]:
    """Offer weights that suit the activation."""
    init = fitting(config.activation)
    yield Remedy(Message("{init} weights", init=message_of(init.value, "label")), {"init": init.key})


def norm_before(config: Config) -> Iterator[Remedy]:
    """Offer batch norm before the activation, to networks with hidden layers."""
    if config.hidden:
        yield Remedy(Message("Batch norm"), {"norm": Norm.BATCH_BEFORE.key}, within=Message("batch norm"))


def relu(config: Config) -> Iterator[Remedy]:
    """Offer ReLU with He weights, unless the activation is ReLU or its kin."""
    if config.activation not in RELU_AND_KIN:
        changes = {"activation": Activation.RELU.key, "init": Initializer.HE.key}
        yield Remedy(Message("ReLU with He weights"), changes)


def he_for_kin(config: Config) -> Iterator[Remedy]:
    """Offer He weights to ReLU and its kin."""
    if config.activation in RELU_AND_KIN:
        yield from different_weights(config)


def tanh(config: Config) -> Iterator[Remedy]:
    """Offer tanh with Xavier weights to activations whose slope never reaches 1, where it has not to pass many."""
    if config.activation.max_slope < 1 and len(config.hidden) <= MOST_TANH_LAYERS:
        changes = {"activation": Activation.TANH.key, "init": Initializer.XAVIER.key}
        yield Remedy(Message("Tanh with Xavier weights"), changes)


def leaky(config: Config) -> Iterator[Remedy]:
    """Offer leaky ReLU instead of ReLU."""
    if config.activation is Activation.RELU:
        yield Remedy(message_of(Activation.LEAKY_RELU.value, "label"), {"activation": Activation.LEAKY_RELU.key})


def lower_rate(config: Config) -> Iterator[Remedy]:
    """Offer the usual learning rate if that is lower, else a tenth of the present one."""
    present, usual = config.optimizer.learning_rate, usual_rate(config)
    yield rate_remedy(usual if present > usual else present / RATE_FACTOR)


def lower_rate_if_high(config: Config) -> Iterator[Remedy]:
    """Offer the usual learning rate if that is lower."""
    if config.optimizer.learning_rate > usual_rate(config):
        yield from lower_rate(config)


def higher_rate(config: Config) -> Iterator[Remedy]:
    """Offer the usual learning rate if that is higher, else ten times the present one."""
    present, usual = config.optimizer.learning_rate, usual_rate(config)
    yield rate_remedy(usual if present < usual else present * RATE_FACTOR)


def both(first: Remedy, second: Remedy) -> Remedy:
    """Two remedies as one."""
    return Remedy(
        Message("{change} and {other}", change=first.words, other=second.within or second.words),
        {**first.changes, **second.changes},
        parts=(first.words, second.words),
    )


def rate_remedy(rate: float) -> Remedy:
    """Another learning rate, of three digits."""
    rounded = float(f"{rate:.3g}")
    shown = as_set(rounded)
    return Remedy(
        Message("Learning rate {rate}", rate=shown),
        {"learning_rate": rounded},
        within=Message("learning rate {rate}", rate=shown),
    )


def momentum_remedy(momentum: float) -> Remedy:
    """Another momentum."""
    shown = as_set(momentum)
    return Remedy(
        Message("Momentum {momentum}", momentum=shown),
        {"momentum": momentum},
        within=Message("momentum {momentum}", momentum=shown),
    )


def batch_remedy(size: int) -> Remedy:
    """Another number of images in a batch."""
    return Remedy(
        Message("Batch of {size}", size=size), {"batch_size": size}, within=Message("batch of {size}", size=size)
    )


@dataclass(frozen=True)
class Offers:
    """Offers for a cause, the most direct first: `removing` take it away, `others` help in spite of it."""

    removing: tuple[Offer, ...] = ()
    others: tuple[Offer, ...] = ()


OFFERS: dict[Cause, Offers] = {
    Cause.NONE: Offers(),
    Cause.SMALL_WEIGHTS: Offers((different_weights,), (norm_before, relu)),
    Cause.SLOPE: Offers((relu,), (he_for_kin, norm_before, tanh)),
    Cause.SATURATION: Offers((different_weights,), (norm_before,)),
    Cause.SYMMETRIC: Offers((different_weights,)),
    Cause.DEAD_UNITS: Offers((lower_rate_if_high, leaky), (norm_before,)),
    Cause.LARGE_WEIGHTS: Offers((different_weights,), (norm_before,)),
    Cause.LEARNING_RATE_LOW: Offers((higher_rate,)),
    Cause.LEARNING_RATE_HIGH: Offers((lower_rate,), (norm_before,)),
    Cause.PIXELS: Offers((scaled_pixels,), (norm_before,)),
    Cause.WEIGHT_DECAY: Offers((no_decay,)),
    Cause.CLIPPING: Offers((no_clipping,)),
    Cause.HIGH_MOMENTUM: Offers((usual_momentum,), (lower_rate,)),
    Cause.SMALL_BATCH: Offers((larger_batch, norm_of_single_images), (lower_rate,)),
    Cause.NARROW_LAYER: Offers((wider_layers,)),
    Cause.OUTPUT_SLOPE: Offers((softmax,)),
    Cause.STALE_AVERAGES: Offers((usual_average,)),
    Cause.TOO_DEEP: Offers((norm_before, residual, fewer_layers)),
    Cause.BY_HEART: Offers(),
}
# Every change that any cause is offered, once.
EVERY_OFFER: tuple[Offer, ...] = tuple(
    dict.fromkeys(offer for offers in OFFERS.values() for offer in (*offers.removing, *offers.others))
)
