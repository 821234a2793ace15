"""Answers and the points for them."""

from math import nan

import pytest

from model.clinic.answer import INSTRUMENTS, Answer, JudgedAnswer, Score, instruments_used, outcome_sentence
from model.clinic.pool import read_pool
from model.clinic.therapies import Therapy
from model.config.config import Config
from model.config.views import CardKind, ViewKind
from model.cures.trial import Trial, TrialResult
from model.diagnosis.verdict import Cause, Condition, Remedy, Verdict

PATIENT = read_pool()[0]
OTHER_CAUSE = next(cause for cause in Cause if cause is not PATIENT.cause)
OTHER_CONDITION = next(condition for condition in Condition if condition is not PATIENT.condition)


def judged(*, condition: bool = True, cause: bool = True, cured: bool | None = None) -> JudgedAnswer:
    answer = Answer(
        PATIENT.condition if condition else OTHER_CONDITION,
        PATIENT.cause if cause else OTHER_CAUSE,
        ViewKind.LEDGER,
        Therapy.BATCH_NORM,
    )
    found = JudgedAnswer.of(answer, PATIENT)
    return found if cured is None else found.treated(cured=cured)


def test_that_a_point_is_given_for_the_condition_the_cause_and_the_cure() -> None:
    assert judged(cured=True).points == 3
    assert judged(condition=False, cured=True).points == 2
    assert judged(cause=False, cured=True).points == 2
    assert judged(cured=False).points == judged().points == 2
    assert judged(condition=False, cause=False, cured=False).points == 0


def test_that_points_add_up() -> None:
    assert Score.of([]).sentence == "No patient answered yet."
    assert Score.of([judged(cured=True)]).sentence == "3 of 3 points, 1 patient."
    assert Score.of([judged(cured=True), judged(cause=False)]).sentence == "4 of 6 points, 2 patients."


def test_that_every_card_and_view_is_an_instrument_and_has_a_key_of_its_own() -> None:
    assert set(INSTRUMENTS) == {*CardKind, *ViewKind}
    assert len({each.key for each in INSTRUMENTS}) == len(INSTRUMENTS)


def test_that_the_score_tells_which_instruments_told_the_truth() -> None:
    assert list(instruments_used([judged(), judged(cause=False)])) == ["Ledger: 1 of 2 causes right"]


@pytest.mark.parametrize(
    ("condition", "accuracy", "cured", "sentence"),
    [
        (Condition.LEARNING, 0.913, True, "Leaky ReLU cured it: 91.3\u202f% of the test images right."),
        (Condition.DIVERGED, nan, False, "Leaky ReLU diverged at iteration 7."),
        (
            Condition.DEAD,
            0.0980,
            False,
            "Leaky ReLU did not cure it: Dead at iteration 7, 9.8\u202f% of the test images right.",
        ),
    ],
)
def test_that_a_treatment_that_fails_is_told_as_a_result(
    condition: Condition, accuracy: float, sentence: str, *, cured: bool
) -> None:
    result = TrialResult(Trial(Config()), 7, Verdict(condition, 7, Cause.NONE), cured, accuracy)
    assert outcome_sentence(Remedy("Leaky ReLU", {}), Therapy.LEAKY, result) == sentence


def test_that_a_therapy_that_changes_nothing_is_told_as_such() -> None:
    said = outcome_sentence(None, Therapy.NO_DECAY, None)
    assert said == "No weight decay: nothing changes, as this patient has it already or cannot take it."
