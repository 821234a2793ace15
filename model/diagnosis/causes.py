"""Cause of a run that does not learn well: first what one layer shows by itself, then the ledger's largest factor."""

from model.diagnosis.faults import RELU_AND_KIN
from model.diagnosis.ledger_summary import LedgerSummary, summarise_ledger
from model.diagnosis.settings_at_fault import MOST_SHARE, began_flat, setting_at_fault, slight_cause
from model.diagnosis.subject import Subject
from model.diagnosis.verdict import Cause
from model.measurement.records import LayerRecord, Record
from model.nn.activations import Activation

# Share of a layer's units that are dead: the gradient that the rest pass is less than any other stage takes.
NEARLY_ALL_SHARE = 0.9
# A gradient that doubles at each layer explodes.
EXPLODING_GAIN = 2.0
# Slopes so low that only weights several times the usual size let the gradient pass, through a few units.
LOW_SLOPE = 0.5
# What the weights must make up for where half of the units pass nothing.
HALF_THE_UNITS = 2.0


def same_units(record: Record) -> LayerRecord | None:
    """Find the first layer whose units are all identical, None if there is none.

    Zero weights make them identical even where all output 0."""
    for layer in record.layers:
        if layer.weight_rms == 0 or (layer.alike and layer.dead < 1):
            return layer
    return None


def cause_of(subject: Subject, record: Record) -> Cause:
    """Find the cause of a run that guesses or is slow, from its last `record`."""
    # Units that began different have been made equal by something else.
    if same_units(subject.first or record):
        return Cause.SYMMETRIC
    ledger = summarise_ledger(record)
    found = setting_at_fault(subject, record) or _trap(subject, ledger) or _of_the_way(subject, ledger)
    return found if found is not Cause.NONE else slight_cause(subject)


def _of_the_way(subject: Subject, ledger: LedgerSummary) -> Cause:
    """Find what the gradient's way back shows, and if nothing does, what the learning rate may be."""
    if ledger.per_layer > EXPLODING_GAIN:
        return Cause.LARGE_WEIGHTS
    if subject.vanishes(ledger) or subject.began_lost:
        # Where the run began as it is, what made it so is what it began with; its remedies are initial settings too.
        began = summarise_ledger(subject.first) if subject.first else ledger
        return largest_factor(began if subject.vanishes(began) else ledger, subject.config.activation)
    if subject.rate_factor != 1:
        return Cause.LEARNING_RATE_HIGH if subject.rate_factor > 1 else Cause.LEARNING_RATE_LOW
    low = ledger.slope < LOW_SLOPE and largest_factor(ledger, subject.config.activation) is Cause.SLOPE
    return Cause.SLOPE if low else Cause.NONE


def _trap(subject: Subject, ledger: LedgerSummary) -> Cause | None:
    """Find a cause that one layer shows by itself: dead or saturated units."""
    if ledger.deadest and ledger.deadest.dead >= NEARLY_ALL_SHARE and not subject.began_vanishing:
        # Units that were alive at first were killed by steps that were too long.
        alive = subject.first and _dead(subject.first) < MOST_SHARE
        return Cause.LEARNING_RATE_HIGH if alive and subject.rate_factor > 1 else Cause.DEAD_UNITS
    if ledger.flattest and ledger.flattest.saturated >= MOST_SHARE and _bounded(subject):
        if began_flat(subject) or subject.rate_factor <= 1:
            return Cause.SATURATION
        # Steps did it; but a gradient that was lost from the start needed long ones.
        return None if subject.began_lost else Cause.LEARNING_RATE_HIGH
    return None


def largest_factor(ledger: LedgerSummary, activation: Activation) -> Cause:
    """Choose between weights and slope, whichever has the smaller gain; all others count with the weights.

    Of ReLU and its kin the weights are to make up for the half of the units that pass nothing.
    """
    share = HALF_THE_UNITS if activation in RELU_AND_KIN else 1.0
    return Cause.SMALL_WEIGHTS if ledger.but_slope <= share * ledger.slope else Cause.SLOPE


def _bounded(subject: Subject) -> bool:
    return subject.config.activation.bounded


def _dead(record: Record) -> float:
    return max((layer.dead for layer in record.layers), default=0.0)
