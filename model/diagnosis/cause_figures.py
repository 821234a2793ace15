"""Figures of each cause: those from which it was found, for the sentence on it in model.diagnosis.cause_sentences."""

from collections.abc import Callable
from functools import partial
from typing import Any

from model.diagnosis.causes import largest_factor, same_units
from model.diagnosis.figures import GAIN_OF
from model.diagnosis.ledger_summary import LedgerSummary, output_gain, signal_per_layer, summarise_ledger
from model.diagnosis.subject import Subject
from model.diagnosis.verdict import Cause
from model.measurement.records import LayerRecord, Record
from model.nn.residual import Residual

# Share of a layer's units that are dead or saturated where steps were too long for them.
MANY_SHARE = 0.5

Found = dict[str, Any]
Finder = Callable[[Subject, Record, LedgerSummary], Found]


def cause_figures(cause: Cause, subject: Subject, record: Record) -> Found:
    """Find the figures of a cause; none for a cause that has none."""
    return FINDERS[cause](subject, record, summarise_ledger(record)) if cause in FINDERS else {}


def factor_figures(cause: Cause, subject: Subject, ledger: LedgerSummary, layers: int) -> Found:
    """Find what weights, slope and each other kind of stage pass, in a network of `layers` hidden layers.

    `activation` is there where the weights are blamed though the slope's factor is the smaller: they are made for it.
    """
    others = {GAIN_OF + gain.stage.replace(" ", "_"): gain.factor for gain in ledger.others}
    found: Found = {"layers": layers, "weights": ledger.weights, "slope": ledger.slope, **others}
    if cause is Cause.SMALL_WEIGHTS and ledger.but_slope > ledger.slope:
        found["activation"] = subject.config.activation.key
    return found


def _at(record: Record, layer: LayerRecord) -> Found:
    index = next(index for index, each in enumerate(record.all_layers) if each is layer)
    return {"layer": index, "layers": len(record.layers)}


def _same(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    for seen in (record, subject.first or record):
        if layer := same_units(seen):
            return _at(seen, layer)
    return {}


def _dead(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    layer = ledger.deadest or record.output
    return {**_at(record, layer), "dead": layer.dead, "batch_size": subject.config.batch_size}


def _saturated(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    layer = ledger.flattest or record.output
    return {**_at(record, layer), "saturated": layer.saturated}


def _large(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    first = subject.first or record
    return {"signal_gain": signal_per_layer(first), "first_loss": first.loss}


def _far(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    """With the layer that the steps have killed or driven to the flat ends, if there is one."""
    found: Found = {"learning_rate": subject.config.optimizer.learning_rate}
    if (layer := ledger.deadest) and layer.dead >= MANY_SHARE:
        return {**found, **_at(record, layer), "dead": layer.dead}
    if (layer := ledger.flattest) and layer.saturated >= MANY_SHARE and _is_bounded(subject):
        return {**found, **_at(record, layer), "saturated": layer.saturated}
    return found


def _pixels(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    return {"pixels": subject.config.pixels.key, "input_std": record.input_std}


def _decay(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    then = subject.first or record
    ratios = [now.weight_rms / was.weight_rms for now, was in zip(record.all_layers, then.all_layers, strict=True)
              if was.weight_rms]  # fmt: skip
    return {"weight_decay": subject.config.weight_decay, "weights_left": min(ratios, default=0.0)}


def _clipping(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    return {"clip_norm": subject.config.clip_norm, "update_ratio": record.all_layers[0].update_ratio}


def _momentum(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    momentum = getattr(subject.config.optimizer, "momentum", 0.0)
    return {"momentum": momentum, "gradients": 1 / (1 - momentum)}


def _few_images(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    """With the learning rate, unless the images are compared with each other: then it does not matter."""
    found: Found = {"batch_size": subject.config.batch_size}
    return found if subject.config.averages else {**found, "learning_rate": subject.config.optimizer.learning_rate}


def _narrow(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    hidden = subject.config.hidden
    return {"layer": hidden.index(min(hidden)), "layers": len(hidden), "units": min(hidden)}


def _outputs(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    return {"output_slope": output_gain(record)}


def _deep(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    around = {"residual": Residual.ON.key} if subject.config.residual is Residual.ON else {}
    hidden = subject.config.hidden
    return {"depth": len(hidden), "units": max(hidden, key=hidden.count), **around}


def _stale(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    return {"train_accuracy": subject.evidence.train_accuracy, "bn_momentum": subject.config.bn_momentum}


def _by_heart(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    return {"train_accuracy": record.train_accuracy}


def _short(subject: Subject, record: Record, ledger: LedgerSummary) -> Found:
    rate, ratio = subject.config.optimizer.learning_rate, record.all_layers[0].update_ratio
    return {"learning_rate": rate, "update_ratio": ratio}


def _of_the_way(cause: Cause, subject: Subject, record: Record, now: LedgerSummary) -> Found:
    """Of the present ledger where it shows the cause, else of that at the start; with the layer that is flattest."""
    present = largest_factor(now, subject.config.activation) is cause
    seen = record if present else subject.first or record
    ledger = now if present else summarise_ledger(seen)
    found = factor_figures(cause, subject, ledger, len(record.layers))
    if (layer := ledger.flattest) and _is_bounded(subject):
        found |= {**_at(seen, layer), "saturated": layer.saturated}
    return {**found, "reach": ledger.reach, "when": "now" if present else "start"}


def _is_bounded(subject: Subject) -> bool:
    return subject.config.activation.bounded


# The sentence made from them stands beside the cause's label, in model.diagnosis.verdict.
FINDERS: dict[Cause, Finder] = {
    Cause.SYMMETRIC: _same,
    Cause.DEAD_UNITS: _dead,
    Cause.SATURATION: _saturated,
    Cause.LARGE_WEIGHTS: _large,
    Cause.LEARNING_RATE_HIGH: _far,
    Cause.LEARNING_RATE_LOW: _short,
    Cause.SMALL_WEIGHTS: partial(_of_the_way, Cause.SMALL_WEIGHTS),
    Cause.SLOPE: partial(_of_the_way, Cause.SLOPE),
    Cause.PIXELS: _pixels,
    Cause.WEIGHT_DECAY: _decay,
    Cause.CLIPPING: _clipping,
    Cause.HIGH_MOMENTUM: _momentum,
    Cause.SMALL_BATCH: _few_images,
    Cause.NARROW_LAYER: _narrow,
    Cause.OUTPUT_SLOPE: _outputs,
    Cause.STALE_AVERAGES: _stale,
    Cause.TOO_DEEP: _deep,
    Cause.BY_HEART: _by_heart,
}
