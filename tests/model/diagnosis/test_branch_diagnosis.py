"""The verdict on a branch is on what it does itself."""

import pytest

from model.base.errors import Diverged
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.diagnosis.branch_diagnosis import BranchDiagnosis, diagnosis_of
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Condition
from model.training.replay import train_recipe
from tests.support.records import layer_of, record_of

SHARES = (0.5, 0.3, 0.2)
START = 700
# A network that all but passes no signal on: it guesses for as long as it is let.
STUCK = Config(hidden=(12,) * 6, activation="sigmoid", init="gauss", init_std=0.05, batch_size=20, iterations=1_200)  # type: ignore[arg-type]  # names will do


def test_that_a_run_of_its_own_has_the_diagnosis_of_all_runs(tiny: Dataset) -> None:
    assert type(diagnosis_of(Recipe(Config()), tiny)) is Diagnosis


def test_that_a_branch_is_judged_as_a_run_that_begins_there() -> None:
    parent = Recipe(Config(hidden=(8,), iterations=1_000))
    diagnosis, other = (
        BranchDiagnosis(parent.branched(START), SHARES),
        Diagnosis(Config(hidden=(8,), iterations=300), SHARES),
    )
    for n in range(0, 301, 10):
        loss, accuracy = max(1.0 - n / 200, 0.1), min(0.5 + n / 400, 0.95)
        records = [record_of(at, loss, accuracy, accuracy, (layer_of(),)) for at in (START + n, n)]
        mine, theirs = diagnosis.read(records[0]), other.read(records[1])
        assert mine.since == theirs.since + START
        assert (mine.condition, mine.cause, mine.sentence) == (theirs.condition, theirs.cause, theirs.sentence)
        assert diagnosis.verdict == mine
    assert mine.condition is Condition.LEARNING


def test_that_a_branch_that_diverges_did_so_where_it_did() -> None:
    diagnosis = BranchDiagnosis(Recipe(Config()).branched(START), SHARES)
    verdict = diagnosis.diverged(Diverged(START + 5, "Layer 1"))
    assert (verdict.condition, verdict.since) == (Condition.DIVERGED, START + 5)


def test_that_a_remedy_in_mid_run_is_not_told_of_what_it_cured(tiny: Dataset) -> None:
    """The parent guessed for long; the branch learns at once, and is no run that was late."""
    parent = Recipe(STUCK)
    assert train_recipe(parent, tiny).verdict().condition in (Condition.STUCK, Condition.DEAD)  # type: ignore[union-attr]
    cured = train_recipe(parent.branched(START, norm="batch-before"), tiny)
    assert next(verdict.condition for _, verdict in cured.verdicts) is Condition.EARLY
    last = cured.verdict()
    assert last
    assert last.condition is Condition.LEARNING
    assert START <= last.since < START + 100


@pytest.mark.parametrize("left", [0, 1])
def test_that_a_branch_off_the_end_has_a_verdict_too(left: int, tiny: Dataset) -> None:
    parent = Recipe(Config(hidden=(4,), batch_size=10, iterations=30))
    book = train_recipe(parent.branched(30, iterations=30 + left), tiny)
    assert book.verdict()
