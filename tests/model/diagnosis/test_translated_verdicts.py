"""Verdicts in another language: every sentence is looked up whole, and says the figures that the English one says."""

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.base.language import english, languages
from model.data.pixel_scaling import Pixels
from model.diagnosis.verdict import Cause, Condition, Verdict, verdict_json
from tests.model.diagnosis import test_cause_sentences, test_condition_sentences
from tests.support.catalogues import NoLatin, kept_catalogue, speaking
from tests.support.verdicts import FIGURES, NAMES

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|∞|–")
BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\u202f,](?=[0-9])")
KEYS = {"activation": st.sampled_from(["elu", "relu", ""]), "pixels": st.sampled_from([Pixels.RAW.key, ""]),
        "when": st.sampled_from(["now", "start"]), "place": st.one_of(st.just("loss"), st.integers(0, 4)),
        "layers": st.integers(0, 4), "layer": st.integers(0, 4)}  # fmt: skip
SHARES = st.one_of(st.floats(0, 1), st.floats(1e-12, 1e9), FIGURES)
CATALOGUES = {"no Latin": NoLatin(), **{code: kept_catalogue(code) for code in languages()[1:]}}


@st.composite
def verdicts_with_figures(draw: st.DrawFn, condition: Condition, cause: Cause) -> Verdict:
    """A verdict of a condition and a cause, with about half of all figures."""
    figures: dict[str, Any] = draw(
        st.fixed_dictionaries({}, optional={name: KEYS.get(name, SHARES) for name in NAMES}),
    )
    return Verdict(condition, 0, cause, figures)


def numbers(text: str) -> Counter[str]:
    """The numbers in a text, however it writes thousands."""
    return Counter(NUMBER.findall(BETWEEN_DIGITS.sub("", text)))


@pytest.mark.parametrize("name", CATALOGUES)
@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("condition", Condition)
@settings(max_examples=8)
@given(st.data())
def test_that_every_figure_is_told_in_every_language(
    condition: Condition, cause: Cause, name: str, data: st.DataObject
) -> None:
    verdict = data.draw(verdicts_with_figures(condition, cause))
    with speaking(CATALOGUES[name]):
        said = verdict.sentence
        with english():
            left = numbers(verdict.sentence) - numbers(said)
    assert not left, said


def test_that_nothing_of_a_verdict_is_said_without_being_looked_up() -> None:
    told = [(Condition.DEAD, cause, figures) for cause, figures, _ in test_cause_sentences.SENTENCES]
    told += [(condition, cause, figures) for condition, cause, figures, _ in test_condition_sentences.SENTENCES]
    with speaking(NoLatin()):
        for condition, cause, figures in told:
            verdict = Verdict(condition, 0, cause, figures)
            words = (verdict.sentence, condition.label, condition.help, cause.label, cause.help)
            assert not re.search("[A-Za-z]", " ".join(words)), words


def test_that_what_is_written_to_files_is_english() -> None:
    verdict = Verdict(Condition.DEAD, 7, Cause.SLOPE, {"layers": 2, "reach": 0.25, "weights": 0.5, "slope": 0.5})
    stored = verdict_json(verdict)
    with speaking(NoLatin()):
        assert verdict.sentence != stored["sentence"]
        assert verdict_json(verdict) == stored
