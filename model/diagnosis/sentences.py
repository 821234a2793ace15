"""Sentences of verdicts: for students, with the figures from which the cause was found."""

import re
from math import isnan
from typing import NamedTuple

from model.base.errors import Diverged
from model.base.number_format import count, portion, rounded, rounded_percent
from model.config.config import Config
from model.diagnosis.causes import Subject, cause_of, largest_factor, same_units
from model.diagnosis.ledger_summary import LedgerSummary, signal_per_layer, summarise_ledger
from model.diagnosis.remedies import remedies
from model.diagnosis.verdict import Cause, Condition, Remedy
from model.measurement.gains import RESIDUAL
from model.measurement.records import Record

# Share of saturated units below which the sentence says that nothing is.
FEW_SHARE = 0.01
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
        reach = f"; layer 1 receives {_reach(summarise_ledger(record))}" if record.layers else ""
        return CauseSentence(Cause.NONE, f"It learns: {accuracy} of the images are right{reach}.")
    cause = cause_of(subject, record)
    sentence = _because(cause, subject, record)
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
    if cause in (Cause.SMALL_WEIGHTS, Cause.SLOPE):
        why = _factors(summarise_ledger(subject.first or stuck), len(stuck.layers), "passed", "the gradient")
    else:
        why = f"of {_lower(cause.label)}"
    return CauseSentence(cause, f"{until} because {why}; {then}", remedies(cause, subject.config))


def explain_divergence(subject: Subject, error: Diverged) -> CauseSentence:
    """Explain why a run diverged."""
    cause = Cause.LARGE_WEIGHTS if subject.began_confident else Cause.LEARNING_RATE_HIGH
    why = _because(cause, subject, subject.first) if subject.first else cause.help
    sentence = f"The values of {_lower(error.place)} left the range of floating point. {why}"
    return CauseSentence(cause, sentence, remedies(cause, subject.config))


def diverged_place(sentence: str, config: Config) -> str:
    """Parse the place of divergence from the sentence of `explain_divergence`; '' if there is none."""
    found = re.match("The values of (.+?) left the range", sentence)
    place = found[1] if found else ""
    return next((name for name in config.layer_names if _lower(name) == place), place)


def _because(cause: Cause, subject: Subject, record: Record) -> str:
    """Sentence on a cause, with its figures."""
    return SENTENCES[cause](subject, record, summarise_ledger(record)) if cause in SENTENCES else cause.help


def _same(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    layer = same_units(record)
    which = _lower(layer.name) if layer else "a layer"
    return f"All units of {which} are identical: they started equal and get equal gradients."


def _dead(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    dead = ledger.deadest or record.output
    share = rounded_percent(dead.dead)
    return f"{share} of {_lower(dead.name)}'s units output 0 for every image and pass no gradient back."


def _saturated(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    flat = ledger.flattest or record.output
    share = rounded_percent(flat.saturated)
    return f"{share} of {_lower(flat.name)}'s units are saturated, where there is no slope: the weights are too large."


def _large(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    first = subject.first or record
    gain = rounded(signal_per_layer(first), 2)
    return f"Each layer multiplied the signal by {gain}: the loss began at {rounded(first.loss)}."


def _far(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    return f"With learning rate {rounded(subject.config.optimizer.learning_rate)} each step jumps over what it aims at."


def _short(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    ratio = record.all_layers[0].update_ratio
    step = "its steps are short" if isnan(ratio) else f"a step changes the weights by {portion(ratio)} their size"
    rate = rounded(subject.config.optimizer.learning_rate)
    return f"The gradient arrives, but learning rate {rate} is small: {step}."


def _small(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    return _ledger(Cause.SMALL_WEIGHTS, subject, record, ledger)


def _flattens(subject: Subject, record: Record, ledger: LedgerSummary) -> str:
    return _ledger(Cause.SLOPE, subject, record, ledger)


SENTENCES = {
    Cause.SYMMETRIC: _same,
    Cause.DEAD_UNITS: _dead,
    Cause.SATURATION: _saturated,
    Cause.LARGE_WEIGHTS: _large,
    Cause.LEARNING_RATE_HIGH: _far,
    Cause.LEARNING_RATE_LOW: _short,
    Cause.SMALL_WEIGHTS: _small,
    Cause.SLOPE: _flattens,
}


def _ledger(cause: Cause, subject: Subject, record: Record, now: LedgerSummary) -> str:
    layers = len(record.layers)
    if largest_factor(now) is cause:
        return f"Layer 1 receives {_reach(now)}: {_factors(now, layers, 'pass', 'it')}{_flat(subject, now, 'is')}."
    then = summarise_ledger(subject.first or record)
    factors = _factors(then, layers, "passed", "it")
    return f"At the start layer 1 received {_reach(then)}: {factors}{_flat(subject, then, 'was')}."


def _reach(ledger: LedgerSummary) -> str:
    return f"{portion(ledger.reach)} the output's gradient"


def _factors(ledger: LedgerSummary, layers: int, verb: str, what: str) -> str:
    where = " at each layer" if layers > 1 else ""
    others = "".join(f", {_kind(gain.stage)} {rounded_percent(gain.factor)}" for gain in ledger.others)
    weights, slope = rounded_percent(ledger.weights), rounded_percent(ledger.slope)
    return f"the weights {verb} {weights} of {what}{where}, the slope {slope}{others}"


def _kind(stage: str) -> str:
    return "residual layers" if stage == RESIDUAL else stage


def _flat(subject: Subject, ledger: LedgerSummary, verb: str) -> str:
    flat = ledger.flattest
    if not flat or subject.config.activation.flat_word != "saturated":
        return ""
    if flat.saturated < FEW_SHARE:
        return f"; nothing {verb} saturated"
    return f"; {rounded_percent(flat.saturated)} of {_lower(flat.name)} {verb} saturated"


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


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
