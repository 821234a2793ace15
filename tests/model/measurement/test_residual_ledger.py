"""The ledger around residual layers: it multiplies out, and tells the way through a layer from that around it."""

from math import prod

import numpy as np
import pytest

from model.config.config import Config
from model.data.datasets import Dataset
from model.measurement.gains import AROUND, RESIDUAL, THROUGH
from model.measurement.ledger import backward, forward, total
from model.measurement.records import Record
from model.training.trainer import Trainer

SHAPES = [[8, 8, 8, 5], [8, 8], [5, 8, 8], [108, 108, 6]]
SETTINGS = [{}, {"loss": "squared"}, {"norm": "layer-before"}, {"norm": "batch-after", "loss": "squared"}]


def record_of(dataset: Dataset, **settings: object) -> Record:
    config = Config.from_json({"residual": "on", "batch_size": 20, "iterations": 3, "activation": "tanh", **settings})
    *_, record = Trainer(config, dataset)
    return record


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@pytest.mark.parametrize("hidden", SHAPES, ids=str)
def test_that_gains_multiply_out_to_what_arrives(hidden: list[int], settings: dict[str, object], tiny: Dataset) -> None:
    record = record_of(tiny, hidden=hidden, **settings)
    first, output = record.layers[0], record.output
    whole = prod(total(layer.gain) for layer in record.layers)
    assert first.delta_rms == pytest.approx(whole * output.delta_rms, rel=1e-5)
    assert backward(record)[-1].running == pytest.approx(whole * total(output.gain), rel=1e-5)
    assert forward(record)[-1].running == pytest.approx(output.signal_std / record.input_std, rel=1e-5)


def test_that_a_residual_layer_is_one_stage_of_two_ways(tiny: Dataset) -> None:
    plain, residual = record_of(tiny, hidden=[8, 8, 5]).layers[:2]
    assert [gain.stage for gain in residual.signal_gain] == [RESIDUAL, THROUGH, AROUND]
    assert [gain.stage for gain in residual.gain] == ["weights", RESIDUAL, THROUGH, AROUND]
    assert [gain.stage for gain in plain.gain] == ["slope"], "the way from the layer behind ends at this one's output"
    for gains in (residual.gain[1:], residual.signal_gain):
        whole, through, around = (gain.factor for gain in gains)
        assert around == 1
        assert abs(1 - through) - 1e-6 <= whole <= 1 + through + 1e-6
        assert total(gains) == whole


def test_that_squared_error_has_a_factor_between_the_loss_and_the_output(tiny: Dataset) -> None:
    squared, softmax = (record_of(tiny, hidden=[6], loss=loss) for loss in ("squared", "softmax"))
    (slope,) = squared.output.gain
    assert slope.stage == "output slope"
    assert 0 < slope.factor <= 0.25
    assert backward(squared)[0].factors == {"output slope": slope.factor}
    assert softmax.output.gain == ()
    assert backward(softmax)[0].whole is None


def test_that_a_surely_wrong_output_learns_slowly(tiny: Dataset) -> None:
    sure = record_of(tiny, hidden=[6], loss="squared", init="gauss", init_std=30.0, iterations=0, learning_rate=0.01)
    assert sure.output.gain[0].factor < 0.1
    assert np.isfinite(sure.loss)
