"""Sentences on what a branch restarts: in the language in use, with the layer that is rescaled."""

import re
from typing import Any

import pytest

from model.config.config import Config
from model.config.recipe import LayerScale, Recipe
from model.training.branch_sentences import consequences
from tests.support.catalogues import NoLatin, OfWords, speaking

AT = 10
PARENT = Config(hidden=(9, 9), iterations=100)


@pytest.mark.parametrize(
    ("parent", "settings"),
    [
        ({}, {}),
        ({}, {"activation": "tanh"}),
        ({"norm": "batch-before"}, {"norm": "layer-before"}),
        ({"norm": "layer-before"}, {"norm": "batch-after"}),
        ({"norm": "batch-before"}, {"activation": "tanh"}),
        ({}, {"residual": "on", "loss": "squared", "pixels": "0-to-255"}),
        ({"residual": "on"}, {"residual": "off"}),
        ({"optimizer": "adam"}, {"learning_rate": 0.5}),
        ({"optimizer": "adam"}, {"optimizer": "rmsprop"}),
    ],
)
def test_that_every_sentence_is_looked_up(parent: dict[str, Any], settings: dict[str, Any]) -> None:
    recipe = Recipe(PARENT.replace(**parent)).branched(AT, **settings)
    said = consequences(recipe)
    with speaking(NoLatin()):
        found = consequences(recipe)
    assert len(found) == len(said)
    assert not re.search("[A-Za-z]", " ".join(found)), found


def test_that_a_layer_that_is_rescaled_is_named_as_the_language_names_it() -> None:
    recipe = Recipe(PARENT).branched(AT, scales=(LayerScale(2, 0.5),))
    assert consequences(recipe) == ["Layer 2: the weights are multiplied by 0.5, the biases are not."]
    with speaking(OfWords({"Layer {number}": "第{number}層"})):
        assert consequences(recipe)[0].startswith("第2層: ")
