"""Sentences of verdicts: for students, with the figures from which the cause was found."""

import re
from typing import NamedTuple

from model.base.errors import Diverged
from model.base.number_format import count, rounded, rounded_percent
from model.config.config import Config
from model.data.pixel_scaling import Pixels
from model.diagnosis.cause_sentences import because, but_for, factor_words, lower, reach_words
from model.diagnosis.causes import cause_of
from model.diagnosis.ledger_summary import summarise_ledger
from model.diagnosis.remedies import remedies
from model.diagnosis.subject import Subject
from model.diagnosis.verdict import Cause, Condition, Remedy
from model.measurement.records import Record

# Share of a batch that counts as every image.
EVERY_SHARE = 0.95


class CauseSentence(NamedTuple):
    """Cause, sentence and remedies of a verdict."""

    cause: Cause
    sentence: str
    remedies: tuple[Remedy, ...] = ()


EARLY = CauseSentence(Cause.NONE, "Too early to say: in its first iterations every network guesses.")


def explain(subject: Subject, record: Record, condition: Condition) -> CauseSentence:
    """Explain why a run is in `condition`, from its last `record`."""
    if condition is Condition.EARLY:
        return EARLY
    accuracy = rounded_percent(max(subject.accuracy, 0.0), 3)
    if condition is Condition.LEARNING:
        reach = f"; layer 1 receives {reach_words(summarise_ledger(record))}" if record.layers else ""
        return CauseSentence(Cause.NONE, f"It learns: {accuracy} of the images are right{reach}.")
    cause = cause_of(subject, record)
    sentence = because(cause, subject, record)
    if condition is Condition.SLOW:
        sentence = f"Only {accuracy} after {count(record.iteration)} iterations. {sentence}"
    elif condition is Condition.STUCK:
        sentence += _growth(subject)
    else:
        sentence += _one_answer(subject, record)
    return CauseSentence(cause, sentence, remedies(cause, subject.config))


def explain_escape(subject: Subject, stuck: Record | None, escaped: int) -> CauseSentence:
    """Explain why a run left its plateau only at iteration `escaped`; `stuck` is a record from before it, if any."""
    cause = cause_of(subject, stuck) if stuck else Cause.NONE
    until, then = f"It guessed for {count(escaped)} iterations", "then its signal had grown enough."
    if stuck is None or cause is Cause.NONE:
        return CauseSentence(Cause.NONE, f"{until}, {then}")
    if cause not in (Cause.SMALL_WEIGHTS, Cause.SLOPE):
        return CauseSentence(
            cause, f"{until}, {then} {because(cause, subject, stuck)}", remedies(cause, subject.config)
        )
    ledger = summarise_ledger(subject.first or stuck)
    why = factor_words(ledger, len(stuck.layers), "passed", "the gradient") + but_for(cause, subject, ledger)
    return CauseSentence(cause, f"{until} because {why}; {then}", remedies(cause, subject.config))


def explain_slow_escape(subject: Subject, record: Record, stuck: Record | None, escaped: int) -> CauseSentence:
    """Explain why a run that left its plateau at iteration `escaped` still knows too little."""
    cause = cause_of(subject, stuck or record)
    accuracy, iterations = rounded_percent(max(subject.accuracy, 0.0), 3), count(record.iteration)
    sentence = f"Only {accuracy} after {iterations} iterations, {count(escaped)} of which it guessed."
    return CauseSentence(
        cause, f"{sentence} {because(cause, subject, stuck or record)}", remedies(cause, subject.config)
    )


def explain_divergence(subject: Subject, error: Diverged) -> CauseSentence:
    """Explain why a run diverged."""
    cause = Cause.LARGE_WEIGHTS if subject.began_confident else Cause.LEARNING_RATE_HIGH
    if subject.config.pixels is Pixels.RAW:
        cause = Cause.PIXELS
    why = because(cause, subject, subject.first) if subject.first else cause.help
    sentence = f"The values of {lower(error.place)} left the range of floating point. {why}"
    return CauseSentence(cause, sentence, remedies(cause, subject.config))


def diverged_place(sentence: str, config: Config) -> str:
    """Parse the place of divergence from the sentence of `explain_divergence`; '' if there is none."""
    found = re.match("The values of (.+?) left the range", sentence)
    place = found[1] if found else ""
    return next((name for name in config.layer_names if lower(name) == place), place)


def _growth(subject: Subject) -> str:
    doubling = subject.evidence.doubling
    if doubling is None:
        return " It may still escape."
    return f" But the signal doubles every {rounded(doubling, 2)} iterations: it may escape."


def _one_answer(subject: Subject, record: Record) -> str:
    if subject.evidence.answer_share < EVERY_SHARE:
        return ""
    share = rounded_percent(subject.shares[record.answer], 4)
    return f" It answers {record.answer} to every image: {share} is that class's share."
