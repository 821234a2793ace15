"""Which cause a run's verdict has, on records made by hand."""

from dataclasses import replace
from math import inf, nan

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.base.errors import Diverged
from model.config.config import Config
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Cause, Condition
from model.measurement.gains import Gain
from model.measurement.records import Record
from model.nn.activations import Activation
from tests.support.recorded_stories import RELU, TEN, WHOLE, guessing, layers, learning, told
from tests.support.verdict_sentences import clears_whom_it_blames


def test_that_units_that_are_all_alike_are_the_cause_whatever_else_is_small() -> None:
    def same(iteration: int) -> Record:
        return guessing(iteration, of=layers(alike=True))

    last = told(same)[-1]
    assert (last.condition, last.cause) == (Condition.DEAD, Cause.SYMMETRIC)
    assert "identical" in last.sentence
    assert [remedy.label for remedy in last.remedies] == ["Xavier weights"]

    def zero(iteration: int) -> Record:
        return guessing(iteration, of=layers(alike=True, dead=1.0, weight_rms=0.0, update_ratio=nan))

    assert told(zero, RELU)[-1].cause is Cause.SYMMETRIC


def test_that_units_that_only_rounding_has_parted_still_are_the_cause() -> None:
    def parted(iteration: int) -> Record:
        return guessing(iteration, of=layers(alike=iteration < 100))

    assert told(parted)[-1].cause is Cause.SYMMETRIC


def test_that_units_that_output_nothing_are_dead_units() -> None:
    def silenced(iteration: int) -> Record:
        return guessing(iteration, of=layers(WHOLE, dead=0.95, saturated=0.95))

    last = told(silenced, RELU)[-1]
    assert (last.condition, last.cause) == (Condition.DEAD, Cause.DEAD_UNITS)
    assert [remedy.label for remedy in last.remedies][:1] == ["Leaky ReLU"]


def test_that_units_that_long_steps_have_killed_are_the_fault_of_the_rate() -> None:
    def killed(iteration: int) -> Record:
        return guessing(iteration, of=layers(WHOLE, dead=0.95 if iteration else 0.0))

    last = told(killed, RELU.replace(learning_rate=1.0))[-1]
    assert (last.condition, last.cause) == (Condition.DEAD, Cause.LEARNING_RATE_HIGH)
    assert "Steps of learning rate 1 killed 95" in last.sentence
    assert [remedy.label for remedy in last.remedies][:1] == ["Learning rate 0.1"]


def test_that_saturation_needs_saturated_units_of_a_bounded_activation() -> None:
    def flat(iteration: int) -> Record:
        return guessing(iteration, of=layers((Gain("weights", 5.0), Gain("slope", 0.05)), saturated=0.7))

    assert told(flat)[-1].cause is Cause.SATURATION
    assert told(flat, RELU)[-1].cause is not Cause.SATURATION


@pytest.mark.parametrize("weights", [1e-6, 0.01, 0.1, 0.24])
@pytest.mark.parametrize("slope", [0.25, 0.8])
def test_that_small_weights_are_never_called_saturation(weights: float, slope: float) -> None:
    def small(iteration: int) -> Record:
        return guessing(iteration, of=layers((Gain("weights", weights), Gain("slope", slope)), saturated=0.02))

    assert told(small)[-1].cause is Cause.SMALL_WEIGHTS


def test_that_the_slope_is_the_cause_where_the_weights_pass_everything() -> None:
    def steep(iteration: int) -> Record:
        return guessing(iteration, of=layers((Gain("weights", 1.0), Gain("slope", 0.22))))

    last = told(steep)[-1]
    assert last.cause is Cause.SLOPE
    assert last.remedies[0].label == "ReLU with He weights"


def test_that_a_divergence_is_blamed_on_the_weights_where_the_first_loss_was_huge() -> None:
    error = Diverged(12, "Layer 2")
    assert Diagnosis(RELU.replace(init="gauss"), TEN).diverged(error).cause is Cause.LARGE_WEIGHTS
    assert Diagnosis(RELU, TEN).diverged(error).cause is Cause.LEARNING_RATE_HIGH, "He weights fit ReLU"
    for loss, cause in ((1e6, Cause.LARGE_WEIGHTS), (2.4, Cause.LEARNING_RATE_HIGH), (inf, Cause.LARGE_WEIGHTS)):
        diagnosis = Diagnosis(RELU.replace(learning_rate=1.0, init="gauss"), TEN)
        diagnosis.read(replace(learning(0), loss=loss))
        verdict = diagnosis.diverged(error)
        assert (verdict.condition, verdict.since, verdict.cause) == (Condition.DIVERGED, 12, cause)
        assert verdict.remedies
        assert diagnosis.verdict is verdict


def test_that_the_cause_is_what_the_run_began_with_and_so_are_its_figures() -> None:
    """Training has grown the weights of a run that still guesses, so that by now the slope takes more than they."""

    def grown(iteration: int) -> Record:
        weights = 0.05 if iteration < 1000 else 0.5
        return guessing(iteration, of=layers((Gain("weights", weights), Gain("slope", 0.2))))

    last = told(grown)[-1]
    assert last.cause is Cause.SMALL_WEIGHTS
    assert last.sentence.replace("\u202f", " ").startswith("At the start layer 1 received 1/10 000 of")
    assert "the weights passed 5 % of it at each layer" in last.sentence.replace("\u202f", " ")


# Of the weights, and how much larger or smaller the slope's is.
GAINS = st.tuples(st.floats(1e-6, 2.0), st.floats(0.2, 5.0))


@given(
    story=st.tuples(GAINS, GAINS),
    activation=st.sampled_from([Activation.SIGMOID, Activation.TANH, Activation.RELU, Activation.GELU]),
    rate=st.sampled_from([0.01, 0.1, 0.5]),
)
@example(story=((0.1, 0.7), (0.1, 0.7)), activation=Activation.RELU, rate=0.1)
def test_that_no_sentence_blames_what_its_own_figures_clear(
    story: tuple[tuple[float, float], tuple[float, float]], activation: Activation, rate: float
) -> None:
    """Whoever is blamed has the smaller factor of the two that the sentence names, or it says why not."""

    def told_by(iteration: int) -> Record:
        weights, ratio = story[iteration > 0]
        return guessing(iteration, of=layers((Gain("weights", weights), Gain("slope", weights * ratio))))

    verdict = told(told_by, Config(activation=activation).replace(learning_rate=rate), every=50)[-1]
    assert not clears_whom_it_blames(verdict, activation), verdict.sentence
