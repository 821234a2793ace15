"""Which condition a run is in, on records made by hand."""

import re
from dataclasses import replace
from math import nan

import pytest

from model.config.config import Config
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Cause, Condition, verdict_json
from model.measurement.gains import Gain
from model.measurement.records import Record
from model.nn.optimizers import SGD
from tests.support.recorded_stories import RELU, SIGMOID, TEN, changes, growing, guessing, layers, learning, told
from tests.support.records import layer_of, record_of


def test_that_a_verdict_waits_for_the_first_hundred_iterations_and_has_no_cause() -> None:
    assert Diagnosis(SIGMOID, TEN).verdict.condition is Condition.EARLY
    early = told(guessing, until=90)
    assert changes(early) == [Condition.EARLY]
    assert early[-1].cause is Cause.NONE
    assert not early[-1].remedies


def test_that_a_network_that_learns_is_told_so_soon_and_needs_no_remedy() -> None:
    verdicts = told(rising)
    assert changes(verdicts) == [Condition.EARLY, Condition.LEARNING]
    last = verdicts[-1]
    assert last.since <= 50
    assert last.cause is Cause.NONE
    assert not last.remedies
    assert "90 % of the images are right" in last.sentence.replace("\u202f", " ")


def rising(iteration: int) -> Record:
    return learning(iteration, 0.9 - 0.8 * 0.5 ** (iteration / 100))


def test_that_a_signal_that_stands_still_is_dead_of_small_weights_and_not_of_saturation() -> None:
    last = told(guessing)[-1]
    assert (last.condition, last.cause, last.since) == (Condition.DEAD, Cause.SMALL_WEIGHTS, 0)
    plain = last.sentence.replace("\u202f", " ")
    assert "Layer 1 receives 1/7 900 of the output's gradient" in plain
    assert "the weights pass 4.5 % of it at each layer, the slope 25 %; nothing is saturated" in plain
    assert "It answers 1 to every image: 11.35 % is that class's share." in plain
    assert [remedy.label for remedy in last.remedies][:2] == ["Xavier weights", "Batch norm"]


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e6])
def test_that_no_absolute_size_of_a_gradient_decides(scale: float) -> None:
    def scaled(iteration: int) -> Record:
        record = guessing(iteration)
        of = tuple(replace(each, delta_rms=each.delta_rms * scale, weight_gradient_rms=scale) for each in record.layers)
        return replace(record, layers=of, output=replace(record.output, delta_rms=1e-3 * scale))

    mine, theirs = told(scaled)[-1], told(guessing)[-1]
    assert mine.sentence == theirs.sentence
    assert replace(mine, figures={}) == replace(theirs, figures={}), "but for the rounding of their figures"


def test_that_a_growing_signal_may_escape_and_has_done_so_late() -> None:
    verdicts = told(growing, RELU)
    assert changes(verdicts) == [Condition.EARLY, Condition.STUCK, Condition.LATE]
    stuck = verdicts[50]
    doubling = re.search(r"the signal doubles every (\d+) iterations", stuck.sentence)
    assert doubling
    assert int(doubling[1]) == pytest.approx(50, abs=3)
    assert verdicts[-1].since == pytest.approx(700, abs=20)
    assert verdicts[-1].cause is Cause.SMALL_WEIGHTS


@pytest.mark.parametrize("every", [1, 7, 50, 200])
def test_that_the_verdict_is_the_same_however_often_is_recorded(every: int) -> None:
    assert told(guessing, every=every)[-1].condition is Condition.DEAD
    assert told(growing, RELU, every)[-1].condition is Condition.LATE
    assert told(learning, every=every)[-1].condition is Condition.LEARNING


def test_that_one_record_at_the_very_end_is_enough_to_see_that_it_learned() -> None:
    diagnosis = Diagnosis(Config(iterations=1_000_000), TEN)
    for iteration in range(101):
        diagnosis.read(replace(guessing(iteration), test_accuracy=nan))
    assert diagnosis.read(learning(1_000_000, 0.95)).condition is Condition.LEARNING


def test_that_a_verdict_is_not_changed_by_single_records() -> None:
    def moody(iteration: int) -> Record:
        odd = iteration % 200 == 150
        return replace(guessing(iteration), test_accuracy=0.2, loss=2.2) if odd else guessing(iteration)

    assert changes(told(moody)) == [Condition.EARLY, Condition.STUCK, Condition.DEAD]

    def clumsy(iteration: int) -> Record:
        return guessing(iteration) if iteration % 200 == 150 else learning(iteration, 0.9)

    assert changes(told(clumsy)) == [Condition.EARLY, Condition.LEARNING]


def test_that_a_run_that_forgets_everything_is_dead_since_then() -> None:
    def fall(iteration: int) -> Record:
        return learning(iteration) if iteration < 600 else guessing(iteration, 1e-9)

    verdicts = told(fall)
    assert changes(verdicts)[-1] is Condition.DEAD
    assert verdicts[-1].since == pytest.approx(750, abs=200)


def test_that_a_pace_that_is_not_enough_is_slow_and_a_low_rate_its_cause() -> None:
    def crawl(iteration: int) -> Record:
        return learning(iteration, 0.15 + 0.2 * iteration / 2000)

    last = told(crawl, RELU.replace(learning_rate=0.001))[-1]
    assert (last.condition, last.cause) == (Condition.SLOW, Cause.LEARNING_RATE_LOW)
    assert [remedy.label for remedy in last.remedies] == ["Learning rate 0.1"]


def test_that_figures_that_do_not_exist_do_no_harm() -> None:
    def hollow(iteration: int) -> Record:
        of = layers((Gain("weights", nan), Gain("slope", nan)), update_ratio=nan, delta_rms=0.0)
        output = layer_of("Output", signal_std=nan, activation_rms=0.0, delta_rms=0.0, update_ratio=nan)
        return replace(guessing(iteration, of=of, output=output), test_accuracy=nan)

    last = told(hollow)[-1]
    assert last.condition is Condition.DEAD
    assert "nan" not in last.sentence


def test_that_a_network_without_hidden_layers_has_a_verdict_too() -> None:
    def shallow(iteration: int) -> Record:
        return replace(learning(iteration), layers=())

    assert told(shallow, Config(hidden=()))[-1].condition is Condition.LEARNING
    last = told(alone, Config(hidden=(), optimizer=SGD(learning_rate=1e-6)))[-1]
    assert (last.condition, last.cause) == (Condition.DEAD, Cause.LEARNING_RATE_LOW)


def alone(iteration: int) -> Record:
    return guessing(iteration, of=())


def test_that_chance_is_what_the_classes_make_it() -> None:
    """Nine tenths of one class: an accuracy of 0.9 is guessing there, and learning elsewhere."""
    for shares, condition in (([0.9, 0.1], Condition.DEAD), ([0.5, 0.5], Condition.LEARNING)):
        diagnosis = Diagnosis(SIGMOID, shares)
        for iteration in range(0, 2001, 10):
            diagnosis.read(record_of(iteration, 0.325, 0.9, 0.9, layers(), answer=0, answer_share=1.0))
        assert diagnosis.verdict.condition is condition


def test_that_a_batch_of_one_is_not_called_dead_for_a_signal_that_it_cannot_show() -> None:
    def lonely(iteration: int) -> Record:
        return replace(guessing(iteration, 0.0), train_accuracy=float(iteration % 9 == 0))

    config = SIGMOID.replace(batch_size=1)
    assert changes(told(lonely, config, until=config.iterations // 2 - 1)) == [Condition.EARLY, Condition.STUCK]
    assert told(lonely, config)[-1].condition is Condition.DEAD  # its tests have shown nothing either
    assert told(lonely, SIGMOID.replace(batch_size=100))[-1].condition is Condition.DEAD


def test_that_a_network_that_tells_some_images_apart_is_not_called_dead() -> None:
    def torn(iteration: int) -> Record:
        return guessing(iteration, answer_share=0.8)

    assert told(torn)[-1].condition is Condition.STUCK


def test_that_the_sentence_is_renewed_seldom_and_the_memory_stays_small() -> None:
    diagnosis = Diagnosis(SIGMOID.replace(iterations=20_000), TEN)
    verdicts = [diagnosis.read(guessing(iteration)) for iteration in range(20_001)]
    assert len({id(verdict) for verdict in verdicts}) < 60
    assert len(diagnosis.evidence.checkpoints) <= 16


def test_that_the_same_records_give_the_same_verdicts() -> None:
    assert told(growing) == told(growing)


def test_that_a_verdict_is_plain_json() -> None:
    verdict = told(guessing)[-1]
    assert verdict_json(verdict) == {
        "class": "dead",
        "since": 0,
        "cause": "small-weights",
        "sentence": verdict.sentence,
        "figures": {
            "layers": 2,
            "weights": pytest.approx(0.045),
            "slope": 0.25,
            "layer": 0,
            "saturated": 0.0,
            "reach": pytest.approx((0.045 * 0.25) ** 2),
            "when": "now",
            "answer": 1,
            "class_share": 0.1135,
        },
    }
