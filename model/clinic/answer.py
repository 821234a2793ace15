"""Answers of a learner: what ails a patient, what told it, what shall cure it; and the points for them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from model.base.number_format import count, percent
from model.clinic.patient import Patient
from model.clinic.therapies import Therapy
from model.config.views import CardKind, ViewKind
from model.cures.trial import TrialResult
from model.diagnosis.verdict import Cause, Condition, Remedy

Instrument = CardKind | ViewKind
INSTRUMENTS: tuple[Instrument, ...] = (*CardKind, *ViewKind)
# Condition, cause, cured.
MOST_POINTS = 3


@dataclass(frozen=True)
class Answer:
    """What a learner says of a patient."""

    condition: Condition
    cause: Cause
    instrument: Instrument
    therapy: Therapy


@dataclass(frozen=True)
class JudgedAnswer:
    """An answer and what of it was right; `cured` is None until the therapy has been trained."""

    answer: Answer
    condition_right: bool
    cause_right: bool
    cured: bool | None = None

    @classmethod
    def of(cls, answer: Answer, patient: Patient) -> Self:
        """Compare an answer with what is known of the patient."""
        return cls(answer, answer.condition is patient.condition, answer.cause is patient.cause)

    def treated(self, *, cured: bool) -> Self:
        """With what the therapy came to."""
        return replace(self, cured=cured)

    @property
    def points(self) -> int:
        """One for each that was right."""
        return self.condition_right + self.cause_right + bool(self.cured)


@dataclass(frozen=True)
class Score:
    """The points of several patients, and after how many they were."""

    points: int
    patients: int

    @classmethod
    def of(cls, judged: Iterable[JudgedAnswer]) -> Self:
        """Add up the points."""
        points = [each.points for each in judged]
        return cls(sum(points), len(points))

    @property
    def sentence(self) -> str:
        """What is said of it."""
        if not self.patients:
            return "No patient answered yet."
        patients = "1 patient" if self.patients == 1 else f"{self.patients} patients"
        return f"{self.points} of {MOST_POINTS * self.patients} points, {patients}."


def instruments_used(judged: Sequence[JudgedAnswer]) -> Iterator[str]:
    """Say of every instrument that somebody trusted how often the cause was right, the most trusted first."""
    trusted = {each: [it.cause_right for it in judged if it.answer.instrument is each] for each in INSTRUMENTS}
    for instrument, right in sorted(trusted.items(), key=lambda pair: -len(pair[1])):
        if right:
            yield f"{instrument.label}: {sum(right)} of {len(right)} causes right"


def outcome_sentence(change: Remedy | None, therapy: Therapy, result: TrialResult | None) -> str:
    """What a therapy came to, in one sentence: a failure tells something too.

    `change` is what it was for the patient, None where it was nothing; `result` is None where it could not be trained.
    """
    if change is None:
        return f"{therapy.label}: nothing changes, as this patient has it already or cannot take it."
    if result is None:
        return f"{change.label} could not be trained."
    where = f"at iteration {count(result.iterations)}"
    if result.verdict.condition is Condition.DIVERGED:
        return f"{change.label} diverged {where}."
    knows = f"{percent(result.accuracy)} of the test images right"
    if result.cured:
        return f"{change.label} cured it: {knows}."
    return f"{change.label} did not cure it: {result.verdict.condition.label.lower()} {where}, {knows}."
