"""What a run leaves: what is put in comes out, verdicts by iteration, a version that tells of every entry."""

from collections.abc import Callable
from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import Diverged
from model.config.config import Config
from model.config.recipe import Change, Recipe
from model.data.datasets import Dataset
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog
from model.training.replay import train_recipe
from model.training.trainer import Trainer
from tests.support.records import record_of

SHARES = (0.1,) * 10
EARLY = Verdict(Condition.EARLY, 0, Cause.NONE, said="Too early to say.")
DEAD = Verdict(Condition.DEAD, 0, Cause.SLOPE, said="It is dead.")
LEARNING = Verdict(Condition.LEARNING, 40, Cause.NONE, said="It learns.")
VERDICTS = st.lists(st.tuples(st.integers(0, 50), st.sampled_from((EARLY, DEAD, LEARNING))), max_size=12)


def diagnosis() -> Diagnosis:
    return Diagnosis(Config(), SHARES)


def checkpoint(iteration: int) -> Checkpoint:
    return Checkpoint(iteration, (np.zeros(3),))


def test_that_a_new_run_log_is_empty_and_open() -> None:
    run_log = RunLog()
    assert len(run_log.history) == 0
    assert not run_log.verdicts
    assert not run_log.changes
    assert run_log.verdict() is None
    assert (run_log.iteration, run_log.ended) == (0, False)


def test_that_records_come_out_as_they_were_put_in() -> None:
    run_log = RunLog()
    for iteration in (0, 10, 20):
        run_log.put(record_of(iteration, loss=1 / (1 + iteration), test=iteration / 100))
    assert run_log.history.iterations.rows[:, 0].tolist() == [0, 10, 20]
    assert run_log.history.curves["test_accuracy"].values.rows[:, 0] == pytest.approx([0, 0.1, 0.2])
    assert run_log.history.newest == record_of(20, loss=1 / 21, test=0.2)


@pytest.mark.parametrize(
    "enter",
    [
        lambda run_log: run_log.put(record_of(0)),
        lambda run_log: run_log.judge(0, DEAD),
        lambda run_log: run_log.diverged(Diverged(3, "layer 1")),
        lambda run_log: run_log.mark(Change(5, "learning_rate", 0.1)),
        lambda run_log: run_log.keep(checkpoint(0)),
        lambda run_log: run_log.end(),
    ],
    ids=["put", "judge", "diverged", "mark", "keep", "end"],
)
def test_that_the_version_grows_with_each_entry(enter: Callable[[RunLog], None]) -> None:
    run_log = RunLog(diagnosis())
    before = run_log.version
    enter(run_log)
    once = run_log.version
    enter(run_log)
    assert before < once < run_log.version


def test_that_reading_leaves_the_version_alone() -> None:
    run_log = RunLog(diagnosis())
    run_log.put(record_of(0))
    before = run_log.version
    run_log.verdict()
    run_log.verdict(0)
    assert run_log.version == before


def test_that_a_diagnosis_judges_each_record() -> None:
    run_log, alone = RunLog(diagnosis()), diagnosis()
    said = []
    for iteration in range(0, 400, 10):
        record = record_of(iteration, loss=2.3 - iteration / 200, test=min(0.1 + iteration / 300, 0.95))
        run_log.put(record)
        said.append((iteration, alone.read(record)))
        assert run_log.verdict() == said[-1][1]
    for iteration, verdict in said:
        assert run_log.verdict(iteration) == verdict, "that of then, not of now"
    assert len({verdict.condition for _, verdict in said}) > 1, "else this has shown nothing"


def test_that_a_run_log_without_a_diagnosis_judges_nothing_by_itself() -> None:
    run_log = RunLog()
    run_log.put(record_of(0))
    run_log.diverged(Diverged(3, "layer 1"))
    assert run_log.verdict() is None
    run_log.judge(0, DEAD)
    assert run_log.verdict() == DEAD


def test_that_a_diverged_run_is_said_to_have_diverged_from_then_on() -> None:
    run_log = RunLog(diagnosis())
    run_log.put(record_of(0))
    run_log.diverged(Diverged(17, "layer 2"))
    now, before = run_log.verdict(), run_log.verdict(16)
    assert now is not None
    assert now.condition is Condition.DIVERGED
    assert now.since == 17
    assert before is not None
    assert before.condition is Condition.EARLY


def test_that_the_same_verdict_again_is_no_second_entry() -> None:
    run_log = RunLog()
    for iteration, verdict in ((0, EARLY), (10, EARLY), (20, DEAD), (30, DEAD), (40, EARLY)):
        run_log.judge(iteration, verdict)
    assert run_log.verdicts == [(0, EARLY), (20, DEAD), (40, EARLY)]


@given(VERDICTS, st.integers(-1, 60))
def test_that_a_verdict_holds_from_its_iteration_until_the_next(
    given_: list[tuple[int, Verdict]], at: int
) -> None:  # fmt: skip
    run_log = RunLog()
    for iteration, verdict in sorted(given_, key=lambda each: each[0]):
        run_log.judge(iteration, verdict)
    said = [verdict for iteration, verdict in sorted(given_, key=lambda each: each[0]) if iteration <= at]
    assert run_log.verdict(at) == (said[-1] if said else None)


def test_that_weights_and_changes_are_kept_in_their_order() -> None:
    run_log = RunLog()
    for iteration in (0, 100, 200):
        run_log.keep(checkpoint(iteration))
    assert [kept.iteration for kept in run_log.history.weights.kept] == [0, 100, 200]
    changes = [Change(100, "learning_rate", 0.1), Change(150, "learning_rate", 0.01)]
    for change in changes:
        run_log.mark(change)
    assert run_log.changes == changes


def test_that_an_ended_run_log_says_so() -> None:
    run_log = RunLog()
    run_log.end()
    assert run_log.ended


def test_that_another_thread_may_write_while_one_reads_under_the_lock() -> None:
    run_log = RunLog()

    def write() -> None:
        for iteration in range(300):
            run_log.put(record_of(iteration))

    writer = Thread(target=write)
    with run_log.lock:
        writer.start()
        for _ in range(1000):
            assert len(run_log.history) == run_log.version == 0
    writer.join()
    assert len(run_log.history) == run_log.version == 300


def test_that_a_whole_run_leaves_its_tested_records_in_the_curves(tiny: Dataset) -> None:
    config = Config(hidden=(8, 6), batch_size=10, iterations=60, record_every=4)
    run_log = RunLog(Diagnosis(config, tiny.class_shares))
    records = list(Trainer(config, tiny))
    for record in records:
        run_log.put(record)
    tested = [record for record in records if record.tested]
    assert run_log.history.iterations.rows[:, 0].tolist() == [record.iteration for record in tested]
    assert run_log.history.curves["loss"].values.rows[:, 0] == pytest.approx([record.loss for record in tested])
    assert run_log.verdict() is not None


def test_that_a_log_from_a_file_shows_its_first_and_newest_record_with_histograms(tiny: Dataset) -> None:
    trained = train_recipe(Recipe(Config(hidden=(4,), batch_size=10, iterations=40)), tiny)
    read = RunLog.restored(trained.history, trained.verdicts, trained.changes, trained.iteration)
    taken = RunLog()
    taken.take_over(read)
    for log in (trained, read, taken):
        assert log.start is trained.history.timeline.pictures[0]
        assert log.shown is trained.history.timeline.pictures[-1]
        assert log.checkpoint is trained.history.weights.kept[-1]
        assert (log.iteration, log.ended) == (40, True)
