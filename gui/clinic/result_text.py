"""What is told after an answer: what was right, what the program says of the patient, what the remedy did."""

from gui.clinic.visit import ClinicVisit, VisitPhase
from model.base.number_format import count
from model.clinic.answer import MOST_POINTS, outcome_sentence

RIGHT, WRONG = "✓", "✗"


def judged_lines(visit: ClinicVisit) -> list[str]:
    """A line for condition and cause each, and how much the instrument that was trusted told."""
    judged, patient = visit.judged, visit.patient
    if not (judged and patient):
        return []
    answer = judged.answer
    told = "told you" if judged.cause_right else "did not tell you: look there again, now that you know"
    return [
        _line("Condition", answer.condition.label, patient.condition.label, right=judged.condition_right),
        _line("Cause", answer.cause.label, patient.cause.label, right=judged.cause_right),
        f"{answer.instrument.label} {told}.",
    ]


def _line(what: str, said: str, known: str, *, right: bool) -> str:
    return f"{RIGHT} {what}: {known}." if right else f"{WRONG} {what}: you said {said}. It is: {known}."


def therapy_lines(visit: ClinicVisit) -> list[str]:
    """What the therapy came to, and what else would have cured; while it is being trained, how far that is."""
    judged, patient = visit.judged, visit.patient
    if not (judged and patient):
        return []
    therapy = judged.answer.therapy
    if visit.phase is VisitPhase.TREATING and visit.change:
        done, total = visit.progress
        return [f"Being trained beside it: {visit.change.label}, {count(done)} of {count(total)} iterations."]
    lines = [f"{RIGHT if judged.cured else WRONG} {outcome_sentence(visit.change, therapy, visit.result)}"]
    others = [each.label for each in patient.cures if each is not therapy]
    if others:
        lines.append(f"{'Also cures' if judged.cured else 'What cures'}: {'; '.join(others)}.")
    return [*lines, f"{judged.points} of {MOST_POINTS} points."]
