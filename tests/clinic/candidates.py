"""Networks that can be patients: what ails them is known, and an expert would name one cause."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from model.config.config import Config
from model.config.presets import preset_named
from model.diagnosis.faults import faults
from model.diagnosis.verdict import Cause, Condition
from tests.interventions import report
from tests.interventions.truths import DATA, REMOVED_BY, Found
from tests.verdicts.described import DESCRIBED
from tests.verdicts.grid import READ_AT

EVERY = 50
# Multiplications of an iteration's forward pass, and layers, with which a run takes a few seconds.
MOST_WORK, MOST_LAYERS = 12_000_000, 12
# Of the presets that fail, what ails them, as docs/presets.md and the lessons say.
PRESETS = {
    "sigmoid-gauss": Cause.SMALL_WEIGHTS,
    "zeros": Cause.SYMMETRIC,
    "deep-sigmoid": Cause.SLOPE,
    "raw-pixels": Cause.PIXELS,
    "squared-error": Cause.OUTPUT_SLOPE,
}
# What removes these makes another network of it and cures many things, so it does not tell which cause it was.
SWEEPING = (Cause.SLOPE, Cause.TOO_DEEP, Cause.SMALL_BATCH, Cause.NARROW_LAYER)


@dataclass(frozen=True)
class Candidate:
    """A network and what ails it; `condition` is None where only training tells it."""

    key: str
    config: Config
    cause: Cause
    condition: Condition | None = None


def candidates() -> list[Candidate]:
    """All of them, each config once, in the order of their keys."""
    found: dict[Config, Candidate] = {}
    for each in (*_presets(), *_described(), *_drawn()):
        if is_quick(each.config) and has_one_fault(each):
            found.setdefault(each.config, each)
    return sorted(found.values(), key=lambda each: each.key)


def is_quick(config: Config) -> bool:
    """Whether it trains in a few seconds."""
    weights = sum(n_in * n_out for n_in, n_out in pairwise((784, *config.hidden, 10)))
    return len(config.hidden) <= MOST_LAYERS and weights * config.batch_size <= MOST_WORK


def has_one_fault(candidate: Candidate) -> bool:
    """Whether no setting has a fault that speaks for another cause."""
    others = {cause for cause in faults(candidate.config) if cause is not candidate.cause}
    if candidate.cause is Cause.SYMMETRIC:
        others -= {Cause.SMALL_WEIGHTS}  # zeros are small too
    return not others


def _presets() -> Iterator[Candidate]:
    for name, cause in PRESETS.items():
        yield Candidate(f"preset {name}", _even(preset_named(name).config), cause)
    high = preset_named("relu-he").config.replace(learning_rate=3.0)
    yield Candidate("preset relu-he at rate 3", _even(high), Cause.LEARNING_RATE_HIGH)


def _described() -> Iterator[Candidate]:
    for each in DESCRIBED:
        yield Candidate(f"described: {each.name}", _even(each.config), each.cause)


def _drawn() -> Iterator[Candidate]:
    for grid in report.stored():
        for each in grid.failing:
            plain = each.case.data == "mnist" and each.said is each.condition
            if plain and each.is_offered_a_cure and has_one_cause(each):
                name = f"drawn with {grid.seed}: {each.name}, seed {each.case.config.seed}"
                yield Candidate(name, _even(each.case.config), each.cause, each.condition)


def has_one_cause(found: Found) -> bool:
    """Whether the change that removes its cause cures alone, and none that removes another one does."""
    kinds = REMOVED_BY.get(found.cause, ())
    single = [keys[0] for keys in found.cures if len(keys) == 1]
    rest = [key for key in single if not key.startswith(kinds)]
    others = tuple(
        kind for cause, removing in REMOVED_BY.items() if cause not in (found.cause, *SWEEPING) for kind in removing
    )
    return len(rest) < len(single) and not any(key.startswith(others) or key == DATA for key in rest)


def _even(config: Config) -> Config:
    """The same run as all others are recorded, so that no curve is told by its points."""
    return config.replace(iterations=READ_AT, record_every=EVERY)
