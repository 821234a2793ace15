"""What is told after an answer: what was right, what the program says of the patient, what the remedy did."""

from gui.clinic.visit import ClinicVisit, VisitPhase
from model.base.language import tr
from model.base.number_format import count
from model.base.sentences import in_parts
from model.clinic.answer import MOST_POINTS, outcome_sentence

RIGHT, WRONG = "✓", "✗"


def judged_lines(visit: ClinicVisit) -> list[str]:
    """A line for condition and cause each, and how much the instrument that was trusted told."""
    judged, patient = visit.judged, visit.patient
    if not (judged and patient):
        return []
    answer = judged.answer
    told, instrument = judged.cause_right, answer.instrument.label
    return [
        _line(tr("Condition"), answer.condition.label, patient.condition.label, right=judged.condition_right),
        _line(tr("Cause"), answer.cause.label, patient.cause.label, right=judged.cause_right),
        tr("{instrument} told you.", instrument=instrument)
        if told
        else tr("{instrument} did not tell you: look there again, now that you know.", instrument=instrument),
    ]


def _line(what: str, said: str, known: str, *, right: bool) -> str:
    if right:
        return tr("{sign} {what}: {known}.", sign=RIGHT, what=what, known=known)
    return tr("{sign} {what}: you said {said}. It is: {known}.", sign=WRONG, what=what, said=said, known=known)


def therapy_lines(visit: ClinicVisit) -> list[str]:
    """What the therapy came to, and what else would have cured; while it is being trained, how far that is."""
    judged, patient = visit.judged, visit.patient
    if not (judged and patient):
        return []
    therapy = judged.answer.therapy
    if visit.phase is VisitPhase.TREATING and visit.change:
        done, total = visit.progress
        return [
            tr(
                "Being trained beside it: {change}, {done} of {total} iterations.",
                change=visit.change.label,
                done=count(done),
                total=count(total),
            )
        ]
    lines = [f"{RIGHT if judged.cured else WRONG} {outcome_sentence(visit.change, therapy, visit.result)}"]
    others = [each.label for each in patient.cures if each is not therapy]
    if others:
        cures = in_parts(others)
        lines.append(
            tr("Also cures: {cures}.", cures=cures) if judged.cured else tr("What cures: {cures}.", cures=cures)
        )
    return [*lines, tr("{points} of {most} points.", points=judged.points, most=MOST_POINTS)]
