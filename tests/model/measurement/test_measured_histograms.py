"""The histograms of a record against the arrays of the network."""

import numpy as np
import pytest

from model.data.datasets import Dataset
from model.measurement.histograms import Histogram
from model.nn.activations import Activation
from model.nn.layers import Activate
from model.nn.normalization import Norm
from model.training.trainer import Trainer
from tests.support.binning import check_decades, check_linear
from tests.support.reference_formulas import Floats
from tests.support.reference_layers import PRECISION, config_of, shown


@pytest.mark.parametrize("numbers", PRECISION)
@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("activation", [Activation.RELU, Activation.TANH, Activation.GELU, Activation.IDENTITY])
@pytest.mark.parametrize("iterations", [0, 9])
def test_that_every_histogram_is_that_of_the_arrays_in_the_network(
    activation: Activation, placement: Norm, numbers: str, iterations: int, tiny: Dataset
) -> None:
    config = config_of(
        activation=activation.key, norm=placement.key, numbers=numbers, iterations=iterations, hidden=[30, 9]
    )
    trainer = Trainer(config, tiny)
    record, network = list(trainer)[-1], trainer.network
    assert record.pictured
    slack = {"float32": 1e-5, "float64": 1e-9}[numbers]
    place = 0
    for layer, affine in zip(record.all_layers, network.affines, strict=True):
        stages = network.hidden[network.affines.index(affine)].stages if affine is not network.output else (affine,)
        active = [k for k, stage in enumerate(stages) if isinstance(stage, Activate)]
        histograms = layer.histograms
        z = network.signals[place + (active[0] if active else 1)]
        check_linear(shown(histograms.z), z, slack)
        if active:
            a = network.signals[place + active[0] + 1]
            check_linear(shown(histograms.a), a, slack)
            assert (shown(histograms.a).zeros > 0) == (activation is Activation.RELU and bool((a == 0).any()))
        else:
            assert histograms.a is None
        check_decades(shown(histograms.delta), network.gradients[place + 1])
        check_decades(shown(histograms.weight_gradient), affine.weight.gradient)
        check_linear(shown(histograms.weight), affine.weight.value, slack)
        place += len(stages)
    for name in ("z", "a", "weight"):
        found = [getattr(layer.histograms, name) for layer in record.all_layers]
        assert len({(each.low, each.high) for each in found if each}) == 1, "all layers share one axis"


def quantiles(histogram: Histogram, levels: Floats) -> Floats:
    """Where the values of a histogram reach each level, to the width of a bin."""
    edges = np.linspace(histogram.low, histogram.high, len(histogram.shares) + 1)
    reached = (histogram.below + histogram.zeros) + np.concatenate([[0], np.cumsum(histogram.shares)])
    found: Floats = np.interp(levels, reached, edges)
    return found


def test_that_histograms_of_many_weights_spread_as_all_of_them_do(mnist: Dataset) -> None:
    """The 78,400 weights of MNIST's first layer are sampled, not counted one by one."""
    trainer = Trainer(config_of(hidden=[100, 30], iterations=20, activation="tanh", batch_size=50), mnist)
    record, network = list(trainer)[-1], trainer.network
    levels = np.linspace(0.1, 0.9, 9)
    for layer, affine in zip(record.layers, network.affines, strict=False):
        held = shown(layer.histograms.weight)
        width = (held.high - held.low) / 50
        right = np.quantile(affine.weight.value.astype(float), levels)
        np.testing.assert_allclose(quantiles(held, levels), right, atol=width)
        gradient = np.abs(affine.weight.gradient.astype(float))
        zeros = (gradient == 0).mean()
        of_gradient = shown(layer.histograms.weight_gradient)
        assert of_gradient.zeros == pytest.approx(zeros, abs=0.02)
        lit = np.log10(gradient[gradient > 0])
        ranks = zeros + of_gradient.below + (1 - zeros - of_gradient.below) * levels
        np.testing.assert_allclose(quantiles(of_gradient, ranks), np.quantile(lit, levels), atol=0.15)
