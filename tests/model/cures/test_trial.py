"""A trial is the run that its config describes, ended as soon as it is sure that it will not learn."""

from math import isnan

import pytest

from model.config.presets import preset_named
from model.cures.trial import TESTS, Trial, enough_accuracy, is_cured, run_trial, try_on
from model.data.datasets import Dataset
from model.diagnosis.verdict import Condition
from model.training.trainer import Trainer
from tests.support.cures import DEEP, QUICK


def test_that_a_run_that_learns_goes_to_its_end_and_ends_as_it_would_anywhere(tiny: Dataset) -> None:
    result = try_on(Trial(QUICK), tiny)
    *_, last = Trainer(QUICK, tiny)
    assert result.cured
    assert result.iterations == QUICK.iterations
    assert result.accuracy == last.test_accuracy
    assert result.signal == last.output.signal_std
    assert result.reach == last.layers[0].delta_rms / last.output.delta_rms


def test_that_a_dead_run_is_given_up(tiny: Dataset) -> None:
    result = try_on(Trial(DEEP), tiny)
    assert result.verdict.condition is Condition.DEAD
    assert result.iterations < DEEP.iterations
    assert not result.cured
    assert result.accuracy == result.spark[-1]
    assert result.reach < 0.01


def test_that_a_diverged_run_has_no_accuracy(tiny: Dataset) -> None:
    result = try_on(Trial(QUICK.replace(activation="identity", init="gauss", init_std=100, learning_rate=1000)), tiny)
    assert result.verdict.condition is Condition.DIVERGED
    assert isnan(result.accuracy)
    assert not result.cured


def test_that_a_trial_always_gives_the_same(tiny: Dataset) -> None:
    trial = Trial(DEEP.replace(norm="batch-before"), ("Batch norm",))
    assert repr(try_on(trial, tiny)) == repr(try_on(trial, tiny))


def test_that_a_spark_line_has_about_as_many_points_as_a_trial_has_tests(tiny: Dataset) -> None:
    assert len(try_on(Trial(QUICK.replace(record_every=1)), tiny).spark) == TESTS + 1
    assert len(try_on(Trial(QUICK.replace(record_every=300)), tiny).spark) == 3


def test_that_a_worker_process_reads_the_data_that_the_config_names(folder: str, tiny: Dataset) -> None:
    config = DEEP.replace(data=folder)
    assert run_trial(Trial(config)).spark == try_on(Trial(DEEP), tiny).spark


@pytest.mark.parametrize(("chance", "enough"), [(0.1135, 0.7), (0.4, 0.7), (0.6, 0.9), (0.96, 0.99)])
def test_that_a_cure_knows_decidedly_more_than_guessing_does(chance: float, enough: float) -> None:
    assert enough_accuracy(chance) == pytest.approx(enough)


@pytest.mark.parametrize("condition", Condition)
def test_that_only_a_run_that_learns_is_cured(condition: Condition) -> None:
    assert is_cured(condition, 0.9, 0.1) == (condition in (Condition.LEARNING, Condition.LATE))
    assert not is_cured(condition, 0.69, 0.1)


@pytest.mark.parametrize("name", ["deep-sigmoid", "raw-pixels"])
def test_that_a_trial_of_a_dead_preset_says_so(name: str, mnist: Dataset) -> None:
    assert try_on(Trial(preset_named(name).config), mnist).verdict.condition is Condition.DEAD
