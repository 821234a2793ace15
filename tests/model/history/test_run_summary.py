"""What a list tells of a run: its newest figures, its verdict, a short curve, and who it is."""

from dataclasses import FrozenInstanceError
from math import isnan, nan
from time import time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.config.config import Config
from model.config.recipe import Recipe
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.history.run_log import Logbook
from model.history.run_summary import SPARK, Digest, RunCard, digest
from tests.support.records import record_of

DEAD = Verdict(Condition.DEAD, 0, Cause.SLOPE, "It is dead.")
LEARNING = Verdict(Condition.LEARNING, 40, Cause.NONE, "It learns.")
ACCURACIES = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=300)


def filled(accuracies: list[float]) -> Logbook:
    """The logbook of a run with these test accuracies."""
    logbook = Logbook()
    for index, accuracy in enumerate(accuracies):
        logbook.put(record_of(10 * index, loss=1 - accuracy, test=accuracy))
    logbook.iteration = 10 * (len(accuracies) - 1)
    return logbook


def test_that_a_run_without_records_has_no_figures() -> None:
    found = digest(Logbook())
    assert isnan(found.test_accuracy)
    assert isnan(found.loss)
    assert found.verdict is None
    assert found.spark == ()
    assert (found.iteration, found.ended) == (0, False)


def test_that_the_figures_are_those_of_the_newest_tested_record() -> None:
    logbook = filled([0.25, 0.5, 0.75])
    logbook.put(record_of(30, loss=9.0, test=nan))
    found = digest(logbook)
    assert (found.test_accuracy, found.loss) == (0.75, 0.25)
    assert found.spark == (0.25, 0.5, 0.75)


def test_that_it_says_how_far_the_run_is_and_whether_it_has_ended() -> None:
    logbook = filled([0.25, 0.5])
    logbook.iteration = 17
    assert (digest(logbook).iteration, digest(logbook).ended) == (17, False)
    logbook.end()
    assert digest(logbook).ended


def test_that_the_verdict_is_the_last_one() -> None:
    logbook = filled([0.1])
    for iteration, verdict in ((0, DEAD), (40, LEARNING)):
        logbook.judge(iteration, verdict)
        assert digest(logbook).verdict == verdict


@given(ACCURACIES)
def test_that_the_spark_line_goes_from_the_first_to_the_last_in_few_points(accuracies: list[float]) -> None:
    spark = digest(filled(accuracies)).spark
    assert len(spark) == min(len(accuracies), SPARK)
    assert spark[0] == accuracies[0]
    assert spark[-1] == accuracies[-1]
    rest = iter(accuracies)
    assert all(value in rest for value in spark), "points of the curve, in its order"


@given(ACCURACIES)
def test_that_a_short_curve_is_its_own_spark_line(accuracies: list[float]) -> None:
    short = accuracies[:SPARK]
    assert digest(filled(short)).spark == tuple(short)


def test_that_a_digest_stays_as_it_was_when_the_run_goes_on() -> None:
    logbook = filled([0.25, 0.5])
    found = digest(logbook)
    logbook.put(record_of(20, test=0.9))
    logbook.judge(20, LEARNING)
    assert found == Digest(10, 0.5, 0.5, None, (0.25, 0.5), ended=False)


def test_that_a_digest_can_be_taken_while_another_thread_may_write() -> None:
    logbook = filled([0.25])
    digest(logbook)
    assert logbook.lock.acquire(blocking=False), "the lock is given back"
    logbook.lock.release()


def test_that_every_card_is_of_a_run_of_its_own() -> None:
    cards = [RunCard(Recipe(Config())) for _ in range(100)]
    assert len({UUID(hex=card.id) for card in cards}) == 100
    created = [card.created for card in cards]
    assert created == sorted(created)
    assert created[-1] == pytest.approx(time(), abs=60)


def test_that_a_new_card_is_shown_and_has_no_name_of_the_users() -> None:
    card = RunCard(Recipe(Config()))
    assert card.shown
    assert card.label == ""
    assert isnan(card.digest.test_accuracy)


def test_that_a_card_cannot_be_changed_in_place() -> None:
    card = RunCard(Recipe(Config()))
    with pytest.raises(FrozenInstanceError):
        card.label = "mine"  # type: ignore[misc]  # that it is refused is the point
