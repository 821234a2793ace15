"""Measurement of a network at a record, from the arrays that the training step has just filled.

Activations and gradients are those of the current batch, not of a fixed probe: they are what this iteration's update
is computed from, and they cost no forward pass of their own.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import hypot, inf, isfinite, nan, sqrt

import numpy as np

from model.base.arrays import Array
from model.measurement.gains import rms
from model.measurement.histograms import SAMPLE_VALUES, BinAxis, Binner, Histogram, sample
from model.measurement.layer_slots import LayerSlot, backward_gains, forward_gains, layer_slots
from model.measurement.records import NOT_MEASURED, Histograms, LayerRecord, Record
from model.network.network import Network
from model.nn.layers import Activate

FLAT_SHARE = 0.05
REACH_STDS = 4.0
ALIKE_TOLERANCE = 1e-5
SMALLER = 2.0**-20


@dataclass(frozen=True, slots=True)
class Moments:
    """Moments of one stage's output: mean and standard deviation over images and units.

    `visible` is the spread over images, √(mean over units of the variance); `apart` the spread of the units' means, so
    that std² = visible² + apart². `silent` counts the units whose mean is exactly 0.
    """

    mean: float
    std: float
    visible: float
    apart: float
    silent: int

    def times(self, factor: float) -> "Moments":
        """Return the moments of the same values times `factor`, which is positive."""
        return Moments(self.mean * factor, self.std * factor, self.visible * factor, self.apart * factor, self.silent)


class Meter:
    """Measures one network after a forward and a backward pass; keeps the histograms' axes between records.

    `class_labels` are what the data set calls the classes; their numbers where nothing is given.
    """

    def __init__(self, network: Network, class_labels: Sequence[int] = ()) -> None:
        self.network = network
        self.class_labels = class_labels or range(network.classes)
        self.activation = network.config.activation
        self.places = layer_slots(network)
        self.names = [stage.name for stage in network.stages]
        bounds = self.activation.value
        self.axes = {"z": BinAxis(), "a": BinAxis(bounds.low, bounds.high), "weight": BinAxis()}
        images, widest = network.config.batch_size, max(stage.width for stage in network.stages)
        self.share = np.full(images, 1 / images, network.dtype)
        self.means = np.empty(widest, network.dtype)
        self.values = np.empty(images * widest, network.dtype)
        self.binner = Binner(max(images * widest, 2 * SAMPLE_VALUES), network.dtype)

    def measure(self, iteration: int, loss: float, train_accuracy: float, wanted: AbstractSet[str]) -> Record:
        """Measure the record of this iteration before its update, with the histograms that `wanted` names.

        Test accuracy and update ratios are NaN; `add_update` completes the latter.
        """
        network = self.network
        moments = [self._input(network.signals[0]), *(self._moments(signal) for signal in network.signals[1:])]
        signal = [each.visible for each in moments]
        gradient = [rms(each) for each in network.gradients]
        self._cover(moments, wanted)
        following = (*self.places[1:], None)
        layers = [
            self._layer(place, after, moments, signal, gradient, wanted)
            for place, after in zip(self.places, following, strict=True)
        ]
        answers = np.bincount(network.logits.argmax(axis=1), minlength=network.classes)
        answer = int(answers.argmax())
        share = int(answers[answer]) / network.config.batch_size
        hidden, output = tuple(layers[:-1]), layers[-1]
        label = self.class_labels[answer]
        return Record(iteration, loss, train_accuracy, nan, hidden, output, signal[0], label, share)

    def add_update(self, record: Record, before: Array) -> None:
        """Set the update ratios of `record`; `before` are the parameters before the update that has just been made."""
        step = self.network.theta - before
        for place, layer in zip(self.places, record.all_layers, strict=True):
            if layer.weight_rms:
                # Nobody has seen the record yet; copying it would take longer than all that is measured here.
                object.__setattr__(layer, "update_ratio", rms(step[place.affine.weight.place]) / layer.weight_rms)

    def _input(self, x: Array) -> Moments:
        # Pixels are of one size and their spread is like their mean, so that squares lose nothing: half the passes.
        flat, means = x.ravel(), np.dot(self.share, x)
        visible = sqrt(max(float(np.dot(flat, flat)) / len(x) - float(np.dot(means, means)), 0.0) / x.shape[1])
        return Moments(nan, nan, visible, nan, 0)

    def _moments(self, a: Array) -> Moments:
        found = self._moments_within_range(a)
        # Close to the largest number there is, sums and differences of finite values are not finite.
        return found if isfinite(found.std) else self._moments_within_range(a * SMALLER).times(1 / SMALLER)

    def _moments_within_range(self, a: Array) -> Moments:
        # Away from the first image: units that answer alike to all then have a spread of exactly 0, not of rounding.
        first, means, away = a[0], self.means[: a.shape[1]], self.values[: a.size].reshape(a.shape)
        np.subtract(a, first, out=away)
        np.dot(self.share, away, out=means)
        distance = rms(away)
        common = rms(means) / distance if 0 < distance < inf else 0.0
        visible = distance * sqrt(max(1 - common * common, 0.0))
        np.add(means, first, out=means)
        silent = means.size - int(np.count_nonzero(means))
        mean = float(np.add.reduce(means)) / means.size
        np.subtract(means, mean, out=means)
        apart = rms(means)
        return Moments(mean, hypot(visible, apart), visible, apart, silent)

    def _cover(self, moments: list[Moments], wanted: AbstractSet[str]) -> None:
        if "z" in wanted:
            self._cover_signals(self.axes["z"], [place.z for place in self.places], moments)
        if "a" in wanted:
            self._cover_signals(self.axes["a"], [place.a for place in self.places if place.hidden], moments)
        if "weight" in wanted:
            samples = [sample(place.affine.weight.value) for place in self.places]
            lowest, highest = min(float(each.min()) for each in samples), max(float(each.max()) for each in samples)
            self.axes["weight"].cover(lowest, highest)

    def _cover_signals(self, axis: BinAxis, which: list[int], moments: list[Moments]) -> None:
        if which and not axis.fixed:
            signals = self.network.signals
            axis.cover(
                min(max(moments[k].mean - REACH_STDS * moments[k].std, float(signals[k].min())) for k in which),
                max(min(moments[k].mean + REACH_STDS * moments[k].std, float(signals[k].max())) for k in which),
            )

    def _layer(
        self,
        place: LayerSlot,
        following: LayerSlot | None,
        moments: list[Moments],
        signal: list[float],
        gradient: list[float],
        wanted: AbstractSet[str],
    ) -> LayerRecord:
        weight, of_a = place.affine.weight, moments[place.a]
        mean_slope, flat, dead = self._slopes(place.squash, of_a.silent) if place.squash else (1.0, 0.0, 0.0)
        return LayerRecord(
            place.name,
            of_a.mean,
            of_a.std,
            hypot(of_a.mean, of_a.std),
            signal[place.stop],
            mean_slope,
            flat,
            dead,
            self._alike(self.network.signals[place.a], of_a),
            gradient[place.weights + 1],
            gradient[place.a],
            rms(weight.gradient),
            rms(place.affine.bias.gradient),
            rms(weight.value),
            nan,
            backward_gains(place, following, self.names, gradient),
            forward_gains(place, self.names, signal),
            self._histograms(place, wanted) if wanted else NOT_MEASURED,
        )

    def _slopes(self, activate: Activate, silent: int) -> tuple[float, float, float]:
        slope = self.values[: activate.slope.size]
        np.absolute(activate.slope.reshape(-1), out=slope)
        mean = float(np.add.reduce(slope)) / slope.size
        flat = int(np.count_nonzero(slope < FLAT_SHARE * activate.activation.max_slope)) / slope.size
        # A unit that outputs nothing else than 0 has that mean, which is quick to see.
        dead = 1 - int(np.count_nonzero(activate.a.any(axis=0))) / activate.width if silent else 0.0
        return mean, flat, dead

    def _alike(self, a: Array, moments: Moments) -> bool:
        # Units that differ anywhere nearly always differ in their means, which is quick to see.
        if a.shape[1] == 1 or moments.apart > ALIKE_TOLERANCE * abs(moments.mean) + ALIKE_TOLERANCE * moments.visible:
            return False
        return bool(np.abs(a - a[:, :1]).max() <= ALIKE_TOLERANCE * float(np.abs(a).max()))

    def _histograms(self, place: LayerSlot, wanted: AbstractSet[str]) -> Histograms:
        signals, gradients, weight = self.network.signals, self.network.gradients, place.affine.weight
        found: dict[str, Histogram] = {}
        if "z" in wanted:
            found["z"] = self.binner.linear(signals[place.z].reshape(-1), self.axes["z"])
        if "a" in wanted and place.hidden:
            zeros = self.activation.exact_zeros
            found["a"] = self.binner.linear(signals[place.a].reshape(-1), self.axes["a"], exact_zeros=zeros)
        if "delta" in wanted:
            found["delta"] = self.binner.decades(gradients[place.weights + 1].ravel("K"))
        if "weight_gradient" in wanted:
            found["weight_gradient"] = self.binner.decades(sample(weight.gradient))
        if "weight" in wanted:
            found["weight"] = self.binner.linear(sample(weight.value), self.axes["weight"])
        return Histograms(**found)
