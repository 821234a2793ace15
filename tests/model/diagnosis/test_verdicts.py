"""The verdict on real runs: every preset, its remedies, and the grid against what training then did."""

from itertools import islice

import pytest

from model.config.presets import PRESETS
from model.diagnosis.verdict import Cause, Condition, Verdict
from tests.docs import pages
from tests.verdicts import report
from tests.verdicts.grid import READ_AT, grid, name_of, presets
from tests.verdicts.trial import Task, run, run_all

EXPECTED = {
    "sigmoid-gauss": (Condition.DEAD, Cause.SMALL_WEIGHTS),
    "relu-gauss": (Condition.LATE, Cause.SMALL_WEIGHTS),
    "zeros": (Condition.DEAD, Cause.SYMMETRIC),
    "deep-sigmoid": (Condition.DEAD, Cause.SLOPE),
    "raw-pixels": (Condition.DEAD, Cause.PIXELS),
    "squared-error": (Condition.SLOW, Cause.SATURATION),
    "deep-plain": (Condition.STUCK, Cause.SMALL_WEIGHTS),
}
# Of the others every remedy makes them learn; squared error's is late, batch norm needs a higher rate at this depth.
FIRST_CURES = ("squared-error", "deep-plain")
# Other processors round otherwise, and a run that is close to the edge then falls to its other side.
ELSEWHERE = 2


def verdict_on(name: str, **changes: object) -> Verdict:
    """At iteration 2,000 of a preset, with some settings changed."""
    return run(Task(name, presets()[name].replace(**changes), READ_AT)).verdict


@pytest.mark.parametrize("name", [preset.name for preset in PRESETS])
def test_that_every_preset_is_what_the_lesson_says(name: str) -> None:
    verdict = verdict_on(name)
    assert (verdict.condition, verdict.cause) == EXPECTED.get(name, (Condition.LEARNING, Cause.NONE))
    if name == "relu-gauss":
        assert verdict.since == pytest.approx(700, abs=100)
    if verdict.condition is Condition.DEAD:
        assert "is that class's share" in verdict.sentence


@pytest.mark.parametrize("name", FIRST_CURES)
def test_that_the_first_remedy_of_these_presets_makes_them_learn(name: str) -> None:
    cured = verdict_on(name, **verdict_on(name).remedies[0].changes)
    assert cured.condition in (Condition.LEARNING, Condition.LATE)


@pytest.mark.parametrize("name", [name for name in EXPECTED if name not in FIRST_CURES])
def test_that_every_remedy_of_a_preset_makes_it_learn(name: str) -> None:
    ill = verdict_on(name)
    assert ill.remedies
    for remedy in ill.remedies:
        cured = verdict_on(name, **remedy.changes)
        assert cured.condition is Condition.LEARNING, remedy.label


@pytest.mark.timeout(600)
def test_that_verdicts_come_true_as_often_as_the_docs_say() -> None:
    """On every second config of the grid, drawn at random anyway; `python3 run.py verdicts` tries them all."""
    stored = report.stored()
    assert set(stored) == {*presets(), *grid()}
    configs = dict(islice(grid().items(), 0, None, 2))
    said = {trial.name: trial.verdict.condition for trial in run_all(configs, READ_AT)}
    right = sum(said[name] is stored[name][0].condition for name in configs)
    promised = sum(stored[name][1] is stored[name][0].condition for name in configs)
    assert right >= promised - ELSEWHERE


def test_that_the_grid_covers_what_matters() -> None:
    configs = list(grid().values())
    assert len(configs) >= 60
    assert {len(config.hidden) for config in configs} >= {1, 2, 3, 5, 10}
    assert {config.hidden[0] for config in configs} >= {10, 100, 200}
    assert len({config.activation for config in configs}) == 5
    assert len({config.init for config in configs}) == 5
    assert len({config.norm for config in configs}) == 3
    assert {config.optimizer.learning_rate for config in configs} >= {0.001, 0.1, 1.0}
    assert len({name_of(config) for config in configs}) == len(configs)


def test_that_the_docs_show_the_stored_truths() -> None:
    stored, shown = report.stored(), pages.held("verdicts")
    right = sum(truth.condition is said for truth, said in stored.values())
    assert f"{right} of {len(stored)} verdicts" in shown
    for name, (truth, said) in stored.items():
        assert (f"| {name} | {said.key} | {truth.condition.key} |" in shown) is (truth.condition is not said)
