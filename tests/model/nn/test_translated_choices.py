"""Words of activations, initialisers, normalisations, losses and optimisers in another language."""

import re
from enum import Enum
from typing import Any

import pytest

from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.optimizers import Optimizer
from model.nn.residual import Residual
from tests.support.catalogues import NoLatin, speaking

CHOICES: list[type[Enum]] = [Activation, Initializer, Norm, Loss, Residual]
LATIN = re.compile("[A-Za-z]")


@pytest.mark.parametrize("kind", CHOICES)
def test_that_every_choice_is_labelled_and_explained_in_the_language_in_use(kind: type[Enum]) -> None:
    for member in kind:
        given: Any = member.value
        english = given.label
        with speaking(NoLatin()):
            words = [given.label, given.help, getattr(given, "words", ""), getattr(given, "change", "")]
            assert not LATIN.search(" ".join(words)), words
        assert given.label == english


@pytest.mark.parametrize("kind", Optimizer.kinds.values())
def test_that_a_class_of_optimisers_and_one_of_them_say_the_same_in_every_language(kind: type[Optimizer]) -> None:
    assert (kind.label, kind.help) == (kind().label, kind().help)
    assert LATIN.search(kind.label)
    with speaking(NoLatin()):
        assert (kind.label, kind.help) == (kind().label, kind().help)
        assert not LATIN.search(kind.label + kind.help)


@pytest.mark.parametrize("activation", Activation)
def test_that_what_a_flat_unit_is_called_is_a_key(activation: Activation) -> None:
    with speaking(NoLatin()):
        assert activation.flat_word == ("saturated" if activation.bounded else "off")
