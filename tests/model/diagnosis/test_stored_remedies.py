"""Remedies in files: in English whatever the window speaks, and known again, so that it can translate them."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from model.config.config import Config
from model.diagnosis.offers import OFFERS
from model.diagnosis.remedies import remedies
from model.diagnosis.stored_remedies import remedy_json, stored_remedy
from model.diagnosis.verdict import Cause, Remedy
from tests.support.catalogues import Figures, OfWords, speaking
from tests.support.hypothesis_strategies import settings_of_a_run

DEEP = Config.from_json({"hidden": [50] * 20, "activation": "selu"})
JAPANESE = OfWords({"{change} and {other}": "{change}＋{other}", "{init} weights": "{init}の重み",
                    "learning rate {rate}": "学習率{rate}"})  # fmt: skip


def kept(remedy: Remedy) -> dict[str, Any]:
    """A remedy as a file gives it back."""
    found = json.loads(json.dumps(remedy_json(remedy)))
    assert isinstance(found, dict)
    return found


@settings(max_examples=20)
@given(settings_of_a_run())
def test_that_every_remedy_comes_back_as_it_was(chosen: dict[str, Any]) -> None:
    config = Config.from_json(chosen)
    for cause in OFFERS:
        for remedy in remedies(cause, config):
            assert stored_remedy(kept(remedy), config) == remedy


def test_that_files_are_english_and_the_window_is_not() -> None:
    remedy = remedies(Cause.LARGE_WEIGHTS, DEEP)[0]
    with speaking(JAPANESE):
        stored = kept(remedy)
        assert stored == {
            "label": "Xavier weights and learning rate 0.01",
            "changes": {"init": "xavier", "learning_rate": 0.01},
            "parts": ["Xavier weights", "Learning rate 0.01"],
        }
        assert stored_remedy(stored, DEEP).label == "Xavierの重み＋学習率0.01"


@pytest.mark.parametrize(
    "stored",
    [
        {"label": "Pray", "changes": {"init": "xavier"}},
        {"label": "He {weights}", "changes": {}, "parts": []},
        {"label": "Xavier weights", "changes": {"init": "he"}},
    ],
)
def test_that_what_nobody_offers_today_keeps_its_label(stored: dict[str, Any]) -> None:
    remedy = stored_remedy(stored, DEEP)
    assert (remedy.label, remedy.changes) == (stored["label"], stored["changes"])
    assert not remedy.parts


def test_that_a_remedy_of_a_program_that_stored_no_parts_is_still_read() -> None:
    stored = {"label": "Xavier weights and learning rate 0.01", "changes": {"init": "xavier", "learning_rate": 0.01}}
    with speaking(Figures()):
        assert stored_remedy(stored, DEEP).changes == stored["changes"]
