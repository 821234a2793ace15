"""A network's layers once more, plainly and in float64, for the tests of what is measured to compare with."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from model.base.arrays import Array
from model.config.config import Config
from model.measurement.histograms import Histogram
from model.measurement.records import Record
from model.network.network import Network
from model.nn.batch_norm import BatchNorm
from model.nn.layer_norm import LayerNorm
from model.nn.layers import Activate, Affine
from model.nn.loss import Loss
from model.nn.residual import ShortcutEnd, ShortcutStart
from model.training.trainer import Trainer
from tests.support.reference_formulas import Floats, contents, formulas

PRECISION = {"float32": 1e-4, "float64": 1e-9}
Z = frozenset({"z"})


def config_of(**settings: object) -> Config:
    return Config.from_json(
        {"hidden": [8, 6], "batch_size": 20, "iterations": 12, "record_every": 5, "learning_rate": 0.05, **settings}
    )


def rms(values: Array) -> float:
    return float(np.sqrt(np.mean(np.square(values.astype(np.float64)))))


@dataclass
class Layer:
    """One layer of the plain network: what its record is to tell of."""

    z: Floats  # what the activation takes, of the output layer the logits
    a: Floats
    signal: Floats  # what the next layer takes
    slope: Floats
    delta: Floats
    a_gradient: Floats
    weight: Floats
    weight_gradient: Floats
    bias_gradient: Floats


def norm_backward(x: Floats, gamma: Floats, epsilon: float, gradient: Floats) -> Floats:
    """∂L/∂x through mean and variance one by one, as Ioffe & Szegedy 2015 write it on page 4."""
    away, images = x - x.mean(axis=0), len(x)
    variance = (away**2).mean(axis=0) + epsilon
    of_normalised = gradient * gamma
    of_variance = (of_normalised * away).sum(axis=0) * -0.5 * variance**-1.5
    of_mean = -(of_normalised / np.sqrt(variance)).sum(axis=0) - 2 * of_variance * away.mean(axis=0)
    found: Floats = of_normalised / np.sqrt(variance) + of_variance * 2 * away / images + of_mean / images
    return found


def plain_layers(network: Network, images: Floats, labels: NDArray[np.intp]) -> list[Layer]:
    """Forward and backward through `network` as it is now."""
    signals = _signals(network, images)
    gradients = _gradients(network, signals, labels)
    stages, found = network.stages, []
    starts = [k for k, stage in enumerate(stages) if isinstance(stage, Affine)]
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        affine = stages[start]
        assert isinstance(affine, Affine)
        active = [(k, stage) for k, stage in enumerate(stages[:following]) if k > start and isinstance(stage, Activate)]
        # The output's logits are its activation, what lies behind them is its loss.
        z, a, stop = (active[0][0], active[0][0] + 1, following) if following else (start + 1,) * 3
        slope = formulas(active[0][1].activation)[1](signals[z]) if active else np.ones_like(signals[z])
        delta = gradients[start + 1]
        weight = affine.weight.value.astype(float)
        of_parameters = signals[start].T @ delta, delta.sum(axis=0)
        found.append(Layer(signals[z], signals[a], signals[stop], slope, delta, gradients[a], weight, *of_parameters))
    return found


def _signals(network: Network, images: Floats) -> list[Floats]:
    """What every stage takes, and what leaves the last."""
    signals: list[Floats] = [images]
    for stage in network.stages:
        x = signals[-1]
        match stage:
            case Affine():
                y = x @ stage.weight.value.astype(float) + stage.bias.value
            case Activate():
                y = formulas(stage.activation)[0](x)
            case BatchNorm():
                y = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + stage.epsilon)
                y = y * stage.gamma.value.astype(float) + stage.beta.value
            case LayerNorm():
                y = (x - x.mean(axis=1)[:, None]) / np.sqrt(x.var(axis=1) + stage.epsilon)[:, None]
                y = y * stage.gamma.value.astype(float) + stage.beta.value
            case ShortcutStart():
                around = y = x
            case ShortcutEnd():
                y = x + around
            case _:
                raise AssertionError(type(stage).__name__)
        signals.append(y)
    return signals


def _gradients(network: Network, signals: list[Floats], labels: NDArray[np.intp]) -> list[Floats]:
    """The gradient of the loss with respect to each of `signals`."""
    answers = signals[-1]
    if network.config.loss is Loss.SOFTMAX:
        answers = np.exp(answers - answers.max(axis=1, keepdims=True))
        answers /= answers.sum(axis=1, keepdims=True)
    gradients = [(answers - np.eye(network.classes)[labels]) / len(labels)]
    for stage, x in zip(reversed(network.stages), reversed(signals[:-1]), strict=True):
        gradient = gradients[0]
        match stage:
            case Affine():
                gradient = gradient @ stage.weight.value.T.astype(float)
            case Activate():
                gradient = gradient * formulas(stage.activation)[1](x)
            case BatchNorm():
                gradient = norm_backward(x, stage.gamma.value.astype(float), stage.epsilon, gradient)
            case LayerNorm():
                inner = gradient * stage.gamma.value.astype(float)
                gradient = norm_backward(x.T, np.ones(len(x)), stage.epsilon, inner.T).T
            case ShortcutEnd():
                around = gradient
            case ShortcutStart():
                gradient = gradient + around
        gradients.insert(0, gradient)
    return gradients


class Watched:
    """A trainer that is watched: the batch, the weights and the plain layers of its last forward pass."""

    def __init__(self, trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
        self.trainer, self.network = trainer, trainer.network
        self.forward = trainer.network.forward
        monkeypatch.setattr(trainer.network, "forward", self._forward)

    def _forward(self, x: Array, labels: NDArray[np.intp]) -> float:
        self.images, self.labels = x.astype(float), labels.copy()
        self.layers = plain_layers(self.network, self.images, self.labels)
        return self.forward(x, labels)

    def step(self) -> Record | None:
        """The record of the next iteration if one is due."""
        self.trainer.step()
        return next(iter(self.trainer.collect(wait=True)), None)

    def records(self) -> list[tuple[Record, list[Layer]]]:
        """Every record to the end of the run with what it is of."""
        found = []
        with self.trainer:
            while not self.trainer.done:
                record = self.step()
                if record:
                    found.append((record, self.layers))
        return found


def expected(layer: Layer) -> dict[str, float]:
    """The figures of a layer as the docstring of LayerRecord defines them."""
    return {
        "activation_mean": float(layer.a.mean()),
        "activation_std": float(layer.a.std()),
        "activation_rms": rms(layer.a),
        "signal_std": float(np.sqrt(layer.signal.var(axis=0).mean())),
        "mean_slope": float(np.abs(layer.slope).mean()),
        "delta_rms": rms(layer.delta),
        "activation_gradient_rms": rms(layer.a_gradient),
        "weight_gradient_rms": rms(layer.weight_gradient),
        "bias_gradient_rms": rms(layer.bias_gradient),
        "weight_rms": rms(layer.weight),
    }


def check_figures(record: Record, layers: list[Layer], numbers: str) -> None:
    """Compare all figures but the update with the plain ones, relative to their own size."""
    near, rounding = PRECISION[numbers], float(np.finfo(numbers).eps)
    for layer, plain in zip(record.all_layers, layers, strict=True):
        right = expected(plain)
        # What is left of large numbers that cancel is only right to the rounding of those.
        cancelling = {
            "activation_mean": 8 * rounding * rms(plain.a),
            "activation_std": 8 * rounding * rms(plain.a),
            "signal_std": 8 * rounding * rms(plain.signal),
            "bias_gradient_rms": 8 * rounding * len(plain.delta) * rms(plain.delta),
        }
        for name, figure in right.items():
            assert getattr(layer, name) == pytest.approx(figure, rel=near, abs=cancelling.get(name, 0)), name


def shown(histogram: Histogram | None) -> Histogram:
    assert histogram is not None
    return histogram


def written(value: object) -> list[str]:
    """All numbers and names to the bit; NaN is NaN."""
    return [repr(part) for part in contents(value)]
