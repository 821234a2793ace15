"""Choices are told apart by their names, whatever language their words are read in."""

import pickle

import pytest

from model.base.choices import Choice
from model.config.config import Config
from model.config.views import PageKind
from model.data.orientation import Orientation
from model.diagnosis.verdict import Condition
from model.nn.activations import Activation
from tests.support.catalogues import Figures, speaking


@pytest.mark.parametrize("member", [*PageKind, *Orientation, *Condition], ids=str)
def test_that_a_member_from_a_process_without_a_language_is_the_same_one_here(member: Choice) -> None:
    sent = pickle.dumps(member)
    with speaking(Figures()):
        assert pickle.loads(sent) is member
        back = pickle.dumps(member)
    assert pickle.loads(back) is member


def test_that_a_config_from_a_process_without_a_language_is_the_same_one_here() -> None:
    sent = pickle.dumps(Config(activation=Activation.TANH))
    with speaking(Figures()):
        assert pickle.loads(sent) == Config(activation=Activation.TANH)
