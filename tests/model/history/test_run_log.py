"""A run's logbook: what is put in comes out, verdicts by iteration, a version that tells of every entry."""

from collections.abc import Callable
from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import Diverged
from model.config.config import Config
from model.config.recipe import Change
from model.data.datasets import Dataset
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.history.checkpoints import Snapshot
from model.history.run_log import Logbook
from model.training.trainer import Trainer
from tests.support.records import record_of

SHARES = (0.1,) * 10
EARLY = Verdict(Condition.EARLY, 0, Cause.NONE, "Too early to say.")
DEAD = Verdict(Condition.DEAD, 0, Cause.SLOPE, "It is dead.")
LEARNING = Verdict(Condition.LEARNING, 40, Cause.NONE, "It learns.")
VERDICTS = st.lists(st.tuples(st.integers(0, 50), st.sampled_from((EARLY, DEAD, LEARNING))), max_size=12)


def diagnosis() -> Diagnosis:
    return Diagnosis(Config(), SHARES)


def snapshot(iteration: int) -> Snapshot:
    return Snapshot(iteration, (np.zeros(3),))


def test_that_a_new_logbook_is_empty_and_open() -> None:
    logbook = Logbook()
    assert len(logbook.history) == 0
    assert not logbook.verdicts
    assert not logbook.changes
    assert logbook.verdict() is None
    assert (logbook.iteration, logbook.ended) == (0, False)


def test_that_records_come_out_as_they_were_put_in() -> None:
    logbook = Logbook()
    for iteration in (0, 10, 20):
        logbook.put(record_of(iteration, loss=1 / (1 + iteration), test=iteration / 100))
    assert logbook.history.iterations.rows[:, 0].tolist() == [0, 10, 20]
    assert logbook.history.curves["test_accuracy"].values.rows[:, 0] == pytest.approx([0, 0.1, 0.2])
    assert logbook.history.newest == record_of(20, loss=1 / 21, test=0.2)


@pytest.mark.parametrize(
    "enter",
    [
        lambda logbook: logbook.put(record_of(0)),
        lambda logbook: logbook.judge(0, DEAD),
        lambda logbook: logbook.diverged(Diverged(3, "layer 1")),
        lambda logbook: logbook.mark(Change(5, "learning_rate", 0.1)),
        lambda logbook: logbook.keep(snapshot(0)),
        lambda logbook: logbook.end(),
    ],
    ids=["put", "judge", "diverged", "mark", "keep", "end"],
)
def test_that_the_version_grows_with_each_entry(enter: Callable[[Logbook], None]) -> None:
    logbook = Logbook(diagnosis())
    before = logbook.version
    enter(logbook)
    once = logbook.version
    enter(logbook)
    assert before < once < logbook.version


def test_that_reading_leaves_the_version_alone() -> None:
    logbook = Logbook(diagnosis())
    logbook.put(record_of(0))
    before = logbook.version
    logbook.verdict()
    logbook.verdict(0)
    assert logbook.version == before


def test_that_a_diagnosis_judges_each_record() -> None:
    logbook, alone = Logbook(diagnosis()), diagnosis()
    said = []
    for iteration in range(0, 400, 10):
        record = record_of(iteration, loss=2.3 - iteration / 200, test=min(0.1 + iteration / 300, 0.95))
        logbook.put(record)
        said.append((iteration, alone.read(record)))
        assert logbook.verdict() == said[-1][1]
    for iteration, verdict in said:
        assert logbook.verdict(iteration) == verdict, "that of then, not of now"
    assert len({verdict.condition for _, verdict in said}) > 1, "else this has shown nothing"


def test_that_a_logbook_without_a_diagnosis_judges_nothing_by_itself() -> None:
    logbook = Logbook()
    logbook.put(record_of(0))
    logbook.diverged(Diverged(3, "layer 1"))
    assert logbook.verdict() is None
    logbook.judge(0, DEAD)
    assert logbook.verdict() == DEAD


def test_that_a_diverged_run_is_said_to_have_diverged_from_then_on() -> None:
    logbook = Logbook(diagnosis())
    logbook.put(record_of(0))
    logbook.diverged(Diverged(17, "layer 2"))
    now, before = logbook.verdict(), logbook.verdict(16)
    assert now is not None
    assert now.condition is Condition.DIVERGED
    assert now.since == 17
    assert before is not None
    assert before.condition is Condition.EARLY


def test_that_the_same_verdict_again_is_no_second_entry() -> None:
    logbook = Logbook()
    for iteration, verdict in ((0, EARLY), (10, EARLY), (20, DEAD), (30, DEAD), (40, EARLY)):
        logbook.judge(iteration, verdict)
    assert logbook.verdicts == [(0, EARLY), (20, DEAD), (40, EARLY)]


@given(VERDICTS, st.integers(-1, 60))
def test_that_a_verdict_holds_from_its_iteration_until_the_next(
    given_: list[tuple[int, Verdict]], at: int
) -> None:  # fmt: skip
    logbook = Logbook()
    for iteration, verdict in sorted(given_, key=lambda each: each[0]):
        logbook.judge(iteration, verdict)
    said = [verdict for iteration, verdict in sorted(given_, key=lambda each: each[0]) if iteration <= at]
    assert logbook.verdict(at) == (said[-1] if said else None)


def test_that_weights_and_changes_are_kept_in_their_order() -> None:
    logbook = Logbook()
    for iteration in (0, 100, 200):
        logbook.keep(snapshot(iteration))
    assert [kept.iteration for kept in logbook.history.weights.kept] == [0, 100, 200]
    changes = [Change(100, "learning_rate", 0.1), Change(150, "learning_rate", 0.01)]
    for change in changes:
        logbook.mark(change)
    assert logbook.changes == changes


def test_that_an_ended_logbook_says_so() -> None:
    logbook = Logbook()
    logbook.end()
    assert logbook.ended


def test_that_another_thread_may_write_while_one_reads_under_the_lock() -> None:
    logbook = Logbook()

    def write() -> None:
        for iteration in range(300):
            logbook.put(record_of(iteration))

    writer = Thread(target=write)
    with logbook.lock:
        writer.start()
        for _ in range(1000):
            assert len(logbook.history) == logbook.version == 0
    writer.join()
    assert len(logbook.history) == logbook.version == 300


def test_that_a_whole_run_leaves_its_tested_records_in_the_curves(tiny: Dataset) -> None:
    config = Config(hidden=(8, 6), batch_size=10, iterations=60, record_every=4)
    logbook = Logbook(Diagnosis(config, tiny.class_shares))
    records = list(Trainer(config, tiny))
    for record in records:
        logbook.put(record)
    tested = [record for record in records if record.tested]
    assert logbook.history.iterations.rows[:, 0].tolist() == [record.iteration for record in tested]
    assert logbook.history.curves["loss"].values.rows[:, 0] == pytest.approx([record.loss for record in tested])
    assert logbook.verdict() is not None
