"""Figures of a finished run, for lessons; layers are counted from 1, 0 is the output, `at` None the run's end.

All raise InputError where the run has no such figure.
"""

from math import prod

import numpy as np

from model.base.errors import InputError
from model.diagnosis.ledger_summary import SLOPE, WEIGHTS
from model.lessons.finished_run import FinishedRun
from model.measurement.records import Record
from model.measurement.weight_path import ImagePass


def accuracy(run: FinishedRun, at: int | None = None) -> float:
    """Test accuracy, a share (0..1)."""
    return run.curve("test_accuracy", at)


def train_accuracy(run: FinishedRun, at: int | None = None) -> float:
    """Accuracy on a batch, a share (0..1)."""
    return run.curve("train_accuracy", at)


def loss(run: FinishedRun, at: int | None = None) -> float:
    """Loss on a batch."""
    return run.curve("loss", at)


def different_answers(run: FinishedRun) -> float:
    """Number of different answers to all test images."""
    return float(len(np.unique(run.answers)))


def common_answer(run: FinishedRun) -> float:
    """The most frequent answer to all test images."""
    return float(np.bincount(run.answers).argmax())


def condition(run: FinishedRun, at: int | None = None) -> str:
    """Key of the verdict's condition."""
    return run.verdict(at).condition.key


def cause(run: FinishedRun, at: int | None = None) -> str:
    """Key of the verdict's cause."""
    return run.verdict(at).cause.key


def escape(run: FinishedRun) -> float:
    """Iteration at which it left guessing; infinite where it never did."""
    return run.escape


def reach(run: FinishedRun, layer: int = 1, at: int | None = None) -> float:
    """RMS(δ) of a layer over that of the output; 0 where no gradient begins."""
    begins = run.layer(0, at).delta_rms
    return run.layer(layer, at).delta_rms / begins if begins else 0.0


def gain(run: FinishedRun, stage: str, layer: int = 1, at: int | None = None) -> float:
    """Gain of one stage of a layer, by the stage's name."""
    factors = [found.factor for found in run.layer(layer, at).gain if found.stage == stage]
    if not factors:
        if not layer:
            raise InputError("Layer output has no stage '{stage}'.", stage=stage[:20])
        raise InputError("Layer {layer} has no stage '{stage}'.", layer=layer, stage=stage[:20])
    return prod(factors)


def slope_product(run: FinishedRun, at: int | None = None) -> float:
    """Product of the slopes' gains of all hidden layers."""
    return _product(run.record(at), SLOPE)


def weights_product(run: FinishedRun, at: int | None = None) -> float:
    """Product of the weights' gains, from the output's to those of layer 2."""
    return _product(run.record(at), WEIGHTS)


def _product(record: Record, stage: str) -> float:
    return prod(found.factor for layer in record.layers for found in layer.gain if found.stage == stage)


def signal(run: FinishedRun, layer: int = 1, at: int | None = None) -> float:
    """Spread of a layer's outputs over images."""
    return run.layer(layer, at).signal_std


def share(run: FinishedRun, of: str, layer: int = 1, at: int | None = None) -> float:
    """Share (0..1) of a layer's units that are `dead`, or of their answers that are `saturated` (`off`, with ReLU).

    `alike` is the share of the hidden layers all of whose units are equal.
    """
    if of == "alike":
        layers = run.record(at).layers
        return sum(found.alike for found in layers) / max(len(layers), 1)
    found = run.layer(layer, at)
    flat = run.recipe.config.activation.flat_word
    if of == flat:
        return found.saturated
    if of != "dead":
        raise InputError(
            "With {activation} units are dead, alike or {flat}, not '{word}'.",
            activation=run.recipe.config.activation.label,
            flat=flat,
            word=of[:20],
        )
    return found.dead


def path(run: FinishedRun, part: str, layer: int = 2, image: int = 0) -> float:
    """A factor of ∂L/∂w of a layer's weight with the largest gradient for a test image, along its strongest way.

    `part` is one of `a`, `slope`, `w` and `delta`, without their sign, or the whole: `gradient`, `difference`. The
    slope is all that lies between the sum that arrives and z.
    """
    images = run.dataset.test_images
    if image >= len(images):
        raise InputError("There are test images 0 to {last}.", last=f"{len(images) - 1:,}")
    passes = ImagePass(run.network, images[image], int(run.dataset.test_labels[image]))
    index = (layer or len(run.network.affines)) - 1
    found = passes.path(index, *passes.largest(index))
    parts = {"a": abs(found.incoming), "gradient": found.gradient, "difference": found.difference}
    if found.terms.size:
        strongest = int(np.abs(found.terms).argmax())
        slope = found.delta / found.arriving if found.arriving else 0.0
        parts |= {"slope": slope, "w": found.following[strongest], "delta": found.deltas[strongest]}
        parts |= {name: abs(float(parts[name])) for name in ("slope", "w", "delta")}
    if part not in parts:
        raise InputError("The path of this weight has {parts}, not '{part}'.", parts=", ".join(parts), part=part[:20])
    return parts[part]


def update(run: FinishedRun, layer: int = 1, at: int | None = None) -> float:
    """RMS of a layer's step over RMS of its weights."""
    return run.layer(layer, at).update_ratio


def weight(run: FinishedRun, layer: int = 1, at: int | None = None) -> float:
    """RMS of a layer's weights."""
    return run.layer(layer, at).weight_rms
