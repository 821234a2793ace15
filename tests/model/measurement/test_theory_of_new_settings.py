"""Mean-field theory of pixels' scale, squared error, layer norm and residual connections, against networks on MNIST."""

from math import isfinite, sqrt

import numpy as np
import pytest

from model.config.config import Config
from model.data.datasets import Dataset
from model.measurement.ledger import layers_of, total
from model.measurement.theory import Images, images_of, predict
from model.training.trainer import Trainer

SEEDS = 4
WIDE = [200] * 6
RELU = {"activation": "relu", "init": "he"}
TANH = {"activation": "tanh", "init": "xavier"}
SIGMOID = {"activation": "sigmoid", "init": "xavier"}
CASES = [
    {**RELU, "pixels": "0-to-255"},
    {**RELU, "pixels": "minus-1-to-1"},
    {**TANH, "pixels": "standardised"},
    {**SIGMOID, "pixels": "0-to-255"},
    {**RELU, "loss": "squared"},
    {**TANH, "loss": "squared"},
    {**SIGMOID, "loss": "squared", "init": "gauss", "init_std": 1.0},
    *({**each, "norm": norm} for each in (RELU, TANH, SIGMOID) for norm in ("layer-before", "layer-after")),
    {**RELU, "norm": "layer-before", "init": "gauss", "init_std": 0.001},
    *({**each, "residual": "on"} for each in (RELU, TANH, SIGMOID)),
    {**RELU, "residual": "on", "init": "gauss", "init_std": 0.03},
    {**RELU, "residual": "on", "norm": "layer-before"},
    {**TANH, "residual": "on", "norm": "batch-before", "loss": "squared"},
    {**TANH, "residual": "on", "norm": "layer-after", "pixels": "standardised"},
    {**TANH, "norm": "batch-before", "batch_size": 20},
]


@pytest.mark.parametrize("settings", CASES, ids=lambda each: " ".join(map(str, each.values())))
def test_that_signal_and_gradient_begin_within_a_fifth_of_the_theory(
    settings: dict[str, object], mnist: Dataset
) -> None:
    config = Config.from_json({"hidden": WIDE, "iterations": 0, **settings})
    theory = predict(config, images_of(mnist, config.pixels))
    found = []
    for seed in range(SEEDS):
        (record,) = Trainer(config.replace(seed=seed), mnist)
        found.append([(layer.signal_std, layer.delta_rms) for layer in record.all_layers])
    measured = np.sqrt((np.array(found) ** 2).mean(axis=0))
    expected = np.array([(layer.signal_std, layer.delta_rms) for layer in layers_of(theory)])
    drawn = np.isfinite(expected)
    assert drawn.mean() > 0.7
    np.testing.assert_allclose(measured[drawn] / expected[drawn], 1, atol=0.2)


def test_that_a_residual_network_grows_with_depth_as_the_papers_derive() -> None:
    """Twice the variance of the signal at each layer of ReLU with He weights (Hanin & Rolnick 2018)."""
    config = Config.from_json({"hidden": [500] * 8, "residual": "on", **RELU})
    theory = predict(config, Images(784, 10, 0.0, 0.3))
    assert [total(layer.gain) for layer in theory.layers[1:-1]] == pytest.approx([sqrt(2)] * 6, rel=1e-6)
    grown = predict(config.replace(hidden=(500,) * 30), Images(784, 10, 0.0, 0.3))
    known = [isfinite(layer.signal_std) for layer in grown.layers]
    assert known == sorted(known, reverse=True)
    assert 0 < sum(known) < 30, "what brightness makes larger is not drawn"
    assert [isfinite(layer.delta_rms) for layer in grown.layers] == sorted(isfinite(x.delta_rms) for x in grown.layers)


@pytest.mark.parametrize("settings", [{}, {"loss": "squared"}, {"norm": "layer-before"}], ids=str)
def test_that_the_theorys_ledger_multiplies_out_around_residual_layers(settings: dict[str, object]) -> None:
    config = Config.from_json({"hidden": [30, 30, 30, 20], "residual": "on", **RELU, **settings})
    theory = predict(config, Images(784, 10, 0.2, 0.3))
    whole = np.prod([total(layer.gain) for layer in theory.layers])
    assert theory.layers[0].delta_rms == pytest.approx(whole * theory.output.delta_rms, rel=1e-9)
    onward = np.prod([total(layer.signal_gain) for layer in layers_of(theory)])
    assert theory.output.signal_std == pytest.approx(onward * theory.input_std, rel=1e-9)
