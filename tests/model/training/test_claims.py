"""What presets and initialisers say of themselves, each held by a run on MNIST."""

import pytest

from model.config.config import Config
from model.config.presets import preset_named
from model.data.datasets import Dataset
from model.measurement.records import Record
from model.training.trainer import Trainer


def last_record(config: Config, dataset: Dataset) -> Record:
    *_, last = Trainer(config.replace(record_every=config.iterations), dataset)
    return last


def test_that_he_does_better_than_xavier_with_sigmoids(mnist: Dataset) -> None:
    he, xavier = (last_record(preset_named(f"sigmoid-{init}").config, mnist) for init in ("he", "xavier"))
    assert he.test_accuracy > xavier.test_accuracy


def test_that_ten_relu_layers_begin_later_with_xavier_s_weights(mnist: Dataset) -> None:
    ten = Config(hidden=(100,) * 10, iterations=100)
    he, xavier = (last_record(ten.replace(init=init), mnist) for init in ("he", "xavier"))
    assert he.test_accuracy > xavier.test_accuracy + 0.1


@pytest.mark.parametrize(("numbers", "parted"), [("float32", True), ("float64", False)])
def test_that_only_rounding_parts_units_that_start_equal(numbers: str, parted: bool, mnist: Dataset) -> None:
    zeros = preset_named("zeros").config.replace(optimizer="adam", numbers=numbers, iterations=1_000)
    assert last_record(zeros, mnist).layers[0].alike is not parted
