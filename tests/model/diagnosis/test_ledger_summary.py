"""The summary of a ledger: a mean gain of each kind of stage, and of whole layers, whatever stages there are."""

from math import prod

import pytest

from model.config.config import Config
from model.data.datasets import Dataset
from model.diagnosis.ledger_summary import summarise_ledger
from model.measurement.ledger import total
from model.measurement.records import Record
from model.training.trainer import Trainer


def begun(dataset: Dataset, **settings: object) -> Record:
    config = Config.from_json({"hidden": [9] * 6, "batch_size": 20, "iterations": 0, **settings})
    (record,) = Trainer(config, dataset)
    return record


@pytest.mark.parametrize("residual", ["off", "on"])
@pytest.mark.parametrize("norm", ["none", "batch-before", "layer-after"])
def test_that_the_gain_of_a_layer_is_the_mean_of_whole_layers(norm: str, residual: str, tiny: Dataset) -> None:
    record = begun(tiny, norm=norm, residual=residual)
    whole = prod(total(layer.gain) for layer in record.layers)
    assert summarise_ledger(record).per_layer == pytest.approx(whole ** (1 / 6))
    assert whole == pytest.approx(record.layers[0].delta_rms / record.output.delta_rms, rel=1e-5)


@pytest.mark.parametrize(
    ("settings", "kinds"),
    [
        ({}, []),
        ({"norm": "batch-before"}, ["batch norm"]),
        ({"norm": "layer-after"}, ["layer norm"]),
        ({"residual": "on"}, ["residual"]),
    ],
    ids=str,
)
def test_that_every_kind_of_stage_is_told(settings: dict[str, object], kinds: list[str], tiny: Dataset) -> None:
    assert [gain.stage for gain in summarise_ledger(begun(tiny, **settings)).others] == kinds


def test_that_small_weights_of_residual_layers_do_not_make_the_gradient_vanish(tiny: Dataset) -> None:
    small = {"hidden": [9] * 30, "init": "gauss", "init_std": 0.03}
    plain, residual = begun(tiny, **small), begun(tiny, **small, residual="on")
    assert summarise_ledger(plain).per_layer < 0.2
    assert 0.8 < summarise_ledger(residual).per_layer < 1.2
