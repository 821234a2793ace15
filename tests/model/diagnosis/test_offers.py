"""Labels of what is offered: alone, within a sentence and behind another, in the language of whoever reads them."""

import pickle

import pytest

from model.config.config import Config
from model.diagnosis.offers import (
    EVERY_OFFER,
    batch_remedy,
    both,
    different_weights,
    leaky,
    momentum_remedy,
    norm_before,
    rate_remedy,
)
from model.diagnosis.verdict import Remedy
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from tests.support.catalogues import OfWords, speaking

JAPANESE = OfWords({"{change} and {other}": "{change}＋{other}", "{init} weights": "{init}の重み",
                    "Batch of {size}": "バッチサイズ{size}", "batch of {size}": "バッチサイズ{size}",
                    "Orthogonal": "直交行列"})  # fmt: skip
SICK = Config.from_json({
    "hidden": [4, 4, 3], "activation": "sigmoid", "init": "gauss", "optimizer": "momentum", "momentum": 0.99,
    "norm": "batch-before", "bn_momentum": 0.9999, "weight_decay": 0.5, "clip_norm": 0.01, "batch_size": 2,
    "pixels": "0-to-255", "loss": "squared",
})  # fmt: skip


def offered(config: Config) -> list[Remedy]:
    """Everything that anybody offers to a run."""
    return [remedy for offer in EVERY_OFFER for remedy in offer(config)]


def test_that_a_label_begins_small_within_a_sentence_unless_it_is_a_name() -> None:
    names = {each.label.split()[0] for kind in (Activation, Initializer) for each in kind}
    for config in (SICK, SICK.replace(activation="relu"), Config()):
        for remedy in offered(config):
            label, within = remedy.label, str(remedy.within or remedy.words)
            assert within == (label if label.split()[0] in names else label[0].lower() + label[1:])


@pytest.mark.parametrize(
    ("remedy", "label"),
    [
        (rate_remedy(0.0123456), "Learning rate 0.0123"),
        (rate_remedy(1e-5), "Learning rate 10⁻⁵"),
        (momentum_remedy(0.9), "Momentum 0.9"),
        (batch_remedy(100), "Batch of 100"),
        *((each, "Orthogonal weights") for each in [Remedy("Orthogonal weights", {"init": "orthogonal"})]),
    ],
)
def test_that_a_label_has_its_figure(remedy: Remedy, label: str) -> None:
    assert remedy.label == label


def test_that_two_remedies_are_one_whose_label_says_both() -> None:
    (first,), (second,) = different_weights(SICK), norm_before(SICK)
    remedy = both(first, second)
    assert remedy.label == "Xavier weights and batch norm"
    assert remedy.changes == {"init": "xavier", "norm": "batch-before"}
    assert [str(part) for part in remedy.parts] == ["Xavier weights", "Batch norm"]
    (last,) = leaky(SICK.replace(activation="relu"))
    assert both(second, last).label == "Batch norm and Leaky ReLU"


def test_that_a_remedy_is_labelled_in_the_language_in_use_wherever_it_was_made() -> None:
    (weights,) = different_weights(SICK)
    made = pickle.loads(pickle.dumps(both(weights, batch_remedy(100))))
    assert made == both(weights, batch_remedy(100))
    with speaking(JAPANESE):
        assert made.label == "Xavierの重み＋バッチサイズ100"
        assert [str(part) for part in made.parts] == ["Xavierの重み", "バッチサイズ100"]
