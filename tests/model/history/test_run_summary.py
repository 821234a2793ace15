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
from model.history.run_log import RunLog
from model.history.run_summary import SPARK_POINTS, RunListing, RunSummary, summarise
from tests.support.records import record_of

DEAD = Verdict(Condition.DEAD, 0, Cause.SLOPE, said="It is dead.")
LEARNING = Verdict(Condition.LEARNING, 40, Cause.NONE, said="It learns.")
ACCURACIES = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=300)


def filled(accuracies: list[float]) -> RunLog:
    """The run log of a run with these test accuracies."""
    run_log = RunLog()
    for index, accuracy in enumerate(accuracies):
        run_log.put(record_of(10 * index, loss=1 - accuracy, test=accuracy))
    run_log.iteration = 10 * (len(accuracies) - 1)
    return run_log


def test_that_a_run_without_records_has_no_figures() -> None:
    found = summarise(RunLog())
    assert isnan(found.test_accuracy)
    assert isnan(found.loss)
    assert found.verdict is None
    assert found.spark == ()
    assert (found.iteration, found.ended) == (0, False)


def test_that_the_figures_are_those_of_the_newest_tested_record() -> None:
    run_log = filled([0.25, 0.5, 0.75])
    run_log.put(record_of(30, loss=9.0, test=nan))
    found = summarise(run_log)
    assert (found.test_accuracy, found.loss) == (0.75, 0.25)
    assert found.spark == (0.25, 0.5, 0.75)


def test_that_it_says_how_far_the_run_is_and_whether_it_has_ended() -> None:
    run_log = filled([0.25, 0.5])
    run_log.iteration = 17
    assert (summarise(run_log).iteration, summarise(run_log).ended) == (17, False)
    run_log.end()
    assert summarise(run_log).ended


def test_that_the_verdict_is_the_last_one() -> None:
    run_log = filled([0.1])
    for iteration, verdict in ((0, DEAD), (40, LEARNING)):
        run_log.judge(iteration, verdict)
        assert summarise(run_log).verdict == verdict


@given(ACCURACIES)
def test_that_the_spark_line_goes_from_the_first_to_the_last_in_few_points(accuracies: list[float]) -> None:
    spark = summarise(filled(accuracies)).spark
    assert len(spark) == min(len(accuracies), SPARK_POINTS)
    assert spark[0] == accuracies[0]
    assert spark[-1] == accuracies[-1]
    rest = iter(accuracies)
    assert all(value in rest for value in spark), "points of the curve, in its order"


@given(ACCURACIES)
def test_that_a_short_curve_is_its_own_spark_line(accuracies: list[float]) -> None:
    short = accuracies[:SPARK_POINTS]
    assert summarise(filled(short)).spark == tuple(short)


def test_that_a_digest_stays_as_it_was_when_the_run_goes_on() -> None:
    run_log = filled([0.25, 0.5])
    found = summarise(run_log)
    run_log.put(record_of(20, test=0.9))
    run_log.judge(20, LEARNING)
    assert found == RunSummary(10, 0.5, 0.5, None, (0.25, 0.5), ended=False)


def test_that_a_digest_can_be_taken_while_another_thread_may_write() -> None:
    run_log = filled([0.25])
    summarise(run_log)
    assert run_log.lock.acquire(blocking=False), "the lock is given back"
    run_log.lock.release()


def test_that_every_card_is_of_a_run_of_its_own() -> None:
    listings = [RunListing(Recipe(Config())) for _ in range(100)]
    assert len({UUID(hex=listing.id) for listing in listings}) == 100
    created = [listing.created for listing in listings]
    assert created == sorted(created)
    assert created[-1] == pytest.approx(time(), abs=60)


def test_that_a_new_card_is_shown_and_has_no_name_of_the_users() -> None:
    listing = RunListing(Recipe(Config()))
    assert listing.shown
    assert listing.label == ""
    assert isnan(listing.summary.test_accuracy)


def test_that_a_card_cannot_be_changed_in_place() -> None:
    listing = RunListing(Recipe(Config()))
    with pytest.raises(FrozenInstanceError):
        listing.label = "mine"  # type: ignore[misc]  # that it is refused is the point
