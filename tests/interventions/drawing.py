# ruff: noqa: T201  printed figures are its purpose
"""Networks drawn until enough of them fail, and what their changes come to, on all cores."""

import sys
from collections.abc import Iterator
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from functools import partial
from itertools import islice

from tests.interventions.cases import Case, cases
from tests.interventions.data_sets import data_set
from tests.interventions.outcomes import Kept
from tests.interventions.truths import Found, find

AT_ONCE = 40


@dataclass(frozen=True)
class Drawn:
    """A case as it is: whether it fails, and whether its condition was said rightly."""

    case: Case
    fails: bool
    said: str
    truth: str


def look_at(case: Case, kept: Kept) -> Drawn:
    """Train a case as it is, and compare what is said of it with what it truly was."""
    observed, chance = kept.observed(case), max(data_set(case.data).class_shares)
    said, truth = observed.verdict(case).condition.key, observed.truth(chance).condition.key
    return Drawn(case, observed.fails(chance), said, truth)


def draw(seed: int, number: int, kept: Kept, pool: Executor) -> list[Drawn]:
    """Draw until so many fail."""
    source, found = cases(seed), list[Drawn]()
    while (failed := sum(each.fails for each in found)) < number:
        for each in pool.map(
            partial(look_at, kept=kept), list(islice(source, min(AT_ONCE, 2 * (number - failed) + 1)))
        ):
            found.append(each)
            fails = "fails" if each.fails else "-----"
            print(f"{each.said:9} {each.truth:9} {fails} {each.case.name}", file=sys.stderr, flush=True)
    return found


def interventions(found: list[Drawn], kept: Kept, pool: Executor) -> Iterator[Found]:
    """What is true of those that fail, as it is found."""
    waiting = [pool.submit(find, each.case, kept) for each in found if each.fails]
    for future in as_completed(waiting):
        yield future.result()
