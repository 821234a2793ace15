"""Settings that are the cause by themselves, whatever they then did to layers and gradients.

Where it can, a rule asks for an effect that the records show beside the setting. They were tried on networks that
people have described (tests/verdicts/described.py).
"""

from collections.abc import Callable
from math import isnan

from model.data.pixel_scaling import Pixels
from model.diagnosis.evidence import DECENT_SKILL
from model.diagnosis.subject import Subject
from model.diagnosis.verdict import Cause
from model.measurement.records import Record

# Spread of pixels over images; MNIST's from 0 to 1 is 0.26. Below it a usual network receives hardly any signal.
FAINT_PIXELS_STD = 0.02
# Weights that have lost half their size, and steps that change the weights by so little of it, go nowhere.
SHRUNK_RATIO, SHORT_STEP_RATIO = 0.5, 1e-4
# Images of which mean and variance tell too little, and of which a gradient is mostly noise at the usual rate.
FEW_COMPARED, FEW_IMAGES = 8, 4
# Units through which ten classes do not pass.
NARROW_UNITS = 4
# A velocity that remembers more than twenty steps overshoots at the usual rate.
LONG_MEMORY = 0.95
# Times the optimiser's usual learning rate, above or below which it is far from it.
FAR_RATE_FACTOR = 9.0
# Averages that were renewed fewer times than this are of a network that was another one; what tests then miss.
FEW_RENEWALS, LAG_SKILL = 20, 0.04
# Share of the loss of guessing that is gone where images are known by heart.
KNOWN_SHARE = 0.9


def setting_at_fault(subject: Subject, record: Record) -> Cause | None:
    """Find the first setting that is the cause by itself; None if there is none."""
    return next((cause for cause, applies in RULES if applies(subject, record)), None)


def _pixels(subject: Subject, record: Record) -> bool:
    return subject.config.pixels is Pixels.RAW or 0 < record.input_std < FAINT_PIXELS_STD


def _decay(subject: Subject, record: Record) -> bool:
    if subject.config.weight_decay == 0 or subject.first is None:
        return False
    pairs = zip(record.all_layers, subject.first.all_layers, strict=True)
    return any(now.weight_rms < SHRUNK_RATIO * then.weight_rms for now, then in pairs)


def _clipping(subject: Subject, record: Record) -> bool:
    ratios = [layer.update_ratio for layer in record.all_layers if not isnan(layer.update_ratio)]
    return subject.config.clip_norm > 0 and bool(ratios) and max(ratios) < SHORT_STEP_RATIO


def _momentum(subject: Subject, record: Record) -> bool:
    return getattr(subject.config.optimizer, "momentum", 0.0) > LONG_MEMORY


def _few_images(subject: Subject, record: Record) -> bool:
    few = FEW_COMPARED if subject.config.averages else FEW_IMAGES
    return subject.config.batch_size <= few and subject.rate_factor >= 1 / FAR_RATE_FACTOR


def _rate_high(subject: Subject, record: Record) -> bool:
    # A gradient that is lost from the start needs a high rate to escape at all: it is no cause then.
    return subject.rate_factor > FAR_RATE_FACTOR and not subject.began_lost


def _rate_low(subject: Subject, record: Record) -> bool:
    return subject.rate_factor < 1 / FAR_RATE_FACTOR and not subject.began_lost


def _narrow(subject: Subject, record: Record) -> bool:
    return bool(subject.config.hidden) and min(subject.config.hidden) <= NARROW_UNITS


def is_stale(subject: Subject) -> bool:
    """Whether tests know less than batches because the running averages follow too slowly."""
    momentum, evidence = subject.config.bn_momentum, subject.evidence
    slow = subject.config.averages and (1 - momentum) * max(evidence.iteration, 1) < FEW_RENEWALS
    return slow and evidence.batch_skill - evidence.skill_of(subject.accuracy) > LAG_SKILL


def _stale(subject: Subject, record: Record) -> bool:
    return is_stale(subject)


def _by_heart(subject: Subject, record: Record) -> bool:
    return subject.evidence.drop > KNOWN_SHARE and subject.evidence.skill < DECENT_SKILL


RULES: tuple[tuple[Cause, Callable[[Subject, Record], bool]], ...] = (
    (Cause.PIXELS, _pixels),
    (Cause.WEIGHT_DECAY, _decay),
    (Cause.CLIPPING, _clipping),
    (Cause.LEARNING_RATE_HIGH, _rate_high),
    (Cause.HIGH_MOMENTUM, _momentum),
    (Cause.SMALL_BATCH, _few_images),
    (Cause.NARROW_LAYER, _narrow),
    (Cause.LEARNING_RATE_LOW, _rate_low),
    (Cause.STALE_AVERAGES, _stale),
    (Cause.BY_HEART, _by_heart),
)
