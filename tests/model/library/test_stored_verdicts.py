"""Verdicts are stored as figures, and those that former programs stored as a sentence are read as they were."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.config.config import Config
from model.config.recipe import Recipe
from model.diagnosis.figures import place_name
from model.diagnosis.verdict import Verdict
from model.history.run_summary import RunSummary
from model.library.run_json import (
    LARGEST_WHOLE,
    LONGEST_KEY,
    MOST_FIGURES,
    digest_text,
    read_digest,
    read_verdicts,
    verdicts_text,
)
from tests.support.verdicts import any_verdict

RECIPE = Recipe(Config(hidden=(9, 8), activation="sigmoid"))  # type: ignore[arg-type]  # names will do
BLAME = "With learning rate 3 each step jumps over what it aims at."
FORMER: dict[str, Any] = {
    "class": "diverged", "since": 12, "cause": "learning-rate-high", "remedies": [],
    "sentence": f"The values of layer 2 left the range of floating point. {BLAME}",
}  # fmt: skip


def restored(stored: dict[str, Any]) -> Verdict:
    """What is read of a verdict in a run's row."""
    ((_, verdict),) = read_verdicts(json.dumps([[0, stored]]), RECIPE)
    return verdict


def of(text: str) -> dict[str, Any]:
    """The only verdict in a text, which must be JSON as others read it: without NaN and infinity."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    ((_, stored),) = json.loads(text, parse_constant=refuse)
    assert isinstance(stored, dict)
    return stored


@given(any_verdict(RECIPE.config), st.integers(0, 10**6))
def test_that_any_verdict_comes_back_with_its_figures_and_its_sentence(verdict: Verdict, at: int) -> None:
    text = verdicts_text([(at, verdict)])
    assert read_verdicts(text, RECIPE) == [(at, verdict)]
    assert read_verdicts(text, RECIPE)[0][1].sentence == verdict.sentence


@given(any_verdict(RECIPE.config))
def test_that_figures_are_stored_and_no_sentence(verdict: Verdict) -> None:
    stored = of(verdicts_text([(0, verdict)]))
    assert set(stored) == {"class", "since", "cause", "figures", "remedies"}
    assert stored["figures"] == verdict.figures


@given(any_verdict(RECIPE.config))
def test_that_the_verdict_in_a_list_of_runs_says_the_same(verdict: Verdict) -> None:
    listed = read_digest(digest_text(RunSummary(10, 0.5, 1.0, verdict))).verdict
    assert listed
    assert not listed.remedies
    assert listed.sentence == verdict.sentence


@pytest.mark.parametrize("sentence", [FORMER["sentence"], "It is what it is."])
def test_that_a_sentence_of_a_former_program_is_shown_as_it_was(sentence: str) -> None:
    verdict = restored({**FORMER, "sentence": sentence})
    assert verdict.sentence == verdict.said == sentence
    summary = {"iteration": 12, "test_accuracy": 0.1, "loss": 2.0, "spark": [], "ended": True}
    listed = read_digest(json.dumps({**summary, "verdict": {**FORMER, "sentence": sentence}})).verdict
    assert listed
    assert listed.sentence == sentence


@pytest.mark.parametrize("place", ["Layer 1", "Layer 2", "the output layer", "the loss"])
def test_that_the_place_of_a_divergence_is_found_in_a_former_sentence(place: str) -> None:
    written = place[0].lower() + place[1:]
    verdict = restored({**FORMER, "sentence": f"The values of {written} left the range of floating point. {BLAME}"})
    assert place_name(verdict.figures) == place


@pytest.mark.parametrize("sentence", ["", "The values of layer 3 left the range.", "It guessed, and left the range."])
def test_that_a_former_sentence_that_names_no_place_of_the_network_gives_none(sentence: str) -> None:
    assert place_name(restored({**FORMER, "sentence": sentence}).figures) == ""


def test_that_a_former_verdict_that_is_stored_again_stays_what_it_was() -> None:
    verdict = restored(FORMER)
    again = of(verdicts_text([(0, verdict)]))
    assert again["sentence"] == FORMER["sentence"]
    assert restored(again) == verdict


SPOILED: dict[str, Any] = {
    "no mapping": [1.0],
    "too many": {f"figure {index}": 1 for index in range(MOST_FIGURES + 1)},
    "a long name": {"n" * (LONGEST_KEY + 1): 1},
    "a long text": {"place": "p" * (LONGEST_KEY + 1)},
    "a list": {"place": [1]},
    "a large whole number": {"place": LARGEST_WHOLE + 1},
}


@pytest.mark.parametrize("kind", SPOILED)
def test_that_figures_that_no_program_has_stored_are_refused(kind: str) -> None:
    with pytest.raises(InputError, match="its verdicts cannot be read"):
        restored({**FORMER, "figures": SPOILED[kind]})


def test_that_a_verdict_with_neither_figures_nor_sentence_is_refused() -> None:
    with pytest.raises(InputError, match="its verdicts cannot be read"):
        restored({name: value for name, value in FORMER.items() if name != "sentence"})
