"""What a verdict rests on beside its condition: the cause, the figures from which it was found, and remedies."""

from typing import Any, NamedTuple

from model.base.errors import Diverged
from model.diagnosis.cause_figures import cause_figures, factor_figures
from model.diagnosis.causes import cause_of
from model.diagnosis.faults import faults, slight_faults
from model.diagnosis.figures import NamedFigures, place_figures
from model.diagnosis.ledger_summary import summarise_ledger
from model.diagnosis.remedies import remedies, removals
from model.diagnosis.settings_at_fault import is_stale, likeliest
from model.diagnosis.subject import Subject
from model.diagnosis.verdict import Cause, Condition, Remedy
from model.measurement.records import Record

# Share of a batch that counts as every image.
EVERY_SHARE = 0.95

# What makes numbers grow without end; steps that are too short or a gradient that vanishes do not.
EXPLOSIVE = (
    Cause.PIXELS, Cause.LARGE_WEIGHTS, Cause.LEARNING_RATE_HIGH, Cause.HIGH_MOMENTUM, Cause.SMALL_BATCH,
    Cause.TOO_DEEP,
)  # fmt: skip


class Finding(NamedTuple):
    """Cause, figures and remedies of a verdict."""

    cause: Cause
    figures: NamedFigures
    remedies: tuple[Remedy, ...] = ()


def explain(subject: Subject, record: Record, condition: Condition) -> Finding:
    """Explain why a run is in `condition`, from its last `record`."""
    if condition is Condition.EARLY:
        return Finding(Cause.NONE, {})
    if condition is Condition.LEARNING:
        reach = {"reach": summarise_ledger(record).reach} if record.layers else {}
        lag = {"train_accuracy": subject.evidence.train_accuracy} if is_stale(subject) else {}
        return Finding(Cause.NONE, {**_accuracy(subject), "layers": len(record.layers), **reach, **lag})
    cause = cause_of(subject, record)
    found = cause_figures(cause, subject, record)
    if condition is Condition.SLOW:
        found |= {**_accuracy(subject), "iterations": record.iteration}
    elif condition is Condition.STUCK:
        found |= _growth(subject)
    else:
        found |= _one_answer(subject, record)
    return Finding(cause, found, remedies(cause, subject.config))


def explain_escape(subject: Subject, stuck: Record | None, escaped: int) -> Finding:
    """Explain why a run left its plateau only at iteration `escaped`; `stuck` is a record from before it, if any."""
    cause = cause_of(subject, stuck) if stuck else Cause.NONE
    guessed = {"guessed": escaped}
    if stuck is None or cause is Cause.NONE:
        return Finding(Cause.NONE, guessed)
    if cause in (Cause.SMALL_WEIGHTS, Cause.SLOPE):
        ledger = summarise_ledger(subject.first or stuck)
        found = factor_figures(cause, subject, ledger, len(stuck.layers))
    else:
        found = cause_figures(cause, subject, stuck)
    return Finding(cause, {**guessed, **found}, remedies(cause, subject.config))


def explain_slow_escape(subject: Subject, record: Record, stuck: Record | None, escaped: int) -> Finding:
    """Explain why a run that left its plateau at iteration `escaped` still knows too little."""
    cause = cause_of(subject, stuck or record)
    progress = {**_accuracy(subject), "iterations": record.iteration, "guessed": escaped}
    found = cause_figures(cause, subject, stuck or record)
    return Finding(cause, {**progress, **found}, remedies(cause, subject.config))


def explain_divergence(subject: Subject, error: Diverged) -> Finding:
    """Explain why a run diverged; without a first record only the place is known."""
    config = subject.config
    # Weights that fit the activation already are not to blame, however large the first loss was.
    by_weights = subject.began_confident and any(removals(Cause.LARGE_WEIGHTS, config))
    usual = Cause.LARGE_WEIGHTS if by_weights else Cause.LEARNING_RATE_HIGH
    present, slight = (tuple(each for each in found(config) if each in EXPLOSIVE) for found in (faults, slight_faults))
    cause = likeliest(config, present, slight if present else ()) or usual
    if subject.first and by_weights and cause not in (Cause.PIXELS, Cause.TOO_DEEP):
        cause = Cause.LARGE_WEIGHTS
    found = cause_figures(cause, subject, subject.first) if subject.first else {}
    place = place_figures(error.place, len(subject.config.hidden))
    return Finding(cause, {**place, **found}, remedies(cause, subject.config))


def _accuracy(subject: Subject) -> dict[str, Any]:
    return {"accuracy": max(subject.accuracy, 0.0)}


def _growth(subject: Subject) -> dict[str, Any]:
    doubling = subject.evidence.doubling
    return {} if doubling is None else {"doubling": doubling}


def _one_answer(subject: Subject, record: Record) -> dict[str, Any]:
    if subject.evidence.answer_share < EVERY_SHARE:
        return {}
    return {"answer": record.answer, "class_share": subject.shares[record.answer]}
