# ruff: noqa: T201  printed figures are its purpose
"""Networks for the prognosis to learn from: drawn ones on their way to health, and what remedies make of them."""

import sys
from collections.abc import Sequence
from concurrent.futures import Executor
from functools import partial
from itertools import islice
from random import Random

from model.diagnosis.faults import faults, slight_faults
from model.diagnosis.remedies import remedies, removals
from model.diagnosis.settings_at_fault import likeliest
from tests.interventions.cases import Case, cases, changes_of
from tests.interventions.outcomes import Kept

# How many faults are taken away before a network is trained.
STEPS = (0, 1, 1, 2, 2, 3)
# How often the cause is the one that a verdict would name, and so many removals and remedies of it are trained.
NAMED_SHARE, MOST = 0.7, 2


def learn_from(seed: int, number: int, kept: Kept, pool: Executor) -> None:
    """Train what comes of so many drawn networks; all of it is kept."""
    drawn = list(islice(cases(seed), number))
    for place, trained in enumerate(pool.map(partial(_train, kept=kept), drawn), 1):
        print(f"{place} of {number}: {trained} networks trained", file=sys.stderr, flush=True)


def _train(case: Case, kept: Kept) -> int:
    found = dict.fromkeys((_walked(case), *_mended(case)))
    for each in found:
        kept.tried(each)
    return len(found)


def _walked(case: Case) -> Case:
    """Take a few faults away at random, so that nearly healthy networks are there as well."""
    random = Random(case.key)
    for _ in range(random.choice(STEPS)):
        changes = changes_of(case)
        better = [each for each in changes if len(faults(each.config)) < len(faults(case.config))]
        case = random.choice(better or changes)
    return case


def _mended(case: Case) -> Sequence[Case]:
    """What takes a cause away, and what its remedies make: there the prognosis errs most, as they are chosen by it."""
    random, config = Random(case.key), case.config
    present = (*faults(config), *slight_faults(config))
    if not present:
        return ()
    named = random.random() < NAMED_SHARE
    cause = (likeliest(config, present) if named else None) or random.choice(present)
    changes = [*list(removals(cause, config))[:MOST], *remedies(cause, config)[:MOST]]
    return [Case(case.data, change.of(config)) for change in changes]
