# ruff: noqa: T201  printed figures are its purpose
"""Draw networks, train those that fail with one setting changed at a time, compare what was said with the truth."""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

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
    observed, chance = kept.observed(case), max(data_set(case.data).class_shares)
    said, truth = observed.verdict(case).condition.key, observed.truth(chance).condition.key
    return Drawn(case, observed.fails(chance), said, truth)


def draw(seed: int, number: int, kept: Kept, pool: ProcessPoolExecutor) -> list[Drawn]:
    """Draw until so many fail."""
    source, found = cases(seed), list[Drawn]()
    while (fails := sum(each.fails for each in found)) < number:
        for each in pool.map(partial(look_at, kept=kept), list(islice(source, min(AT_ONCE, 2 * (number - fails) + 1)))):
            found.append(each)
            print(f"{each.said:9} {each.truth:9} {'fails' if each.fails else '-----'} {each.case.name}", flush=True)
    return found


def interventions(found: list[Drawn], kept: Kept, pool: ProcessPoolExecutor) -> Iterator[Found]:
    yield from pool.map(partial(find, kept=kept), [each.case for each in found if each.fails])


def described(each: Found) -> str:
    mark = "ok " if each.cause_is_right else "BAD" if each.curable else "-  "
    cures = " | ".join("+".join(keys) for keys in each.cures)
    offered = [(remedy.label, remedy.cures, round(remedy.accuracy, 3)) for remedy in each.remedies]
    return (
        f"{mark} {each.cause.key:18} {each.name}\n      {each.said.key} ({each.condition.key}): {each.sentence}\n"
        f"      cures {cures}\n      offered {offered} trials {each.trials}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--number", type=int, default=120)
    parser.add_argument("--keep", type=Path, required=True)
    args = parser.parse_args()
    args.keep.mkdir(parents=True, exist_ok=True)
    kept = Kept(args.keep)
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        found = draw(args.seed, args.number, kept, pool)
        right = sum(each.said == each.truth for each in found)
        print(f"conditions: {right} of {len(found)}; fails {sum(each.fails for each in found)}")
        for each in interventions(found, kept, pool):
            print(described(each), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
