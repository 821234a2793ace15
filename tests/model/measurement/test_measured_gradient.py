"""What a record says of signal and gradient, against the whole network once more in float64."""

import numpy as np
import pytest

from model.data.datasets import Dataset
from model.nn.activations import Activation
from model.nn.normalization import Norm
from model.training.trainer import Trainer
from tests.support.reference_layers import PRECISION, Watched, check_figures, config_of


@pytest.mark.parametrize("numbers", PRECISION)
@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("activation", Activation)
def test_that_every_figure_of_every_record_is_that_of_the_plain_network(
    activation: Activation, placement: Norm, numbers: str, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = config_of(activation=activation.key, norm=placement.key, numbers=numbers)
    found = Watched(Trainer(config, tiny), monkeypatch).records()
    assert [record.iteration for record, _ in found] == list(range(13))
    for record, layers in found:
        check_figures(record, layers, numbers)


@pytest.mark.parametrize("numbers", PRECISION)
@pytest.mark.parametrize(
    "settings",
    [
        {"residual": "on", "hidden": [7, 7, 7, 5]},
        {"residual": "on", "hidden": [6, 6, 6], "norm": "batch-after", "loss": "squared"},
        {"residual": "on", "hidden": [6, 6], "norm": "layer-before", "activation": "sigmoid"},
        {"loss": "squared", "activation": "sigmoid"},
        {"pixels": "0-to-255", "init": "gauss", "init_std": 0.001},
        {"pixels": "minus-1-to-1"},
        {"pixels": "standardised", "loss": "squared"},
        {"hidden": []},
        {"hidden": [1]},
        {"hidden": [30, 1, 9], "activation": "tanh"},
        {"hidden": [12] * 8, "activation": "sigmoid", "init": "xavier"},
        {"hidden": [40, 30], "init": "gauss", "init_std": 1e-4, "activation": "selu"},
        {"hidden": [200, 10], "optimizer": "adam", "learning_rate": 0.01},
        {"batch_size": 2, "activation": "softplus"},
        {"batch_size": 130, "sampling": "epochs", "clip_norm": 0.01, "weight_decay": 0.1},
    ],
    ids=str,
)
def test_that_figures_are_right_for_any_shape_and_setting(
    settings: dict[str, object], numbers: str, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(Trainer(config_of(**settings, numbers=numbers), tiny), monkeypatch)
    for record, layers in watched.records():
        check_figures(record, layers, numbers)


@pytest.mark.parametrize("numbers", PRECISION)
def test_that_the_input_and_the_answer_are_those_of_the_batch(
    numbers: str, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(Trainer(config_of(numbers=numbers, iterations=40), tiny), monkeypatch)
    answers = set()
    with watched.trainer:
        while not watched.trainer.done:
            record = watched.step()
            assert record is not None
            spread = float(np.sqrt(watched.images.var(axis=0).mean()))
            assert record.input_std == pytest.approx(spread, rel=PRECISION[numbers])
            given = watched.layers[-1].a.argmax(axis=1).tolist()
            counts = [given.count(number) for number in range(3)]
            assert record.answer_share == max(counts) / 20
            assert counts[record.answer] == max(counts)
            answers.add((record.answer, record.answer_share))
    assert len(answers) > 3, "an answer that never changes proves nothing"


def test_that_a_network_of_zeros_gives_one_answer_to_all(tiny: Dataset) -> None:
    first = next(iter(Trainer(config_of(init="zeros"), tiny)))
    assert (first.answer, first.answer_share) == (0, 1)
    assert first.output.signal_std == 0


@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("activation", Activation)
def test_that_units_are_alike_in_a_network_of_zeros_and_in_no_other(
    activation: Activation, placement: Norm, tiny: Dataset
) -> None:
    narrow = 2 if placement.over_units else 1  # two units of which layer norm makes 1 and -1
    settings = {"activation": activation.key, "norm": placement.key, "hidden": [8, narrow, 6], "iterations": 0}
    (zeros,) = Trainer(config_of(**settings, init="zeros"), tiny)
    assert [layer.alike for layer in zeros.all_layers] == [True, narrow > 1, True, True], "one unit is like no other"
    (small,) = Trainer(config_of(**settings, init="gauss", init_std=0.01), tiny)
    # ReLU may shut the one unit in between, and then all behind it hear nothing and answer alike.
    behind = [False, False] if small.layers[1].activation_std > 0 else [layer.alike for layer in small.all_layers[2:]]
    assert [layer.alike for layer in small.all_layers] == [False, False, *behind]


@pytest.mark.parametrize("activation", [Activation.SIGMOID, Activation.SOFTPLUS])
def test_that_units_that_start_alike_stay_alike_while_their_weights_grow(activation: Activation, tiny: Dataset) -> None:
    records = list(Trainer(config_of(activation=activation.key, init="zeros", iterations=60, learning_rate=0.3), tiny))
    assert all(layer.alike for record in records for layer in record.layers)
    assert not records[-1].output.alike, "classes differ by how frequent they are"
    assert records[-1].layers[1].weight_rms > 0.001


def test_that_one_unit_among_many_that_differs_a_little_makes_a_layer_not_alike(tiny: Dataset) -> None:
    for change, alike in ((0.0, True), (0.01, False)):
        with Trainer(config_of(activation="sigmoid", hidden=[200, 6], init="zeros", iterations=0), tiny) as trainer:
            trainer.network.affines[0].bias.value[7] = change
            trainer.step()
            (record,) = trainer.collect(wait=True)
        assert [layer.alike for layer in record.layers] == [alike, True]
