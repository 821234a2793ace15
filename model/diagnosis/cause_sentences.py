"""What is said of each cause: one sentence, with the figures from which it was found."""

from math import isnan

from model.base.number_format import portion, rounded, rounded_percent
from model.data.pixel_scaling import Pixels
from model.diagnosis.causes import largest_factor, same_units
from model.diagnosis.ledger_summary import LedgerSummary, signal_per_layer, summarise_ledger
from model.diagnosis.subject import Subject
from model.diagnosis.verdict import Cause
from model.measurement.gains import RESIDUAL
from model.measurement.records import Record

# Images that speak for all.
MANY_IMAGES = 50
# Share of saturated units below which the sentence says that nothing is.
FEW_SHARE = 0.01
# Share of a layer's units that are dead or saturated where steps were too long for them.
MANY_SHARE = 0.5


def because(cause: Cause, subject: Subject, record: Record) -> str:
    """Write the sentence on a cause, with its figures."""
    return SENTENCES[cause](subject, record, summarise_ledger(record)) if cause in SENTENCES else cause.help


def _same(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    layer = same_units(record) or same_units(subject.first or record)
    which = lower(layer.name) if layer else "a layer"
    return f"All units of {which} are identical: they started equal and get equal gradients."


def _dead(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    dead = ledger.deadest or record.output
    share, images = rounded_percent(dead.dead), "every image" if _many(subject) else "every image of a batch"
    return f"{share} of {lower(dead.name)}'s units output 0 for {images} and pass no gradient back."


def _many(subject: Subject) -> bool:
    return subject.config.batch_size >= MANY_IMAGES


def _saturated(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    flat = ledger.flattest or record.output
    share = rounded_percent(flat.saturated)
    return f"{share} of {lower(flat.name)}'s units are saturated, where there is no slope: the weights are too large."


def _large(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    first = subject.first or record
    gain = rounded(signal_per_layer(first), 2)
    return f"Each layer multiplied the signal by {gain}: the loss began at {rounded(first.loss)}."


def _far(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    rate = rounded(subject.config.optimizer.learning_rate)
    if ledger.deadest and ledger.deadest.dead >= MANY_SHARE:
        share, layer = rounded_percent(ledger.deadest.dead), lower(ledger.deadest.name)
        return f"Steps of learning rate {rate} killed {share} of {layer}'s units: they output 0 and pass nothing back."
    if ledger.flattest and ledger.flattest.saturated >= MANY_SHARE and _is_bounded(subject):
        share, layer = rounded_percent(ledger.flattest.saturated), lower(ledger.flattest.name)
        return f"Steps of learning rate {rate} drove {share} of {layer}'s units to the flat ends of the activation."
    return f"With learning rate {rate} each step jumps over what it aims at."


def _pixels(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    size = "large" if subject.config.pixels is Pixels.RAW else "small"
    return (
        f"The pixels differ between images by {rounded(record.input_std, 2)}: too {size} for weights made for 0 to 1."
    )


def _decay(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    decay = rounded(subject.config.weight_decay)
    then = subject.first or record
    ratios = [now.weight_rms / was.weight_rms for now, was in zip(record.all_layers, then.all_layers, strict=True)
              if was.weight_rms]  # fmt: skip
    return (
        f"Weight decay {decay} has brought weights down to {rounded_percent(min(ratios, default=0.0))} of their size."
    )


def _clipping(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    norm = rounded(subject.config.clip_norm)
    return f"The whole gradient is shortened to {norm}: a step changes layer 1's weights by {_step(record)} their size."


def _momentum(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    momentum = getattr(subject.config.optimizer, "momentum", 0.0)
    steps = rounded(1 / (1 - momentum), 2)
    return f"With momentum {rounded(momentum)} each step is that of {steps} gradients together: it overshoots."


def _few_images(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    number = subject.config.batch_size
    images = "one image" if number == 1 else f"{number} images"
    if subject.config.averages:
        return f"Batch norm compares only {images}: their mean and spread tell almost nothing of the others."
    rate = rounded(subject.config.optimizer.learning_rate)
    return f"Learning rate {rate} is a long step to take on the word of {images}."


def _narrow(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    narrowest = min(subject.config.hidden)
    layer, units = subject.config.hidden.index(narrowest) + 1, "unit" if narrowest == 1 else "units"
    return f"Layer {layer} has {narrowest} {units}: all that the images differ by has to pass through."


def _by_heart(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    known = rounded_percent(record.train_accuracy, 3)
    return f"{known} of the training images are right: it has learned them by heart, and no remedy for gradients helps."


def _short(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    ratio = record.all_layers[0].update_ratio
    step = "its steps are short" if isnan(ratio) else f"a step changes the weights by {_step(record)} their size"
    rate = rounded(subject.config.optimizer.learning_rate)
    return f"The gradient arrives, but learning rate {rate} is small: {step}."


def _step(record: Record) -> str:
    ratio = record.all_layers[0].update_ratio
    return "hardly any of" if isnan(ratio) else portion(ratio)


def _small(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    return _ledger(Cause.SMALL_WEIGHTS, subject, record, ledger)


def _flattens(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    return _ledger(Cause.SLOPE, subject, record, ledger)


SENTENCES = {
    Cause.SYMMETRIC: _same,
    Cause.DEAD_UNITS: _dead,
    Cause.SATURATION: _saturated,
    Cause.LARGE_WEIGHTS: _large,
    Cause.LEARNING_RATE_HIGH: _far,
    Cause.LEARNING_RATE_LOW: _short,
    Cause.SMALL_WEIGHTS: _small,
    Cause.SLOPE: _flattens,
    Cause.PIXELS: _pixels,
    Cause.WEIGHT_DECAY: _decay,
    Cause.CLIPPING: _clipping,
    Cause.HIGH_MOMENTUM: _momentum,
    Cause.SMALL_BATCH: _few_images,
    Cause.NARROW_LAYER: _narrow,
    Cause.BY_HEART: _by_heart,
}


def _ledger(cause: Cause, subject: Subject, record: Record, now: LedgerSummary) -> str:
    layers = len(record.layers)
    if largest_factor(now, subject.config.activation) is cause:
        factors = factor_words(now, layers, "pass", "it")
        return (
            f"Layer 1 receives {reach_words(now)}: {factors}{_flat(subject, now, 'is')}{but_for(cause, subject, now)}."
        )
    then = summarise_ledger(subject.first or record)
    factors, flat = factor_words(then, layers, "passed", "it"), _flat(subject, then, "was")
    return f"At the start layer 1 received {reach_words(then)}: {factors}{flat}{but_for(cause, subject, then)}."


def but_for(cause: Cause, subject: Subject, ledger: LedgerSummary) -> str:
    """Say why weights are blamed though the slope's factor is the smaller; '' where it is not."""
    if cause is not Cause.SMALL_WEIGHTS or ledger.but_slope <= ledger.slope:
        return ""
    return f"; weights made for {subject.config.activation.label} make up for its slope"


def reach_words(ledger: LedgerSummary) -> str:
    """Say how much of the gradient reaches layer 1."""
    return f"{portion(ledger.reach)} the output's gradient"


def factor_words(ledger: LedgerSummary, layers: int, verb: str, what: str) -> str:
    """Say what weights, slope and each other kind of stage "pass" of "it"."""
    where = " at each layer" if layers > 1 else ""
    others = "".join(f", {_kind(gain.stage)} {rounded_percent(gain.factor)}" for gain in ledger.others)
    weights, slope = rounded_percent(ledger.weights), rounded_percent(ledger.slope)
    return f"the weights {verb} {weights} of {what}{where}, the slope {slope}{others}"


def _kind(stage: str) -> str:
    return "residual layers" if stage == RESIDUAL else stage


def _flat(subject: Subject, ledger: LedgerSummary, verb: str) -> str:
    flat = ledger.flattest
    if not flat or not _is_bounded(subject):
        return ""
    if flat.saturated < FEW_SHARE:
        return f"; nothing {verb} saturated"
    return f"; {rounded_percent(flat.saturated)} of {lower(flat.name)} {verb} saturated"


def _is_bounded(subject: Subject) -> bool:
    return subject.config.activation.flat_word == "saturated"


def lower(text: str) -> str:
    """Begin a text with a small letter."""
    return text[:1].lower() + text[1:]
