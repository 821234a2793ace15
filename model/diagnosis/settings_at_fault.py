"""Settings that are the cause by themselves, whatever they then did to layers and gradients.

Where it can, a rule asks for an effect that the records show beside the setting.
"""

from collections.abc import Callable
from functools import lru_cache

from model.config.config import Config
from model.diagnosis.faults import faults, slight_faults
from model.diagnosis.prognosis import chance
from model.diagnosis.remedies import removal_chance
from model.diagnosis.subject import Subject
from model.diagnosis.verdict import Cause
from model.measurement.records import Record
from model.nn.residual import Residual

# Spread of pixels over images; MNIST's from 0 to 1 is 0.26. Below it a usual network receives hardly any signal.
FAINT_PIXELS_STD = 0.02
# Weights that have lost so much of their size go on shrinking.
SHRUNK_RATIO = 0.7
# Share of the loss of guessing that is gone where images are known by heart.
KNOWN_SHARE = 0.9
# Averages that were renewed fewer times than this are of a network that was another one; what tests then miss.
FEW_RENEWALS, LAG_SKILL = 20, 0.04

# Share of a layer's units that are saturated: where the other half still passes the gradient, it is not lost.
MOST_SHARE = 0.5
# Removing a cause alone helps with so good a prognosis; causes that differ by less help as much.
HELPS, AS_MUCH = 0.5, 0.05
# What a slight fault has to help more than others, and more than nothing.
MUCH_MORE, MORE = 0.6, 0.1
# What would ail a run whatever its initial weights were.
BEFORE_WEIGHTS = (Cause.SYMMETRIC, Cause.PIXELS, Cause.LARGE_WEIGHTS)


def setting_at_fault(subject: Subject, record: Record) -> Cause | None:
    """Find the setting that is the cause by itself; None if there is none."""
    if is_stale(subject):
        return Cause.STALE_AVERAGES
    if _knows_by_heart(subject):
        return Cause.BY_HEART
    if 0 < record.input_std < FAINT_PIXELS_STD:
        return Cause.PIXELS
    shown = tuple(cause for cause in faults(subject.config) if cause not in SHOWN or SHOWN[cause](subject, record))
    found = likeliest(subject.config, shown, slight_faults(subject.config)) if shown else None
    return Cause.SATURATION if found not in BEFORE_WEIGHTS and began_flat(subject) else found


@lru_cache(maxsize=64)  # a verdict is renewed more often than its settings change
def likeliest(config: Config, causes: tuple[Cause, ...], slight: tuple[Cause, ...] = ()) -> Cause | None:
    """Choose the cause whose removal helps most, the first of those that help as much; None of none.

    A `slight` one has to help much more. Where no removal is enough by itself, a second change may go with it.
    """
    handicap = {cause: 0.0 if cause in causes else MUCH_MORE for cause in (*causes, *slight)}
    alone = {cause: removal_chance(cause, config) - less for cause, less in handicap.items()}
    best = max(alone.values(), default=0.0)
    if best >= HELPS:
        return next(cause for cause, likely in alone.items() if likely >= best - AS_MUCH)
    both = {cause: removal_chance(cause, config, completed=True) - less for cause, less in handicap.items()}
    helpful = [cause for cause, likely in both.items() if likely >= max(both.values()) - AS_MUCH]
    return max(helpful, key=alone.__getitem__, default=None)


def slight_cause(subject: Subject) -> Cause:
    """Find the slight fault whose removal helps much; NONE if none does."""
    cause = likeliest(subject.config, slight_faults(subject.config))
    if cause is None or removal_chance(cause, subject.config) < chance(subject.config) + MORE:
        return Cause.NONE
    return cause


def began_flat(subject: Subject) -> bool:
    """Whether most units of a layer of a bounded activation were saturated before the first step, by their weights."""
    bounded = subject.config.activation.bounded
    if subject.first is None or not bounded or subject.config.residual is Residual.ON:
        return False
    return max((layer.saturated for layer in subject.first.layers), default=0.0) >= MOST_SHARE


def is_stale(subject: Subject) -> bool:
    """Whether tests know less than batches because the running averages follow too slowly."""
    momentum, evidence = subject.config.bn_momentum, subject.evidence
    slow = subject.config.averages and (1 - momentum) * max(evidence.iteration, 1) < FEW_RENEWALS
    return slow and evidence.batch_skill - evidence.skill_of(subject.accuracy) > LAG_SKILL


def _knows_by_heart(subject: Subject) -> bool:
    return subject.evidence.drop > KNOWN_SHARE and subject.evidence.skill < subject.evidence.decent_skill


def _shrunk(subject: Subject, record: Record) -> bool:
    if subject.first is None:
        return False
    pairs = zip(record.all_layers, subject.first.all_layers, strict=True)
    return any(now.weight_rms < SHRUNK_RATIO * then.weight_rms for now, then in pairs)


def _never(subject: Subject, record: Record) -> bool:
    return False


# What the records of a run show where a fault does harm; of other faults nothing is asked.
SHOWN: dict[Cause, Callable[[Subject, Record], bool]] = {
    Cause.WEIGHT_DECAY: _shrunk,
    Cause.STALE_AVERAGES: _never,  # it has been asked for before
}
