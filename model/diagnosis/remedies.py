"""Remedies for a cause: of the changes that can be offered those with the best prognosis, alone or two at a time."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from model.config.config import Config
from model.diagnosis.offers import EVERY_OFFER, OFFERS, Offer, both
from model.diagnosis.prognosis import chance
from model.diagnosis.verdict import MOST_REMEDIES, Cause, Remedy

# With so good a prognosis a change is offered alone; a second one has to add so much.
SURE_CHANCE, WORTH = 0.9, 0.05
# Whatever has so good a prognosis is offered, nothing else but the best.
LIKELY = 0.8


@lru_cache(maxsize=64)  # the sentence of a verdict is renewed more often than its cause
def remedies(cause: Cause, config: Config) -> tuple[Remedy, ...]:
    """List at most three remedies, the most direct first; none that `config` already has or cannot take.

    A change that is not likely to cure is completed by the one that helps it most. Where nothing that the cause asks
    for is likely to, the best of all pairs is offered.
    """
    offers = (*OFFERS[cause].removing, *OFFERS[cause].others)
    found = _completed(offers, [offer for offer in EVERY_OFFER if offer not in offers], config)
    if offers and _best_chance(found) < LIKELY:
        found += _completed(EVERY_OFFER, EVERY_OFFER, config)
        found = sorted(found, key=lambda each: _preference(each[0].of(config), config))[-1:]
    least = min(_best_chance(found), LIKELY)
    return tuple(remedy for remedy, likely in found if likely >= least)[:MOST_REMEDIES]


def removals(cause: Cause, config: Config) -> Iterator[Remedy]:
    """Yield what takes a cause away from `config`, and nothing else."""
    return _changes(OFFERS[cause].removing, config)


def removal_chance(cause: Cause, config: Config, *, completed: bool = False) -> float:
    """Estimate how likely `config` learns once a cause is taken away, alone or together with the best second change."""
    changes = list(removals(cause, config))
    if completed:
        changes = [_complete(remedy, EVERY_OFFER, config) for remedy in changes]
    return max((chance(remedy.of(config)) for remedy in changes), default=0.0)


def _changes(offers: Iterable[Offer], config: Config) -> Iterator[Remedy]:
    """Yield what is offered and makes another network of `config`."""
    return (remedy for offer in offers for remedy in offer(config) if remedy.matters(config))


def _completed(offers: Iterable[Offer], seconds: Iterable[Offer], config: Config) -> list[tuple[Remedy, float]]:
    """Complete each offer where it needs it; the chance of each, without one that does what another does and more."""
    found: dict[Config, Remedy] = {}
    for remedy in _changes(offers, config):
        whole = _complete(remedy, seconds, config)
        if not any(than.changes.items() < whole.changes.items() for than in found.values()):
            found.setdefault(whole.of(config), whole)
    return [(remedy, chance(changed)) for changed, remedy in found.items()]


def _complete(remedy: Remedy, seconds: Iterable[Offer], config: Config) -> Remedy:
    """Add the one of `seconds` with which a remedy has the best chance, if that is much better."""
    changed = remedy.of(config)
    alone = chance(changed)
    if alone >= SURE_CHANCE:
        return remedy
    # None that would take back what the remedy does.
    further = [each for each in _changes(seconds, changed) if not each.changes.keys() & remedy.changes.keys()]
    best = max(further, key=lambda each: _preference(each.of(changed), config), default=None)
    if best is None or chance(best.of(changed)) < alone + WORTH:
        return remedy
    return both(remedy, best)


def _preference(changed: Config, config: Config) -> tuple[bool, bool, float]:
    """Prefer what is likely to cure, of that what leaves all layers where they are, and then the better chance."""
    likely = chance(changed) >= LIKELY
    return likely, likely and len(changed.hidden) == len(config.hidden), chance(changed)


def _best_chance(found: Iterable[tuple[Remedy, float]]) -> float:
    return max((likely for _, likely in found), default=0.0)
