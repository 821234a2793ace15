"""The stored patients, which are those that the command makes."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest

from model.base.errors import InputError
from model.clinic.patient import Patient, named_causes, named_conditions
from model.clinic.pool import POOL, pool_text, read_pool
from model.clinic.therapies import Therapy
from model.config.config import Config
from model.diagnosis.verdict import Cause, Condition
from tests.clinic.candidates import Candidate, candidates, has_one_cause, has_one_fault, is_quick
from tests.clinic.training import KeptTraining
from tests.interventions import report

PATIENTS = read_pool()
CANDIDATES = {each.key: each for each in candidates()}
# Patients that are trained again here: those that take little time, each of another cause.
SAMPLED = 3
# Other processors round otherwise, and a run that is close to an edge then falls to its other side.
ROUNDED = 0.05


def quickest(patients: Sequence[Patient]) -> list[Patient]:
    """A patient for each cause, the quickest ones first."""
    by_work = sorted(patients, key=lambda each: (sum(each.config.hidden) * each.config.batch_size, each.key))
    found: dict[Cause, Patient] = {}
    for each in by_work:
        found.setdefault(each.cause, each)
    return list(found.values())


def test_that_the_file_is_written_as_the_command_writes_it() -> None:
    assert POOL.read_text("utf-8") == pool_text(PATIENTS)
    assert pool_text(reversed(PATIENTS)) == pool_text(PATIENTS)


def test_that_every_patient_is_a_network_of_which_it_is_known_what_ails_it() -> None:
    for patient in PATIENTS:
        known = CANDIDATES[patient.key]
        assert (patient.config, patient.cause) == (known.config, known.cause)
        assert known.condition in (None, patient.condition)


def test_that_every_patient_can_be_trained_on_mnist_in_a_few_seconds_and_is_recorded_like_all() -> None:
    assert len({each.config for each in PATIENTS}) == len(PATIENTS) >= 20
    for patient in PATIENTS:
        assert is_quick(patient.config)
        assert patient.config.data == ""
    assert len({(each.config.iterations, each.config.record_every) for each in PATIENTS}) == 1


def test_that_something_cures_every_patient_and_something_does_not() -> None:
    for patient in PATIENTS:
        there = [each for each in Therapy if each.change_of(patient.config)]
        assert patient.cures, patient.key
        assert set(patient.cures) < set(there), patient.key


def test_that_every_therapy_is_something_for_some_network_and_then_changes_it() -> None:
    slow = Config.from_json({"norm": "batch-after", "bn_momentum": 0.9999, "loss": "squared"})
    configs = [*(patient.config for patient in PATIENTS), slow]
    for therapy in Therapy:
        changes = [(therapy.change_of(config), config) for config in configs]
        there = [(change, config) for change, config in changes if change]
        assert there, therapy
        assert all(change.of(config) != config for change, config in there)


def test_that_a_rate_is_made_higher_or_lower_as_its_therapy_says() -> None:
    for patient in PATIENTS:
        for therapy, sign in ((Therapy.HIGHER_RATE, 1), (Therapy.LOWER_RATE, -1)):
            change = therapy.change_of(patient.config)
            if change:
                before = patient.config.optimizer.learning_rate
                assert sign * (change.of(patient.config).optimizer.learning_rate - before) > 0


def test_that_what_is_known_of_patients_is_among_what_can_be_answered() -> None:
    assert {each.condition for each in PATIENTS} <= set(named_conditions())
    assert {each.cause for each in PATIENTS} <= set(named_causes())
    assert len({each.cause for each in PATIENTS}) >= 8
    assert set(named_conditions()) == {Condition.SLOW, Condition.STUCK, Condition.DEAD, Condition.DIVERGED}


def test_that_the_classic_four_have_the_same_curve_and_four_causes() -> None:
    names = ("sigmoid-gauss", "zeros", "relu-he at rate 3", "deep-sigmoid")
    four = [next(each for each in PATIENTS if each.key == f"preset {name}") for name in names]
    for one, other in combinations(four, 2):
        assert one.looks_like(other), (one.key, other.key)


def test_that_many_patients_look_like_one_with_another_cause() -> None:
    twins = Counter(each.key for each in PATIENTS for other in PATIENTS if each.looks_like(other))
    assert len(twins) > len(PATIENTS) / 2


def test_that_networks_with_two_faults_two_causes_or_much_work_are_no_candidates() -> None:
    two = Config.from_json({"init": "zeros", "weight_decay": 1.0})
    assert not has_one_fault(Candidate("two", two, Cause.SYMMETRIC))
    assert not is_quick(Config.from_json({"hidden": [1000]}))
    assert not is_quick(Config.from_json({"hidden": [15] * 30}))
    found = [each for grid in report.stored() for each in grid.failing]
    assert any(has_one_cause(each) for each in found)
    assert any(each.cause_is_right and not has_one_cause(each) for each in found)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("patient", quickest(PATIENTS)[:SAMPLED], ids=lambda each: each.cause.key)
def test_that_a_patient_trained_again_is_what_the_file_says(patient: Patient, tmp_path: Path) -> None:
    now = KeptTraining(tmp_path).examined(CANDIDATES[patient.key])
    assert now is not None
    assert (now.key, now.config, now.condition, now.cause) == (
        patient.key, patient.config, patient.condition, patient.cause,
    )  # fmt: skip
    assert now.curve == pytest.approx(patient.curve, abs=ROUNDED)
    assert now.cures == patient.cures


def test_that_a_file_that_is_none_is_told_in_a_sentence(tmp_path: Path) -> None:
    for text in ("", "{}", "[1]", '[{"key": 1}]', '[{"key": "a", "settings": {"hidden": "x"}}]'):
        path = tmp_path / f"{len(text)}.json"
        path.write_text(text)
        if text != "{}":
            with pytest.raises(InputError, match="cannot be read"):
                read_pool(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_pool(tmp_path / "nothing.json")
