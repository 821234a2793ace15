"""How long a run is expected to go on guessing, from how its signal grows."""

from collections.abc import Callable
from dataclasses import replace
from math import exp, inf, log, nan

import pytest

from model.config.config import Config
from model.diagnosis.evidence import ESCAPED_SPREAD, Evidence
from tests.support.recorded_stories import SIGMOID, TEN, guessing


def followed(signal: Callable[[int], float], layers: int, until: int = 2000) -> Evidence:
    """What is known after a run whose output's signal is `signal`."""
    evidence = Evidence(SIGMOID.replace(hidden=(10,) * layers), TEN)
    for iteration in range(0, until + 1, 10):
        evidence.read(guessing(iteration, signal(iteration)))
    return evidence


def doubling(iteration: int) -> float:
    return 1e-6 * 2 ** (iteration / 200)


def together(iteration: int) -> float:
    """Four layers of weights that grow together, ds/dt ~ s^(3/2): s ~ 1 / (T - t)², here with T = 2,600."""
    return 100 / (2600 - iteration) ** 2


def still(iteration: int) -> float:
    return 1e-6 * exp(0.05 * (-1) ** (iteration // 10))


def test_that_a_signal_that_stands_still_is_not_expected_to_escape() -> None:
    assert followed(still, 2).wait > 100_000


def test_that_one_hidden_layer_grows_at_its_present_rate() -> None:
    evidence = followed(doubling, 1)
    assert evidence.doubling == pytest.approx(200, rel=0.05)
    assert evidence.wait == pytest.approx(log(ESCAPED_SPREAD / doubling(2000)) / log(2) * 200, rel=0.15)


def test_that_layers_that_grow_together_escape_in_a_finite_time_however_small_the_signal() -> None:
    assert followed(together, 3).wait == pytest.approx(600, rel=0.3)
    assert followed(vanishing, 3).wait == pytest.approx(600, rel=0.3)


def vanishing(iteration: int) -> float:
    return 1e-2 * together(iteration)


def test_that_what_rounding_alone_tells_apart_does_not_count() -> None:
    evidence = followed(rounding, 2)
    assert evidence.silent
    assert evidence.wait == inf
    assert evidence.doubling is None


def rounding(iteration: int) -> float:
    return 1e-9 * 2 ** (iteration / 500)


def test_that_skill_and_drop_are_0_for_guessing_and_1_for_perfection() -> None:
    evidence = Evidence(Config(), [0.25, 0.25, 0.5])
    entropy = 1.5 * log(2)
    for accuracy, loss, level in ((0.5, entropy, 0.0), (1.0, 0.0, 1.0)):
        evidence.loss = loss
        assert evidence.skill_of(accuracy) == pytest.approx(level)
        assert evidence.drop == pytest.approx(level)


def test_that_a_test_counts_for_more_than_a_small_batch() -> None:
    few = SIGMOID.replace(batch_size=10)
    tested, untested = Evidence(few, TEN), Evidence(few, TEN)
    for iteration in range(0, 60, 10):
        record = replace(guessing(iteration), train_accuracy=0.9, test_accuracy=0.9) if iteration else guessing(0)
        tested.read(record)
        untested.read(replace(record, test_accuracy=nan) if iteration else record)
    assert tested.accuracy > untested.accuracy
