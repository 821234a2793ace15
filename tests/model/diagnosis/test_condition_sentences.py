"""What is said of a run in each condition: word for word, from a verdict's figures alone, and whatever they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.number_format import THIN
from model.data.pixel_scaling import Pixels
from model.diagnosis.figures import NamedFigures
from model.diagnosis.verdict import Cause, Condition, Verdict
from tests.support.verdicts import NAMES, any_verdict

FACTORS = "the weights passed 4.5 % of the gradient at each layer, the slope 25 %"
SENTENCES: list[tuple[Condition, Cause, NamedFigures, str]] = [
    (Condition.EARLY, Cause.NONE, {}, "Too early to say: in its first iterations every network guesses."),
    (Condition.LEARNING, Cause.NONE, {"accuracy": 0.9, "layers": 0}, "It learns: 90 % of the images are right."),
    (
        Condition.LEARNING,
        Cause.NONE,
        {"accuracy": 0.9, "layers": 2, "reach": 0.34},
        "It learns: 90 % of the images are right; layer 1 receives 34 % of the output's gradient.",
    ),
    (
        Condition.SLOW,
        Cause.NONE,
        {"accuracy": 0.25, "iterations": 2000},
        "Only 25 % after 2 000 iterations. The gradient reaches every layer.",
    ),
    (
        Condition.SLOW,
        Cause.LEARNING_RATE_HIGH,
        {"accuracy": 0.25, "iterations": 2000, "guessed": 1400, "learning_rate": 3.0},
        "Only 25 % after 2 000 iterations, 1 400 of which it guessed. With learning rate 3 each step "
        "jumps over what it "
        "aims at.",
    ),
    (Condition.STUCK, Cause.NONE, {}, "The gradient reaches every layer. It may still escape."),
    (
        Condition.STUCK,
        Cause.NONE,
        {"doubling": 51.4},
        "The gradient reaches every layer. But the signal doubles every 51 iterations: it may escape.",
    ),
    (Condition.DEAD, Cause.NONE, {}, "The gradient reaches every layer."),
    (
        Condition.DEAD,
        Cause.NONE,
        {"answer": 1, "class_share": 0.1135},
        "The gradient reaches every layer. It answers 1 to every image: 11.35 % is that class's share.",
    ),
    (
        Condition.LATE,
        Cause.NONE,
        {"guessed": 1400},
        "It guessed for 1 400 iterations, then its signal had grown enough.",
    ),
    (
        Condition.LATE,
        Cause.LEARNING_RATE_HIGH,
        {"guessed": 700, "learning_rate": 3.0},
        "It guessed for 700 iterations, then its signal had grown enough. With learning rate 3 each "
        "step jumps over what "
        "it aims at.",
    ),
    (
        Condition.LATE,
        Cause.SLOPE,
        {"guessed": 700, "layers": 2, "weights": 0.045, "slope": 0.25},
        f"It guessed for 700 iterations because {FACTORS}; then its signal had grown enough.",
    ),
    (
        Condition.DIVERGED,
        Cause.LARGE_WEIGHTS,
        {"place": 2, "layers": 2},
        "The values of the output layer left the range of floating point. At each layer the weights "
        "multiply signal and "
        "gradient.",
    ),
    (
        Condition.DIVERGED,
        Cause.LEARNING_RATE_HIGH,
        {"place": 1, "layers": 2, "learning_rate": 3.0},
        "The values of layer 2 left the range of floating point. With learning rate 3 each step jumps "
        "over what it aims "
        "at.",
    ),
    (
        Condition.DIVERGED,
        Cause.PIXELS,
        {"place": "loss", "layers": 2, "pixels": Pixels.RAW.key, "input_std": 66.3},
        "The values of the loss left the range of floating point. The pixels differ between images by "
        "66: too large for "
        "weights made for 0 to 1.",
    ),
]


@pytest.mark.parametrize(("condition", "cause", "figures", "sentence"), SENTENCES)
def test_that_a_condition_is_told_with_its_figures(
    condition: Condition, cause: Cause, figures: NamedFigures, sentence: str
) -> None:
    assert Verdict(condition, 0, cause, figures).sentence.replace(THIN, " ") == sentence


def test_that_every_condition_is_among_these_and_every_figure_among_those_that_are_tried_below() -> None:
    assert {condition for condition, *_ in SENTENCES} == set(Condition)
    assert {name for _, _, figures, _ in SENTENCES for name in figures} <= set(NAMES)


@given(any_verdict())
def test_that_any_figures_give_a_sentence(verdict: Verdict) -> None:
    assert verdict.sentence
    assert "nan" not in verdict.sentence
    assert "None" not in verdict.sentence


@given(any_verdict(), st.integers(0, 10**6))
def test_that_when_it_began_is_told_beside_the_sentence_and_not_in_it(verdict: Verdict, since: int) -> None:
    assert Verdict(verdict.condition, since, verdict.cause, verdict.figures).sentence == verdict.sentence
